using System.Globalization;
using System.Text.Json;
using Chunnel.Control;
using Chunnel.Engine;

namespace Chunnel.Rest.Tests;

/// <summary>A node with three slots where jobs wait, held against a real server that was set up so (golden/README.md).</summary>
public sealed class SlotReplayTests
{
    private const string Holder = "11";
    private const string Waiting = "12";

    /// <summary>rest-api.md 31, 32, 35, 107; that server counted who waits among the running.</summary>
    [Fact]
    public async Task Slots_and_waiting_jobs_are_told_as_they_were()
    {
        await using var node = await NodeUnderTest.StartAsync(settings => settings with
        {
            Slots = new SlotSettings { IsDynamic = false, Count = 3, Schedule = ScheduleStrategy.Wait },
            Tags = new Dictionary<string, string> { ["zone"] = "az1" },
        });
        await CompareOverviewAsync(node, "overview");
        await CompareOverviewAsync(node, "overview-tag");
        await CompareOverviewAsync(node, "overview-tag-other");
        await node.SubmitAsync(Jobs.Endless, $"?jobId={Holder}");
        await node.WaitAsync(Holder, "RUNNING");
        await CompareOverviewAsync(node, "overview-one");
        await node.SubmitAsync(Jobs.Endless, $"?jobId={Waiting}");
        await CompareOverviewAsync(node, "overview-two");
        await CompareJobAsync(node, "job-info-pending");
        await node.PostAsync("/stop-job", $$"""{"jobId": {{Waiting}}}""");
        await node.WaitAsync(Waiting, "CANCELED");
    }

    /// <summary>rest-api.md 107: it waits there too, without a word why.</summary>
    [Fact]
    public async Task A_job_that_is_too_big_is_told_as_it_was()
    {
        await using var node = await NodeUnderTest.StartAsync(settings => settings with { Slots = new SlotSettings { IsDynamic = false, Count = 3, Schedule = ScheduleStrategy.Wait } });
        await node.SubmitAsync(Jobs.Short.Replace("\"BATCH\"", "\"BATCH\", \"parallelism\": 9", StringComparison.Ordinal), $"?jobId={Waiting}");
        await CompareJobAsync(node, "job-info-toobig");
    }

    private static async Task CompareOverviewAsync(NodeUnderTest node, string name)
    {
        var recorded = Exchange.Read($"slots/{name}");
        var answer = (await recorded.ReplayAsync(node.Port)).Json;
        Shape.Of(answer, inOrder: false).ShouldBe(Shape.Of(recorded.AnswerJson, inOrder: false));
        foreach (var member in (string[])["totalSlot", "unassignedSlot", "workers"])
        {
            answer.GetProperty(member).GetString().ShouldBe(recorded.AnswerJson.GetProperty(member).GetString(), $"{member} of {name}");
        }
        (Number(answer, "runningJobs") + Number(answer, "pendingJobs")).ShouldBe(Number(recorded.AnswerJson, "runningJobs"), name);
    }

    private static async Task CompareJobAsync(NodeUnderTest node, string name)
    {
        var recorded = Exchange.Read($"slots/{name}");
        var answer = await recorded.ReplayAsync(node.Port, $"/job-info/{Waiting}");
        answer.Status.ShouldBe(recorded.Status);
        Shape.Of(answer.Json, inOrder: true).ShouldBe(Shape.Of(recorded.AnswerJson, inOrder: true));
        answer.Json.GetProperty("jobStatus").GetString().ShouldBe(recorded.AnswerJson.GetProperty("jobStatus").GetString());
    }

    private static int Number(JsonElement overview, string member) => int.Parse(overview.GetProperty(member).GetString()!, CultureInfo.InvariantCulture);
}
