using Chunnel.Connectors.Fake;
using Chunnel.Connectors.Files;
using Chunnel.Connectors.Jdbc;
using Chunnel.Plugins;
using Chunnel.Transforms;

namespace Chunnel.Server;

/// <summary>The plug-ins that come with the program: a table kept by hand, so that nothing is searched for at start.</summary>
internal static class BuiltInPlugins
{
    public static IReadOnlyList<PluginEntry> Entries { get; } = [.. FakeConnector.Plugins, .. FilesConnector.Plugins, .. JdbcConnector.Plugins, .. TransformPlugins.Plugins];
}
