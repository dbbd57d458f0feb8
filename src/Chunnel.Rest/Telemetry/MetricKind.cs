namespace Chunnel.Rest;

/// <summary>What a family of metrics is; the text of each says how its names are written.</summary>
internal enum MetricKind
{
    Gauge,
    Counter,
    Summary,
    Info,
}
