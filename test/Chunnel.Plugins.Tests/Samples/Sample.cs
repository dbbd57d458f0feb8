using System.Reflection;
using Chunnel.Core;
using Chunnel.Plugins;

namespace Chunnel.Plugins.Tests.Samples;

/// <summary>The built sample plug-in, and where the repository's files are.</summary>
internal static class Sample
{
    public static string Folder { get; } = Metadata("SampleFolder");

    public static string Repository { get; } = Path.GetFullPath(Metadata("Repository"));

    /// <summary>A plug-in as the process finds it: looked up in the folder, loaded on first use.</summary>
    public static T Get<T>(PluginKind kind, string name) where T : PluginDefinition
    {
        using var plugins = new TestFolder();
        CopyTo(Path.Combine(plugins.Path, "countdown"));
        return (T)PluginFolder.Look(plugins.Path).Entries.Single(entry => entry.Kind == kind && entry.Name == name).Make();
    }

    public static void CopyTo(string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (var file in Directory.EnumerateFiles(Folder)) File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
    }

    private static string Metadata(string key) =>
        typeof(Sample).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(each => each.Key == key).Value!;
}
