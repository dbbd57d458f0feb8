using System.Text.Json;

namespace Chunnel.Rest.Tests;

/// <summary>What SeaTunnel's own page shows of checkpoints.</summary>
public sealed class CheckpointTests(SharedNode shared) : IClassFixture<SharedNode>
{
    private NodeUnderTest Node => shared.Node;

    [Fact]
    public async Task A_bounded_job_ends_with_one_in_each_pipeline()
    {
        var jobId = await Node.SubmitAsync(TwoPipelines);
        await Node.WaitAsync(jobId, "FINISHED");
        var overview = (await Node.GetAsync($"/jobs/checkpoints/{jobId}")).Json;
        overview.GetProperty("jobId").GetString().ShouldBe(jobId);
        overview.GetProperty("pipelines").EnumerateArray().Select(pipeline => pipeline.GetProperty("pipelineId").GetInt32()).ShouldBe([1, 2]);
        foreach (var pipeline in overview.GetProperty("pipelines").EnumerateArray())
        {
            pipeline.GetProperty("counts").GetRawText().ShouldBe("""{"triggered":1,"completed":1,"failed":0,"inProgress":0,"restored":0}""");
            pipeline.GetProperty("latestFailed").ValueKind.ShouldBe(JsonValueKind.Null);
            pipeline.GetProperty("latestSavepoint").ValueKind.ShouldBe(JsonValueKind.Null);
            var latest = pipeline.GetProperty("latestCompleted");
            latest.GetProperty("checkpointId").GetInt64().ShouldBe(long.MaxValue);
            latest.GetProperty("checkpointType").GetString().ShouldBe("completed-point");
            latest.GetProperty("stateSize").GetInt64().ShouldBeGreaterThan(0);
            (latest.GetProperty("completedTimestamp").GetInt64() - latest.GetProperty("triggerTimestamp").GetInt64() - latest.GetProperty("durationMillis").GetInt64()).ShouldBeInRange(-1, 1);
            pipeline.GetProperty("history")[0].GetProperty("checkpoint").GetRawText().ShouldBe(latest.GetRawText());
        }
        var updated = overview.GetProperty("pipelines").EnumerateArray().Max(pipeline => pipeline.GetProperty("latestCompleted").GetProperty("completedTimestamp").GetInt64());
        overview.GetProperty("updatedAt").GetInt64().ShouldBe(updated);
    }

    [Fact]
    public async Task A_savepoint_is_told_as_one_and_has_the_first_number()
    {
        var jobId = await Node.SubmitAsync(Endless(intervalMilliseconds: 3_600_000));
        await Node.WaitAsync(jobId, "RUNNING");
        (await Node.GetAsync($"/jobs/checkpoints/history/{jobId}")).Body.ShouldBe("[]");
        await Node.PostAsync("/stop-job", $$"""{"jobId": {{jobId}}, "isStopWithSavePoint": true}""");
        await Node.WaitAsync(jobId, "SAVEPOINT_DONE");
        var savepoint = (await Node.GetAsync($"/jobs/checkpoints/{jobId}")).Json.GetProperty("pipelines")[0].GetProperty("latestSavepoint");
        savepoint.GetProperty("checkpointId").GetInt64().ShouldBe(1);
        savepoint.GetProperty("checkpointType").GetString().ShouldBe("savepoint");
        savepoint.GetProperty("status").GetString().ShouldBe("COMPLETED");
    }

    [Fact]
    public async Task Those_that_come_from_time_to_time_are_told_the_last_one_first()
    {
        var jobId = await Node.SubmitAsync(Endless(intervalMilliseconds: 50));
        await Node.WaitAsync(jobId, "RUNNING");
        var history = (await Node.UntilAsync($"/jobs/checkpoints/history/{jobId}", answer => answer.Json.GetArrayLength() >= 3, "a list of three")).Json;
        await Node.PostAsync("/stop-job", $$"""{"jobId": {{jobId}}}""");
        var checkpoints = history.EnumerateArray().Select(entry => entry.GetProperty("checkpoint")).ToList();
        checkpoints.ShouldAllBe(checkpoint => checkpoint.GetProperty("checkpointType").GetString() == "checkpoint" && checkpoint.GetProperty("status").GetString() == "COMPLETED");
        checkpoints.Select(checkpoint => checkpoint.GetProperty("checkpointId").GetInt64()).ShouldBe(Enumerable.Range(1, checkpoints.Count).Reverse().Select(id => (long)id));
    }

    [Fact]
    public async Task The_history_can_be_narrowed()
    {
        var jobId = await Node.SubmitAsync(TwoPipelines);
        await Node.WaitAsync(jobId, "FINISHED");
        Pipelines(await HistoryAsync("")).Order().ShouldBe([1, 2]);
        Pipelines(await HistoryAsync("?pipelineId=2")).ShouldBe([2]);
        Pipelines(await HistoryAsync("?limit=1")).Count.ShouldBe(1);
        Pipelines(await HistoryAsync("?limit=0&status=completed")).Count.ShouldBe(2);
        Pipelines(await HistoryAsync("?status=FAILED")).ShouldBeEmpty();
        Pipelines(await HistoryAsync("?pipelineId=7")).ShouldBeEmpty();

        async Task<JsonElement> HistoryAsync(string query) => (await Node.GetAsync($"/jobs/checkpoints/history/{jobId}{query}")).Json;
    }

    [Theory]
    [InlineData("/jobs/checkpoints", "The jobId must not be empty.")]
    [InlineData("/jobs/checkpoints/", "The jobId must not be empty.")]
    [InlineData("/jobs/checkpoints/abc", "For input string: \"abc\"")]
    [InlineData("/jobs/checkpoints/history", "The jobId must not be empty.")]
    [InlineData("/jobs/checkpoints/history/1?limit=x", "For input string: \"x\"")]
    [InlineData("/jobs/checkpoints/history/1?pipelineId=x", "For input string: \"x\"")]
    [InlineData("/jobs/checkpoints/history/1?status=done", "'done' is no outcome of a checkpoint. There are COMPLETED, FAILED, CANCELED.")]
    public async Task A_question_that_is_wrong_is_told_so(string target, string message)
    {
        var answer = await Node.GetAsync(target);
        answer.Status.ShouldBe(400);
        answer.Json.GetProperty("message").GetString().ShouldBe(message);
    }

    [Fact]
    public async Task A_job_that_nobody_knows_has_none()
    {
        (await Node.GetAsync("/jobs/checkpoints/5")).Body.ShouldBe("""{"jobId":"5"}""");
        (await Node.GetAsync("/jobs/checkpoints/history/5")).Body.ShouldBe("[]");
        (await Node.V1GetAsync("/jobs/checkpoints/5")).Status.ShouldBe(204, "v1 never had it");
    }

    private static string Endless(int intervalMilliseconds) => Jobs.Endless.Replace("\"checkpoint.interval\": 5000", $"\"checkpoint.interval\": {intervalMilliseconds}", StringComparison.Ordinal);

    private static string TwoPipelines => """
        {
          "env": { "job.mode": "BATCH", "job.name": "two" },
          "source": [
            { "plugin_name": "FakeSource", "plugin_output": "a", "row.num": 5, "schema": { "fields": { "id": "bigint" } } },
            { "plugin_name": "FakeSource", "plugin_output": "b", "row.num": 5, "schema": { "fields": { "id": "bigint" } } } ],
          "sink": [ { "plugin_name": "Console", "plugin_input": "a" }, { "plugin_name": "Console", "plugin_input": "b" } ]
        }
        """;

    private static IReadOnlyList<int> Pipelines(JsonElement history) => [.. history.EnumerateArray().Select(entry => entry.GetProperty("pipelineId").GetInt32())];
}
