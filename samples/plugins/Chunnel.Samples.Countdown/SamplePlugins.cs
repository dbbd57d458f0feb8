using Chunnel.Core;
using Chunnel.Plugins;

[assembly: ChunnelPlugins(typeof(Chunnel.Samples.Countdown.SamplePlugins))]

namespace Chunnel.Samples.Countdown;

/// <summary>What this assembly offers. The names are those of plugin.json.</summary>
public sealed class SamplePlugins : IPluginCatalog
{
    public IReadOnlyList<PluginEntry> Entries { get; } =
    [
        new(PluginKind.Source, "Countdown", () => new CountdownPlugin()),
        new(PluginKind.Sink, "JsonFolder", () => new JsonFolderPlugin()),
    ];
}
