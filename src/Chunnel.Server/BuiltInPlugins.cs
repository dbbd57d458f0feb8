using System.Runtime.CompilerServices;
using Chunnel.Connectors.Fake;
using Chunnel.Connectors.Files;
using Chunnel.Connectors.Jdbc;
using Chunnel.Core;
using Chunnel.Plugins;
using Chunnel.Transforms;
using Chunnel.Transforms.DynamicCompile;

namespace Chunnel.Server;

/// <summary>The plug-ins that come with the program: a table kept by hand, so that nothing is searched for at start.</summary>
internal static class BuiltInPlugins
{
    public static IReadOnlyList<PluginEntry> Entries { get; } = EntriesWith(runsScripts: true);

    /// <summary>Without scripts, who uses them is told why not.</summary>
    public static IReadOnlyList<PluginEntry> EntriesWith(bool runsScripts) =>
    [
        .. FakeConnector.Plugins, .. FilesConnector.Plugins, .. JdbcConnector.Plugins, .. TransformPlugins.Plugins,
        runsScripts
            ? new PluginEntry(PluginKind.Transform, ScriptsSwitchedOff.PluginName, MakeDynamicCompile)
            : new PluginEntry(PluginKind.Transform, ScriptsSwitchedOff.PluginName, () => new ScriptsSwitchedOff()),
    ];

    /// <summary>Its assembly, and the compiler with it, are loaded when this is first called, and not before.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static DynamicCompilePlugin MakeDynamicCompile() => new();
}
