using System.Globalization;
using Chunnel.Core;
using Chunnel.Rest;

namespace Chunnel.Server;

/// <summary>Reads <c>hazelcast.yaml</c>: the cluster as SeaTunnel's users describe it (spec engine.md 13).</summary>
internal static class HazelcastYaml
{
    private static readonly string[] _otherGroups = ["HOT_RESTART", "PERSISTENCE", "WAN", "CP"];

    public static NodeSettings Read(string file, string text, NodeSettings settings, List<Problem> problems)
    {
        var hazelcast = YamlFile.Read(file, text, "hazelcast", problems);
        var network = hazelcast.Section("network");
        var read = settings with
        {
            ClusterName = hazelcast.Text("cluster-name") ?? settings.ClusterName,
            V1 = ReadRest(network.Section("rest-api"), ReadPort(network.Section("port"), settings.V1)),
            Tags = ReadTags(hazelcast.Section("member-attributes")),
        };
        CheckJoin(network.Section("join"));
        network.Accept("public-address", "interfaces", "reuse-address", "outbound-ports");
        network.WarnOfOthers();
        // Stores, thread pools and the JVM's own wishes: jobs here keep no state in maps.
        hazelcast.Accept("map", "properties", "instance-name", "jet", "executor-service", "serialization", "metrics", "lite-member", "import");
        hazelcast.WarnOfOthers();
        return read;
    }

    private static V1Settings ReadPort(YamlSection port, V1Settings settings)
    {
        var read = settings with
        {
            Port = port.Port("port") ?? settings.Port,
            SearchesPort = port.Bool("auto-increment") ?? settings.SearchesPort,
            PortCount = port.Positive("port-count") ?? settings.PortCount,
        };
        port.WarnOfOthers();
        return read;
    }

    /// <summary>A file opens v1 and its groups by saying so (spec rest-api.md 1.3).</summary>
    private static V1Settings ReadRest(YamlSection rest, V1Settings settings)
    {
        var groups = rest.Section("endpoint-groups");
        var read = settings with
        {
            Enabled = rest.Bool("enabled") ?? false,
            Groups = Named("CLUSTER_READ", EndpointGroups.ClusterRead, isOn: true) | Named("HEALTH_CHECK", EndpointGroups.HealthCheck, isOn: true)
                | Named("CLUSTER_WRITE", EndpointGroups.ClusterWrite, isOn: false) | Named("DATA", EndpointGroups.Data, isOn: false),
        };
        // Nothing here corresponds to them.
        foreach (var other in _otherGroups) Named(other, EndpointGroups.None, isOn: false);
        groups.WarnOfOthers();
        rest.WarnOfOthers();
        return read;

        EndpointGroups Named(string name, EndpointGroups group, bool isOn)
        {
            var section = groups.Section(name);
            var enabled = section.Bool("enabled") ?? isOn;
            section.WarnOfOthers();
            return enabled ? group : EndpointGroups.None;
        }
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
