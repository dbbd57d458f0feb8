using Chunnel.Plugins;

[assembly: ChunnelPlugins(typeof(Chunnel.Samples.MaskPhone.SamplePlugins))]

namespace Chunnel.Samples.MaskPhone;

/// <summary>What this assembly offers. The names are those of plugin.json.</summary>
public sealed class SamplePlugins : IPluginCatalog
{
    public IReadOnlyList<PluginEntry> Entries => [];

    public IReadOnlyList<SqlFunctionEntry> SqlFunctions { get; } = [new("MASK_PHONE", () => new MaskPhone())];
}
