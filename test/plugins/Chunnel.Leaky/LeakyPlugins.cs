using Chunnel.Core;
using Chunnel.Leaky;
using Chunnel.Plugins;

[assembly: ChunnelPlugins(typeof(LeakyPlugins))]

namespace Chunnel.Leaky;

/// <summary>Plug-ins as badly mannered as drivers can be: where they are told to, they fail with all of their settings in the text.</summary>
public sealed class LeakyPlugins : IPluginCatalog
{
    public IReadOnlyList<PluginEntry> Entries { get; } =
    [
        new(PluginKind.Source, "LeakySource", () => new LeakySource()),
        new(PluginKind.Sink, "LeakySink", () => new LeakySink()),
    ];

    public IReadOnlyList<ShadeEntry> Shades { get; } = [new("mirror", _ => new MirrorShade())];
}
