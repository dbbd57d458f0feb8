using Chunnel.Config;
using Chunnel.Core;
using Chunnel.Plugins;

namespace Chunnel.Server;

/// <summary>Every plug-in that this process may use: the built-ins, and behind them what lies in the folders for plug-ins.</summary>
/// <param name="Registry">Sources, transforms and sinks.</param>
/// <param name="Shades">What secrets of jobs may be encrypted with.</param>
/// <param name="Problems">A warning for each folder that is no plug-in, and for each name that is taken twice.</param>
public sealed record InstalledPlugins(PluginRegistry Registry, ShadeSet Shades, IReadOnlyList<Problem> Problems)
{
    /// <summary><c>plugins/</c> in the home of Chunnel, where there is one, and beside the program.</summary>
    public static IReadOnlyList<string> Folders { get; } = FoldersOf(Environment.GetEnvironmentVariable("CHUNNEL_HOME"));

    public static InstalledPlugins Look() => Look(Folders);

    /// <summary>Looking loads nothing.</summary>
    public static InstalledPlugins Look(IReadOnlyList<string> folders, bool runsScripts = true)
    {
        var found = folders.Select(PluginFolder.Look).ToList();
        return new InstalledPlugins(
            new PluginRegistry(BuiltInPlugins.EntriesWith(runsScripts), found.SelectMany(folder => folder.Entries)) { SqlFunctions = new SqlFunctionSet(found.SelectMany(folder => folder.SqlFunctions)) },
            new ShadeSet(found.SelectMany(folder => folder.Shades)),
            [.. found.SelectMany(folder => folder.Problems)]);
    }

    private static IReadOnlyList<string> FoldersOf(string? home)
    {
        var beside = Path.Combine(AppContext.BaseDirectory, "plugins");
        if (string.IsNullOrEmpty(home)) return [beside];
        return [.. new[] { Path.GetFullPath(Path.Combine(home, "plugins")), Path.GetFullPath(beside) }.Distinct()];
    }
}
