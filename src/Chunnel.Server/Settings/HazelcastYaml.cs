using System.Globalization;
using Chunnel.Core;

namespace Chunnel.Server;

/// <summary>Reads <c>hazelcast.yaml</c>: the cluster as SeaTunnel's users describe it (spec engine.md 13).</summary>
internal static class HazelcastYaml
{
    public static NodeSettings Read(string file, string text, NodeSettings settings, List<Problem> problems)
    {
        var hazelcast = YamlFile.Read(file, text, "hazelcast", problems);
        var network = hazelcast.Section("network");
        var read = settings with
        {
            ClusterName = hazelcast.Text("cluster-name") ?? settings.ClusterName,
            MemberPort = ReadPort(network.Section("port")) ?? settings.MemberPort,
            Tags = ReadTags(hazelcast.Section("member-attributes")),
        };
        CheckJoin(network.Section("join"));
        var rest = network.Section("rest-api");
        rest.Bool("enabled");
        rest.Accept("endpoint-groups");
        rest.WarnOfOthers();
        network.Accept("public-address", "interfaces", "reuse-address", "outbound-ports");
        network.WarnOfOthers();
        // Stores, thread pools and the JVM's own wishes: jobs here keep no state in maps.
        hazelcast.Accept("map", "properties", "instance-name", "jet", "executor-service", "serialization", "metrics", "lite-member", "import");
        hazelcast.WarnOfOthers();
        return read;
    }

    private static int? ReadPort(YamlSection port)
    {
        var first = port.Port("port");
        port.Bool("auto-increment");
        port.Positive("port-count");
        port.WarnOfOthers();
        return first;
    }

    private static Dictionary<string, string> ReadTags(YamlSection attributes)
    {
        var tags = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in attributes.Keys())
        {
            var attribute = attributes.Section(name);
            var type = attribute.Choice("type", "string", "int", "integer", "long", "double", "float", "boolean", "bool", "byte", "short") ?? "string";
            if (attribute.Text("value") is { } value) tags[name] = Plain(type, value);
            attribute.WarnOfOthers();
        }
        return tags;
    }

    /// <summary>Typed attributes are compared as their text: <c>007</c> of type int is <c>7</c>.</summary>
    private static string Plain(string type, string value) =>
        type is "int" or "integer" or "long" or "short" or "byte" && long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number.ToString(CultureInfo.InvariantCulture)
            : value;

    private static void CheckJoin(YamlSection join)
    {
        var tcp = join.Section("tcp-ip");
        tcp.Bool("enabled");
        if (tcp.List("member-list").Count > 1) tcp.WarnNotCarriedOut("member-list", "this build does not join other nodes yet: the node works alone.");
        tcp.Accept("members", "interface", "connection-timeout-seconds", "required-member");
        tcp.WarnOfOthers();
        join.Accept("multicast", "kubernetes", "auto-detection", "aws", "gcp", "azure", "eureka");
        join.WarnOfOthers();
    }
}
