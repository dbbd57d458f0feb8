namespace Chunnel.Rest.Tests;

public sealed class V1FaceTests(SharedNode shared) : IClassFixture<SharedNode>
{
    private NodeUnderTest Node => shared.Node;

    /// <summary>rest-api.md 147; the right name stands in a header.</summary>
    [Theory]
    [InlineData("/nosuch")]
    [InlineData("/nosuch/key")]
    [InlineData("/runing-jobs")]
    public async Task A_map_that_nobody_made_has_nothing_in_it(string target)
    {
        var answer = await Node.V1GetAsync(target);
        answer.Status.ShouldBe(204);
        answer.Body.ShouldBeEmpty();
        answer.Headers["X-Chunnel-Detail"].ShouldContain("/running-jobs");
    }

    [Theory]
    [InlineData("/nosuch")]
    [InlineData("/nosuch/key")]
    public async Task There_are_no_maps_to_be_written(string target)
    {
        foreach (var method in new[] { "POST", "PUT" })
        {
            var answer = await Node.V1PostAsync(target, "x", method);
            answer.Status.ShouldBe(404);
            answer.Json.GetProperty("status").GetString().ShouldBe("fail");
        }
    }

    [Fact]
    public async Task Writing_where_only_reading_is_keeps_the_text_of_a_member()
    {
        var answer = await Node.V1PostAsync("/overview", "");
        answer.Status.ShouldBe(400);
        answer.ContentType.ShouldBe("application/json");
        answer.Json.GetProperty("message").GetString().ShouldBe("Missing map name: /overview is asked with GET.");
    }

    [Fact]
    public async Task Another_method_is_told_which_one_to_use()
    {
        foreach (var method in new[] { "DELETE", "PATCH", "TRACE" })
        {
            var answer = await RawHttp.SendAsync(Node.V1Port, method, "/hazelcast/rest/maps/stop-job");
            answer.Status.ShouldBe(405, method);
            answer.Headers["Allow"].ShouldBe("POST, OPTIONS");
        }
        (await RawHttp.SendAsync(Node.V1Port, "OPTIONS", "/hazelcast/rest/maps/overview")).Headers["Allow"].ShouldBe("GET, HEAD, OPTIONS");
    }

    /// <summary>rest-api.md 144.</summary>
    [Fact]
    public async Task Switched_off_it_opens_no_port()
    {
        await using var node = await NodeUnderTest.StartAsync(settings => settings with { V1 = settings.V1 with { Enabled = false } });
        Should.Throw<InvalidOperationException>(() => node.V1Port);
        (await node.GetAsync("/overview")).Status.ShouldBe(200);
    }

    /// <summary>rest-api.md 1.3: each group by itself.</summary>
    [Theory]
    [InlineData(EndpointGroups.Data, "/hazelcast/rest/maps/overview")]
    [InlineData(EndpointGroups.ClusterRead, "/hazelcast/rest/cluster")]
    [InlineData(EndpointGroups.ClusterRead, "/hazelcast/rest/instance")]
    [InlineData(EndpointGroups.HealthCheck, "/hazelcast/health")]
    [InlineData(EndpointGroups.HealthCheck, "/hazelcast/health/ready")]
    public async Task A_group_that_is_off_is_not_served(EndpointGroups group, string place)
    {
        await using var only = await NodeUnderTest.StartAsync(settings => settings with { V1 = settings.V1 with { Groups = group } });
        (await RawHttp.SendAsync(only.V1Port, "GET", place)).Status.ShouldBe(200);
        await using var without = await NodeUnderTest.StartAsync(settings => settings with { V1 = settings.V1 with { Groups = settings.V1.Groups & ~group } });
        (await RawHttp.SendAsync(without.V1Port, "GET", place)).Status.ShouldBe(404);
        if (group == EndpointGroups.Data) (await without.V1GetAsync("/nosuch")).Status.ShouldBe(404);
    }

    /// <summary>rest-api.md 146.</summary>
    [Fact]
    public async Task The_cluster_lists_its_members()
    {
        var cluster = (await RawHttp.SendAsync(Node.V1Port, "GET", "/hazelcast/rest/cluster")).Json;
        var member = cluster.GetProperty("members").EnumerateArray().ShouldHaveSingleItem();
        member.GetProperty("address").GetString().ShouldBe($"[127.0.0.1]:{Node.V1Port}");
        member.GetProperty("localMember").GetBoolean().ShouldBeTrue();
    }

    [Theory]
    [InlineData("/hazelcast/health", """{"nodeState":"ACTIVE","clusterState":"ACTIVE","clusterSafe":true,"migrationQueueSize":0,"clusterSize":1}""")]
    [InlineData("/hazelcast/health/node-state", "\"ACTIVE\"")]
    [InlineData("/hazelcast/health/ready", "")]
    [InlineData("/hazelcast/rest/instance", """{"name":"main"}""")]
    [InlineData("/hazelcast/rest/instance/other", """{"name":"main"}""")]
    public async Task Probes_are_answered(string place, string body)
    {
        var answer = await RawHttp.SendAsync(Node.V1Port, "GET", place);
        answer.Status.ShouldBe(200);
        answer.Body.ShouldBe(body);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/hazelcast")]
    [InlineData("/hazelcast/rest/maps")]
    [InlineData("/overview")]
    public async Task What_is_no_place_of_a_member_is_told_so(string place)
    {
        var answer = await RawHttp.SendAsync(Node.V1Port, "GET", place);
        answer.Status.ShouldBe(404);
        answer.Json.GetProperty("message").GetString()!.ShouldContain("/hazelcast/");
    }
}
