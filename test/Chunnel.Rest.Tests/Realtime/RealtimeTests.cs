using System.Text.Json;

namespace Chunnel.Rest.Tests;

/// <summary>What SeaTunnel's own page shows of a running job's last minutes (spec clients.md, Zeta engine UI).</summary>
public sealed class RealtimeTests(SharedNode shared) : IClassFixture<SharedNode>
{
    /// <summary>A source that has something every fifth of a second, and a transform in between.</summary>
    private const string Watched = """
        {
          "env": { "job.mode": "STREAMING", "job.name": "watched", "engine.observability.bucket_ms": 1000, "engine.observability.retention_minutes": 1 },
          "source": [ { "plugin_name": "FakeSource", "plugin_output": "fake", "row.num": 3, "split.num": 100000, "split.read-interval": 200, "schema": { "fields": { "id": "bigint", "name": "string" } } } ],
          "transform": [ { "plugin_name": "Copy", "plugin_input": "fake", "plugin_output": "copied", "fields": { "name2": "name" } } ],
          "sink": [ { "plugin_name": "Console", "plugin_input": "copied" } ]
        }
        """;

    /// <summary>What the page's own types name, in their order.</summary>
    private static readonly string[] _vertexPoint =
    [
        "ts", "subtaskCount", "sourceReadNs", "sourceIdleNs", "sourceReadRatio", "sourceIdleRatio", "transformProcessNs", "transformRecordsIn", "transformRecordsOut", "transformBusyRatio", "transformProcessNsPerRecord",
        "sinkWriteNs", "sinkRecordsIn", "sinkPrepareCommitNs", "sinkCommitNs", "sinkAbortNs", "sinkBusyRatio", "sinkWriteNsPerRecord",
    ];

    private static readonly string[] _edgePoint = ["ts", "emitBlockedNs", "bpRatio", "queueSize", "queueCapacity", "queueFillRatio"];

    private NodeUnderTest Node => shared.Node;

    [Fact]
    public async Task The_page_finds_the_members_that_it_reads_and_the_numbers_that_the_graph_has()
    {
        var jobId = await Node.SubmitAsync(Watched);
        var vertices = (await Node.UntilAsync($"/metrics/realtime/jobs/{jobId}/vertices?windowMs=600000", HasPoints("vertices"), "one with points")).Json;
        var edges = (await Node.UntilAsync($"/metrics/realtime/jobs/{jobId}/edges?windowMs=600000", HasPoints("edges"), "one with points")).Json;
        var list = (await Node.GetAsync("/metrics/realtime/jobs")).Json;
        var graph = (await Node.GetAsync($"/job-info/{jobId}")).Json.GetProperty("jobDag");
        await Node.PostAsync("/stop-job", $$"""{"jobId": {{jobId}}}""");

        Names(vertices).ShouldBe(["enabled", "bucketMs", "fromMs", "toMs", "vertices"]);
        Names(edges).ShouldBe(["enabled", "bucketMs", "fromMs", "toMs", "edges"]);
        vertices.GetProperty("bucketMs").GetInt64().ShouldBe(1000);
        (vertices.GetProperty("toMs").GetInt64() - vertices.GetProperty("fromMs").GetInt64()).ShouldBe(60_000, "no further back than points are kept");

        var known = graph.GetProperty("vertexInfoMap").EnumerateArray().ToDictionary(vertex => vertex.GetProperty("vertexId").GetInt64(), vertex => vertex.GetProperty("type").GetString());
        vertices.GetProperty("vertices").EnumerateArray().Select(vertex => vertex.GetProperty("vertexId").GetInt64()).ShouldBe(known.Keys.Order());
        foreach (var vertex in vertices.GetProperty("vertices").EnumerateArray())
        {
            Names(vertex).ShouldBe(["vertexId", "points"]);
            var point = vertex.GetProperty("points").EnumerateArray().Last();
            Names(point).ShouldBe(_vertexPoint);
            (point.GetProperty("ts").GetInt64() % 1000).ShouldBe(0);
            foreach (var name in _vertexPoint.Where(name => name.EndsWith("Ratio", StringComparison.Ordinal))) point.GetProperty(name).GetDouble().ShouldBeInRange(0, 1);
            var type = known[vertex.GetProperty("vertexId").GetInt64()]!;
            _vertexPoint[2..].Where(name => !name.StartsWith(type, StringComparison.Ordinal)).ShouldAllBe(name => point.GetProperty(name).GetDouble() == 0, $"a {type} does nothing else");
        }

        var edge = edges.GetProperty("edges").EnumerateArray().Single();
        Names(edge).ShouldBe(["queueId", "targetVertexId", "points"]);
        var target = edge.GetProperty("targetVertexId").GetInt64();
        known[target].ShouldBe("sink");
        edge.GetProperty("queueId").GetInt64().ShouldBe(-(2 * target + 1), "as the page takes the number of a queue apart");
        foreach (var point in edge.GetProperty("points").EnumerateArray())
        {
            Names(point).ShouldBe(_edgePoint);
            point.GetProperty("queueSize").GetInt64().ShouldBeLessThanOrEqualTo(point.GetProperty("queueCapacity").GetInt64());
        }

        Names(list).ShouldBe(["jobs"]);
        var told = list.GetProperty("jobs").EnumerateArray().Single(job => job.GetProperty("jobId").GetRawText() == jobId);
        Names(told).ShouldBe(["jobId", "enabled", "bucketMs", "retentionMinutes", "latestBucketStartMs"]);
        told.GetProperty("latestBucketStartMs").GetInt64().ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task A_job_may_leave_it_off()
    {
        var jobId = await Node.SubmitAsync(Watched.Replace("engine.observability.bucket_ms\": 1000", "engine.observability.enabled\": false", StringComparison.Ordinal));
        await Node.WaitAsync(jobId, "RUNNING");
        var answer = (await Node.GetAsync($"/metrics/realtime/jobs/{jobId}/edges")).Json;
        (answer.GetProperty("enabled").GetBoolean(), answer.GetProperty("edges").GetArrayLength()).ShouldBe((false, 0));
        await Node.PostAsync("/stop-job", $$"""{"jobId": {{jobId}}}""");
    }

    [Theory]
    [InlineData("/metrics/realtime/jobs/abc/vertices", 400, "For input string: \"abc\"")]
    [InlineData("/metrics/realtime/jobs/5/vertices?windowMs=many", 400, "For input string: \"many\"")]
    [InlineData("/metrics/realtime/jobs/5/edges?windowMs=-1", 400, "windowMs must be > 0, not -1.")]
    [InlineData("/metrics/realtime/jobs/5/edges?windowMs=9223372036854775808", 400, "For input string: \"9223372036854775808\"")]
    [InlineData("/metrics/realtime/jobs/5/edges?windowMs=9223372036854775807", 404, "There is no job 5.")]
    [InlineData("/metrics/realtime/jobs/5/vertices", 404, "There is no job 5.")]
    [InlineData("/metrics/realtime/jobs/5", 404, "Nothing answers at '/metrics/realtime/jobs/5'. Of a job there are /metrics/realtime/jobs/{jobId}/vertices and /metrics/realtime/jobs/{jobId}/edges.")]
    public async Task A_question_that_is_wrong_is_told_so(string target, int status, string message)
    {
        var answer = await Node.GetAsync(target);
        (answer.Status, answer.Json.GetProperty("message").GetString()).ShouldBe((status, message));
    }

    [Fact]
    public async Task A_job_that_has_ended_is_told_so_and_v1_never_had_any()
    {
        var jobId = await Node.SubmitAsync(Jobs.Short);
        await Node.WaitAsync(jobId, "FINISHED");
        var answer = await Node.GetAsync($"/metrics/realtime/jobs/{jobId}/vertices");
        (answer.Status, answer.Json.GetProperty("message").GetString()).ShouldBe((404, $"Job {jobId} is FINISHED: realtime metrics are kept of running jobs."));
        (await Node.V1GetAsync("/metrics/realtime/jobs")).Status.ShouldBe(204);
    }

    [Fact]
    public async Task A_node_may_leave_it_off()
    {
        await using var node = await NodeUnderTest.StartAsync(settings => settings with { TellsRealtime = false });
        foreach (var target in new[] { "/metrics/realtime/jobs", "/metrics/realtime/jobs/5/vertices", "/metrics/realtime/jobs/5/edges" }) (await node.GetAsync(target)).Status.ShouldBe(503, target);
    }

    private static Func<Answer, bool> HasPoints(string name) =>
        answer => answer.Status == 200 && answer.Json.GetProperty(name) is var series && series.GetArrayLength() > 0 && series.EnumerateArray().All(one => one.GetProperty("points").GetArrayLength() > 0);

    private static IEnumerable<string> Names(JsonElement members) => members.EnumerateObject().Select(member => member.Name);
}
