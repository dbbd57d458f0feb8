using System.Text.Json;

namespace Chunnel.Rest.Tests;

public sealed class V1JobTests
{
    /// <summary>rest-api.md 143, 148.</summary>
    [Fact]
    public async Task A_running_job_has_the_graph_of_both_documents()
    {
        await using var node = await NodeUnderTest.StartAsync();
        var jobId = await node.SubmitAsync(Jobs.Endless);
        await node.WaitAsync(jobId, "RUNNING");
        foreach (var place in new[] { "/running-jobs", $"/running-job/{jobId}", $"/job-info/{jobId}" })
        {
            var answer = (await node.V1GetAsync(place)).Json;
            var job = answer.ValueKind == JsonValueKind.Array ? answer.EnumerateArray().ShouldHaveSingleItem() : answer;
            job.GetProperty("jobId").GetString().ShouldBe(jobId);
            var dag = job.GetProperty("jobDag");
            dag.GetProperty("vertexInfoMap").GetArrayLength().ShouldBe(2);
            dag.GetProperty("pipelineEdges").GetProperty("1").GetRawText().ShouldBe("""[{"inputVertexId":"1","targetVertexId":"2"}]""");
            dag.GetProperty("vertices").GetRawText().ShouldBe(
                """[{"id":1,"name":"Source[0]-FakeSource(id=1)","parallelism":1},{"id":2,"name":"Sink[0]-Console-MultiTableSink(id=2)","parallelism":1}]""");
            dag.GetProperty("edges").GetRawText().ShouldBe("""[{"inputVertex":"Source[0]-FakeSource","targetVertex":"Sink[0]-Console-MultiTableSink"}]""");
            job.GetProperty("metrics").GetProperty("sourceReceivedCount").ValueKind.ShouldBe(JsonValueKind.String);
            job.GetProperty("metrics").GetProperty("SourceReceivedCount").ValueKind.ShouldBe(JsonValueKind.String);
        }
        Ids(await node.GetAsync("/running-jobs")).ShouldBe(Ids(await node.V1GetAsync("/running-jobs")));
        (await node.V1PostAsync("/stop-job", $$"""{"jobId": {{jobId}}}""", "PUT")).Body.ShouldBe($$"""{"jobId":"{{jobId}}"}""");
        await node.WaitAsync(jobId, "CANCELED");
        Ids(await node.GetAsync("/finished-jobs")).ShouldBe(Ids(await node.V1GetAsync("/finished-jobs")));
    }

    private static IReadOnlyList<string?> Ids(Answer list) => [.. list.Json.EnumerateArray().Select(job => job.GetProperty("jobId").GetString())];
}
