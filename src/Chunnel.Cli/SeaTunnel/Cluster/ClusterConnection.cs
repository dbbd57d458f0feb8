using Chunnel.Client;
using Chunnel.Core;
using Chunnel.Server;

namespace Chunnel.Cli.SeaTunnel.Cluster;

/// <summary>Finds a node of the cluster that <c>seatunnel.sh</c> talks to.</summary>
internal static class ClusterConnection
{
    private const int HttpPort = 8080;

    /// <summary>REST v1 has the routes of v2 below this path, on the port that members know each other by.</summary>
    private const string V1Path = "/hazelcast/rest/maps/";

    /// <summary>The first node that answers.</summary>
    /// <param name="settings">Where nodes are.</param>
    /// <param name="server">A node's URL, which wins; null for none.</param>
    /// <param name="clock">For waiting.</param>
    /// <param name="stop">Gives up.</param>
    /// <exception cref="ChunnelException">None answers.</exception>
    /// <exception cref="ServerException">One answers, and wants to know who asks.</exception>
    public static async Task<ChunnelClient> OpenAsync(ClientSettings settings, string? server, TimeProvider clock, CancellationToken stop)
    {
        var candidates = server is null ? settings.Members.SelectMany(Candidates).ToList() : [Parse(server)];
        foreach (var candidate in candidates)
        {
            var client = new ChunnelClient(new ServerAddress(candidate) { User = Environment.GetEnvironmentVariable("CHUNNEL_USER"), Password = Environment.GetEnvironmentVariable("CHUNNEL_PASSWORD") }, clock);
            if (await AnswersAsync(client, settings.ConnectPatience, stop)) return client;
            client.Dispose();
        }
        throw new ChunnelException(CommonErrors.IllegalArgument, $"Unable to connect to any node of the cluster. The following addresses were tried: [{string.Join(", ", candidates)}]")
        {
            Mend = "Start a node with bin/seatunnel-cluster.sh, say where it is in config/hazelcast-client.yaml or CHUNNEL_SERVER, or run the job in this process with -m local.",
        };
    }

    private static IEnumerable<Uri> Candidates(string member)
    {
        var colon = member.LastIndexOf(':');
        var host = colon < 0 ? member : member[..colon];
        var port = colon < 0 ? "5801" : member[(colon + 1)..];
        return [Parse($"http://{host}:{port}{V1Path}"), Parse($"http://{host}:{HttpPort}/")];
    }

    private static Uri Parse(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
            ? url
            : throw new ChunnelException(CommonErrors.IllegalArgument, $"'{address}' is no address of a node.") { Mend = "Members are written host:port; CHUNNEL_SERVER is a URL." };

    private static async Task<bool> AnswersAsync(ChunnelClient client, TimeSpan patience, CancellationToken stop)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(patience);
        try
        {
            await client.OverviewAsync(limit.Token);
            return true;
        }
        catch (Exception fault) when (fault is HttpRequestException or ServerException { Status: not 401 } || (fault is OperationCanceledException && !stop.IsCancellationRequested))
        {
            return false;
        }
    }
}
