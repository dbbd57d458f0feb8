using System.Text;

namespace Chunnel.Rest.Tests;

/// <summary>What v1 says about itself and its node's loggers (spec rest-api.md 13).</summary>
public sealed class V1LogLevelTests
{
    private const string Place = "/hazelcast/rest/log-level";

    [Fact]
    public async Task A_level_is_changed_while_the_node_runs()
    {
        await using var node = await NodeUnderTest.StartAsync();
        var before = await SendAsync(node, "GET", Place);
        before.Body.ShouldBe("""{"root":"INFO","chunnel.Node":"INFO","chunnel.Job":"INFO"}""");
        before.ContentType.ShouldBe("application/json");
        (await SendAsync(node, "POST", Place, "seatunnel&any&chunnel.Node&WARN")).Body.ShouldBe("""{"status":"SUCCESS"}""");
        (await SendAsync(node, "PUT", Place, "seatunnel&&chunnel.Job&off")).Status.ShouldBe(200);
        (await SendAsync(node, "POST", Place, "seatunnel&&root&FINE")).Status.ShouldBe(200);
        (await SendAsync(node, "GET", Place)).Body.ShouldBe("""{"root":"DEBUG","chunnel.Node":"WARN","chunnel.Job":"OFF"}""");

        var jobId = await node.SubmitAsync(Jobs.Short);
        await node.WaitAsync(jobId, "FINISHED");
        (await node.GetAsync($"/logs/job-{jobId}.log")).Body.ShouldBeEmpty();
        (await node.GetAsync("/logs/seatunnel-engine-server.log")).Body.ShouldNotContain($"Submitted job short ({jobId})");
    }

    [Theory]
    [InlineData("seatunnel&x", 400, "This endpoint expects at least 4 parameters")]
    [InlineData("", 400, "This endpoint expects at least 4 parameters")]
    [InlineData("other&x&root&INFO", 403, "This is not cluster 'other'.")]
    [InlineData("seatunnel&x&chunnel.Nod&INFO", 400, "chunnel.Node")]
    [InlineData("seatunnel&x&org.apache.seatunnel&INFO", 400, "There is no logger 'org.apache.seatunnel'. There are root, chunnel.Node, chunnel.Job.")]
    [InlineData("seatunnel&x&root&LOUD", 400, "'LOUD' is no log level.")]
    public async Task What_cannot_be_done_is_told(string body, int status, string text)
    {
        await using var node = await NodeUnderTest.StartAsync();
        var answer = await SendAsync(node, "POST", Place, body);
        answer.Status.ShouldBe(status);
        answer.Json.GetProperty("message").GetString()!.ShouldContain(text);
        (await SendAsync(node, "GET", Place)).Body.ShouldContain("\"root\":\"INFO\"");
    }

    [Fact]
    public async Task There_is_no_way_back_to_what_was_set_at_the_start()
    {
        await using var node = await NodeUnderTest.StartAsync();
        var answer = await SendAsync(node, "POST", $"{Place}/reset", "seatunnel&x&root&INFO");
        answer.Status.ShouldBe(500);
        answer.Json.GetProperty("message").GetString().ShouldBe("Reset logger level endpoint disabled!");
    }

    [Fact]
    public async Task Looking_and_changing_are_allowed_apart()
    {
        await using var node = await NodeUnderTest.StartAsync(settings => settings with { V1 = settings.V1 with { Groups = EndpointGroups.ClusterRead } });
        (await SendAsync(node, "GET", Place)).Status.ShouldBe(200);
        (await SendAsync(node, "POST", Place, "seatunnel&x&root&OFF")).Status.ShouldBe(404);
    }

    private static Task<Answer> SendAsync(NodeUnderTest node, string method, string target, string? body = null) =>
        RawHttp.SendAsync(node.V1Port, method, target, body is null ? null : Encoding.UTF8.GetBytes(body));
}
