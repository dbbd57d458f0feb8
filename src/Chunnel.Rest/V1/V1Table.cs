namespace Chunnel.Rest;

/// <summary>Everything that v1 serves, in the order in which it is tried: longer names first.</summary>
internal static class V1Table
{
    public const string Maps = "/hazelcast/rest/maps";
    public const string Instance = "/hazelcast/rest/instance";

    public static IReadOnlyList<V1Entry> Of(RestParts parts) =>
        [.. RouteTable.Of(parts).SelectMany(EntriesOf).Concat(V1ClusterRoutes.Of(parts)).Concat(V1LogLevelRoutes.Of(parts)).OrderByDescending(entry => entry.Path.Length)];

    private static IEnumerable<V1Entry> EntriesOf(Route route) => route.V1 switch
    {
        V1Place.Maps => [new V1Entry(Maps + route.Path, EndpointGroups.Data, route)],
        V1Place.Instance => [new V1Entry(Instance + route.Path, EndpointGroups.ClusterRead, route) { IsExact = true }],
        _ => [],
    };
}
