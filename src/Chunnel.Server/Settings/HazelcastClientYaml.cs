using Chunnel.Core;

namespace Chunnel.Server;

/// <summary>Reads <c>hazelcast-client.yaml</c>: where a client finds the nodes (spec engine.md 13).</summary>
internal static class HazelcastClientYaml
{
    public static ClientSettings Read(string file, string text, ClientSettings settings, List<Problem> problems)
    {
        var client = YamlFile.Read(file, text, "hazelcast-client", problems);
        var network = client.Section("network");
        var members = network.List("cluster-members");
        var retry = client.Section("connection-strategy").Section("connection-retry");
        var patience = retry.Positive("cluster-connect-timeout-millis");
        client.Accept("cluster-name", "properties", "connection-strategy", "instance-name", "client-labels", "import");
        client.WarnOfOthers();
        network.Accept("smart-routing", "redo-operation", "connection-timeout");
        network.WarnOfOthers();
        retry.Accept("initial-backoff-millis", "max-backoff-millis", "multiplier", "jitter");
        retry.WarnOfOthers();
        return new ClientSettings
        {
            Members = members.Count > 0 ? members : settings.Members,
            ConnectPatience = patience is { } milliseconds ? TimeSpan.FromMilliseconds(milliseconds) : settings.ConnectPatience,
        };
    }
}
