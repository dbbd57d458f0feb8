using Chunnel.Config;
using Chunnel.Connectors.Fake;
using Chunnel.Connectors.Files;
using Chunnel.Connectors.Jdbc;
using Chunnel.Plugins;
using Chunnel.Transforms;

namespace Chunnel.Server;

/// <summary>The plug-ins that come with the program: a table kept by hand, so that nothing is searched for at start.</summary>
public static class BuiltInPlugins
{
    /// <summary>The folder beside the program that further plug-ins lie in.</summary>
    public static string PluginsFolder { get; } = Path.Combine(AppContext.BaseDirectory, "plugins");

    /// <summary>The built-ins, and behind them what lies in the folder for plug-ins: looking there loads nothing.</summary>
    public static PluginRegistry Registry() =>
        new([.. FakeConnector.Plugins, .. FilesConnector.Plugins, .. JdbcConnector.Plugins, .. TransformPlugins.Plugins, .. PluginFolder.Look(PluginsFolder).Entries]);

    /// <summary>What secrets of jobs may be encrypted with.</summary>
    public static ShadeSet Shades() => new(PluginFolder.Look(PluginsFolder).Shades);
}
