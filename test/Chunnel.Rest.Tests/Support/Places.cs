namespace Chunnel.Rest.Tests;

/// <summary>Where a node answers, and how it is asked there. No node is asked for it.</summary>
internal static class Places
{
    /// <summary>Enough to name the routes.</summary>
    private static readonly RestParts _nothing = new()
    {
        Questions = null!, Orders = null!, Configs = null!, Http = new HttpSettings(), Log = null!, Levels = null!, LogsFolder = "", Node = null!, Monitor = null!, Zone = TimeZoneInfo.Utc,
    };

    /// <summary>What both faces have, the longest path first.</summary>
    public static IReadOnlyList<Route> Routes { get; } = [.. RouteTable.Of(_nothing).OrderByDescending(route => route.Path.Length)];

    public static IReadOnlyList<(string Method, string Path)> OfV2 { get; } = [.. Routes.Where(route => route.OnV2).Select(route => (route.Method, route.Path.Replace("{jobId}", "1", StringComparison.Ordinal)))];

    public static IReadOnlyList<(string Method, string Path)> OfV1 { get; } = [.. V1Table.Of(_nothing).Select(entry => (entry.Route.Method, entry.Path))];

    /// <summary>Those of v1 that v2 has not.</summary>
    public static IReadOnlyList<(string Method, string Path)> OfMember { get; } = [.. V1ClusterRoutes.Of(_nothing).Concat(V1LogLevelRoutes.Of(_nothing)).Select(entry => (entry.Route.Method, entry.Path))];
}
