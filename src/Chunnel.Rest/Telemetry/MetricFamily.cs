namespace Chunnel.Rest;

/// <summary>Values of one name, as both texts show them.</summary>
/// <param name="Name">Without the ending that its kind has: <c>process_cpu_seconds</c>, not <c>..._total</c>.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Help">What it says, in one sentence.</param>
internal sealed record MetricFamily(string Name, MetricKind Kind, string Help)
{
    /// <summary>In the order of writing.</summary>
    public List<MetricSample> Samples { get; } = [];
}

/// <summary>A value.</summary>
/// <param name="Suffix">What follows the family's name: <c>_total</c>, <c>_count</c>; mostly nothing.</param>
/// <param name="Labels">In their order.</param>
/// <param name="Value">The value.</param>
internal sealed record MetricSample(string Suffix, IReadOnlyList<KeyValuePair<string, object?>> Labels, double Value);
