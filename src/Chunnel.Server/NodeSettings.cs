namespace Chunnel.Server;

/// <summary>What <c>seatunnel.yaml</c> and <c>hazelcast.yaml</c> say about a node.</summary>
public sealed record NodeSettings
{
    public string ClusterName { get; init; } = "seatunnel";

    public int HttpPort { get; init; } = 8080;

    public static NodeSettings Load(string? configFolder, string? cluster) => new() { ClusterName = cluster ?? "seatunnel" };
}
