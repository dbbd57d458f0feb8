using Chunnel.Core;
using Chunnel.Plugins;

namespace Chunnel.Connectors.Fake;

/// <summary>The family for trying jobs: FakeSource makes rows up, Console prints them, Assert checks them.</summary>
public static class FakeConnector
{
    public static IReadOnlyList<PluginEntry> Plugins { get; } =
    [
        new(PluginKind.Source, "FakeSource", () => new FakeSourcePlugin()),
        new(PluginKind.Sink, "Console", () => new ConsolePlugin()),
        new(PluginKind.Sink, "Assert", () => new AssertPlugin()),
    ];
}
