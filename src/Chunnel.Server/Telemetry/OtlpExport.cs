using System.Runtime.CompilerServices;
using Chunnel.Engine;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace Chunnel.Server;

/// <summary>Sends what the node's meter says, and what .NET says of itself, to a collector.</summary>
internal static class OtlpExport
{
    /// <summary>What .NET tells of its heap, threads and exceptions under OpenTelemetry's own names.</summary>
    private const string DotNetMeter = "System.Runtime";

    private const string MetricsPath = "/v1/metrics";

    /// <summary>Begins to send; disposing sends a last time. Nothing of OpenTelemetry is loaded before this is called.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static IDisposable Start(OtlpSettings settings, NodeIdentity node) => Sdk.CreateMeterProviderBuilder()
        .SetResourceBuilder(ResourceBuilder.CreateEmpty()
            .AddService("chunnel", serviceInstanceId: node.Address)
            .AddAttributes([new("chunnel.cluster", node.Cluster)]))
        .AddMeter(EngineMeter.Name, DotNetMeter)
        .AddOtlpExporter((exporter, reader) =>
        {
            exporter.Protocol = settings.UsesGrpc ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf;
            exporter.Endpoint = settings.UsesGrpc || settings.Endpoint.AbsolutePath != "/" ? settings.Endpoint : new Uri(settings.Endpoint, MetricsPath);
            reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = (int)settings.Interval.TotalMilliseconds;
        })
        .Build();
}
