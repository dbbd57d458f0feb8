namespace Chunnel.Rest;

/// <summary>What both faces have: each part's routes, one line a part.</summary>
internal static class RouteTable
{
    public static IReadOnlyList<Route> Of(RestParts parts) =>
    [
        .. JobRoutes.Of(parts),
        .. SubmitRoutes.Of(parts),
        .. StopRoutes.Of(parts),
        .. CheckpointRoutes.Of(parts),
        .. RealtimeRoutes.Of(parts),
        .. ConsoleRoutes.Of(parts),
        .. ConfigRoutes.Of(parts),
        .. SlotRoutes.Of(parts),
        .. LogRoutes.Of(parts),
        .. PageRoutes.Of(),
        .. MonitoringRoutes.Of(parts),
        .. TelemetryRoutes.Of(parts),
        .. OpenApiRoutes.Of(() => Of(parts)),
    ];
}
