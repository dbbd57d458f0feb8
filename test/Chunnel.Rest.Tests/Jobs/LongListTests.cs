using System.Text.Json;

namespace Chunnel.Rest.Tests;

/// <summary>Lists of hundreds of jobs, whose texts are kept for a second.</summary>
public sealed class LongListTests
{
    private const int Jobs = 220;

    /// <summary>No checkpoint changes what is shown of it.</summary>
    private static readonly string Undisturbed = Tests.Jobs.Endless.Replace("\"checkpoint.interval\": 5000", "\"checkpoint.interval\": 3600000", StringComparison.Ordinal);

    /// <summary>rest-api.md 148, architecture 3.8: what an order changed is seen by the very next question, however long the list is; counters follow.</summary>
    [Fact]
    public async Task A_long_list_shows_states_as_they_are()
    {
        await using var node = await NodeUnderTest.StartAsync();
        var ids = new List<string>();
        for (var i = 0; i < Jobs; i++) ids.Add(await node.SubmitAsync(Undisturbed));
        foreach (var id in ids) await node.WaitAsync(id, "RUNNING");
        var listed = await ListedAsync(node);
        listed.Select(job => job.GetProperty("jobId").GetString()).ShouldBe(ids.AsEnumerable().Reverse());
        listed.ShouldAllBe(job => job.GetProperty("jobStatus").GetString() == "RUNNING");
        Shape.Of(listed[0], inOrder: true).ShouldBe(Shape.Of((await node.GetAsync($"/job-info/{ids[0]}")).Json, inOrder: true).Concat([".metrics.sourceReceivedCount: String", ".metrics.sinkWriteCount: String"]));

        // Their states stay; their rates change with every text that is written anew.
        var first = listed.ToDictionary(job => job.GetProperty("jobId").GetString()!, job => job.GetRawText());
        await node.UntilAsync("/running-jobs", answer => answer.Json.EnumerateArray().All(job => job.GetRawText() != first[job.GetProperty("jobId").GetString()!]), "a list whose every text was written anew");

        await node.PostAsync("/stop-job", $$"""{"jobId": {{ids[7]}}}""");
        (await ListedAsync(node)).ShouldNotContain(job => job.GetProperty("jobId").GetString() == ids[7] && job.GetProperty("jobStatus").GetString() == "RUNNING");
        await node.WaitAsync(ids[7], "CANCELED");
        (await ListedAsync(node)).Count.ShouldBe(Jobs - 1);
        (await node.GetAsync("/finished-jobs")).Json.EnumerateArray().ShouldHaveSingleItem().GetProperty("jobId").GetString().ShouldBe(ids[7]);
        (await node.GetAsync("/overview")).Json.GetProperty("runningJobs").GetString().ShouldBe($"{Jobs - 1}");
    }

    private static async Task<List<JsonElement>> ListedAsync(NodeUnderTest node) => [.. (await node.GetAsync("/running-jobs")).Json.EnumerateArray()];
}
