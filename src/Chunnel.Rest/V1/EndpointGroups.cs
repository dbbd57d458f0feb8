namespace Chunnel.Rest;

/// <summary>What v1 serves, in the groups of <c>hazelcast.network.rest-api.endpoint-groups</c> (spec rest-api.md 1.3).</summary>
[Flags]
public enum EndpointGroups
{
    None = 0,

    /// <summary>What the cluster is: members, instance, telemetry, log levels.</summary>
    ClusterRead = 1,

    /// <summary>What changes the node itself: log levels.</summary>
    ClusterWrite = 2,

    /// <summary><c>/hazelcast/health</c>.</summary>
    HealthCheck = 4,

    /// <summary>Everything about jobs: what stands below <c>/hazelcast/rest/maps</c>.</summary>
    Data = 8,
}
