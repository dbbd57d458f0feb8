namespace Chunnel.Server;

/// <summary>Where the node sends its metrics by the OpenTelemetry protocol. Headers come from <c>OTEL_EXPORTER_OTLP_HEADERS</c>: they may be secret.</summary>
public sealed record OtlpSettings
{
    /// <summary>The collector: <c>http://collector:4318</c>, or 4317 for gRPC.</summary>
    public required Uri Endpoint { get; init; }

    /// <summary>False: protobuf over HTTP.</summary>
    public bool UsesGrpc { get; init; }

    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(60);
}
