using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Chunnel.Rest;

/// <summary>What probes and tests ask a Hazelcast member about itself: cluster, health, instance (spec rest-api.md 13).</summary>
internal sealed class V1ClusterRoutes(RestParts parts)
{
    private const string Health = "/hazelcast/health";

    /// <summary>The state of a node that answers, and of its cluster.</summary>
    private const string Active = "ACTIVE";

    /// <summary>The version of Hazelcast that SeaTunnel brings: monitors compare it.</summary>
    private const string MemberVersion = "5.1.0";

    /// <summary>The nodes of the cluster: this one.</summary>
    private const int Members = 1;

    private readonly string _id = Guid.NewGuid().ToString();

    public static IEnumerable<V1Entry> Of(RestParts parts)
    {
        var cluster = new V1ClusterRoutes(parts);
        return
        [
            Get("/hazelcast/rest/cluster", EndpointGroups.ClusterRead, cluster.Cluster),
            Get(V1Table.Instance, EndpointGroups.ClusterRead, Answers(WriteInstance)),
            Get(Health, EndpointGroups.HealthCheck, Answers(WriteHealth)),
            Get($"{Health}/ready", EndpointGroups.HealthCheck, (_, _) => Task.FromResult<Reply>(BytesReply.Empty(StatusCodes.Status200OK))),
            Get($"{Health}/node-state", EndpointGroups.HealthCheck, Answers(json => json.WriteStringValue(Active))),
            Get($"{Health}/cluster-state", EndpointGroups.HealthCheck, Answers(json => json.WriteStringValue(Active))),
            Get($"{Health}/cluster-safe", EndpointGroups.HealthCheck, Answers(json => json.WriteBooleanValue(true))),
            Get($"{Health}/migration-queue-size", EndpointGroups.HealthCheck, Answers(json => json.WriteNumberValue(0))),
            Get($"{Health}/cluster-size", EndpointGroups.HealthCheck, Answers(json => json.WriteNumberValue(Members))),
        ];
    }

    private static V1Entry Get(string path, EndpointGroups group, Func<RestCall, CancellationToken, Task<Reply>> answer) =>
        new(path, group, new Route(path, HttpMethods.Get, answer));

    private static Func<RestCall, CancellationToken, Task<Reply>> Answers(Action<Utf8JsonWriter> write) => (_, _) => Task.FromResult<Reply>(BytesReply.Ok(write));

    private Task<Reply> Cluster(RestCall call, CancellationToken stop) => Task.FromResult<Reply>(BytesReply.Ok(json =>
    {
        json.WriteStartObject();
        json.WriteStartArray("members");
        json.WriteStartObject();
        json.WriteString("address", AddressOf(call.Request.HttpContext.Connection));
        json.WriteBoolean("liteMember", false);
        json.WriteBoolean("localMember", true);
        json.WriteString("uuid", _id);
        json.WriteString("memberVersion", MemberVersion);
        json.WriteEndObject();
        json.WriteEndArray();
        // Whoever asks is among them; other nodes are not.
        json.WriteNumber("connectionCount", parts.V1Connections.Open);
        json.WriteNumber("allConnectionCount", parts.V1Connections.Open + parts.V2Connections.Open);
        json.WriteEndObject();
    }));

    /// <summary>Where the caller reached this node: <c>[127.0.0.1]:5801</c>.</summary>
    private static string AddressOf(ConnectionInfo connection)
    {
        var address = connection.LocalIpAddress ?? IPAddress.Loopback;
        return $"[{(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address)}]:{WireTypes.Count(connection.LocalPort)}";
    }

    private static void WriteInstance(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("name", "main");
        json.WriteEndObject();
    }

    private static void WriteHealth(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("nodeState", Active);
        json.WriteString("clusterState", Active);
        json.WriteBoolean("clusterSafe", true);
        json.WriteNumber("migrationQueueSize", 0);
        json.WriteNumber("clusterSize", Members);
        json.WriteEndObject();
    }
}
