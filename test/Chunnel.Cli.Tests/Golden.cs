using System.Runtime.CompilerServices;

namespace Chunnel.Cli.Tests;

/// <summary>Texts that users see, kept in <c>golden/</c>. With CHUNNEL_WRITE_GOLDEN=1 the tests write them anew, for a person to read in the diff.</summary>
internal static class Golden
{
    public static void Equal(string name, string text, [CallerFilePath] string here = "")
    {
        var path = Path.Combine(FolderOf(here), name);
        if (Environment.GetEnvironmentVariable("CHUNNEL_WRITE_GOLDEN") == "1") File.WriteAllText(path, text);
        text.ShouldBe(File.ReadAllText(path));
    }

    /// <summary>What a golden text is made of.</summary>
    public static string Read(string name, [CallerFilePath] string here = "") => File.ReadAllText(Path.Combine(FolderOf(here), name));

    private static string FolderOf(string source)
    {
        var folder = Path.GetDirectoryName(source)!;
        while (!Directory.Exists(Path.Combine(folder, "golden"))) folder = Path.GetDirectoryName(folder)!;
        return Path.Combine(folder, "golden");
    }
}
