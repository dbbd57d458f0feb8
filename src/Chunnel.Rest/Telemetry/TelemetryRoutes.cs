using System.Text;
using Chunnel.Engine;
using Microsoft.AspNetCore.Http;

namespace Chunnel.Rest;

/// <summary>The routes that Prometheus reads (spec rest-api.md 12). Without telemetry they answer, and say nothing.</summary>
internal static class TelemetryRoutes
{
    public static IEnumerable<Route> Of(RestParts parts) =>
    [
        Text("/metrics", PrometheusText.ContentType, () => PrometheusText.Write(Read(parts.Telemetry))),
        Text("/openmetrics", OpenMetricsText.ContentType, () => OpenMetricsText.Write(Read(parts.Telemetry))),
    ];

    private static Route Text(string path, string type, Func<string> write) =>
        new(path, HttpMethods.Get, (_, _) => Task.FromResult<Reply>(new BytesReply(StatusCodes.Status200OK, type, Encoding.UTF8.GetBytes(write()))))
        {
            V1 = V1Place.Instance,
        };

    private static IReadOnlyList<MetricFamily> Read(EngineMeter? telemetry) => telemetry is null ? [] : MetricReading.Of(telemetry.Meter);
}
