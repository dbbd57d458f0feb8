using Chunnel.Connectors.Fake;
using Chunnel.Connectors.Files;
using Chunnel.Plugins;
using Chunnel.Transforms;

namespace Chunnel.Server;

/// <summary>The plug-ins that come with the program: a table kept by hand, so that nothing is searched for at start.</summary>
public static class BuiltInPlugins
{
    public static PluginRegistry Registry() => new([.. FakeConnector.Plugins, .. FilesConnector.Plugins, .. TransformPlugins.Plugins]);
}
