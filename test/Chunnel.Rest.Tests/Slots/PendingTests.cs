using System.Text.Json;
using Chunnel.Control;
using Chunnel.Engine;

namespace Chunnel.Rest.Tests;

/// <summary>A node with few slots whose jobs wait for each other (spec rest-api.md 5.7, 7).</summary>
public sealed class PendingTests
{
    private const string Holder = "11";
    private const string Big = "12";
    private const string Small = "13";

    /// <summary>The shortest job takes two slots.</summary>
    private static readonly SlotSettings _three = new() { IsDynamic = false, Count = 3, Schedule = ScheduleStrategy.Wait };

    /// <summary>rest-api.md 35, 107, 108, 109, 116, 117; engine.md 128, 136.</summary>
    [Fact]
    public async Task A_job_that_waits_is_told_with_all_that_it_waits_for()
    {
        await using var node = await StartAsync(_three);
        await node.SubmitAsync(Jobs.Endless, $"?jobId={Holder}");
        await node.WaitAsync(Holder, "RUNNING");
        await node.SubmitAsync(Wide, $"?jobId={Big}&jobName=%E6%B5%8B%E8%AF%95");
        (await node.GetAsync($"/job-info/{Big}")).Json.GetProperty("jobStatus").GetString().ShouldBe("PENDING", "it is there when its submitter has the answer");
        var overview = (await node.GetAsync("/overview")).Json;
        overview.GetProperty("pendingJobs").GetString().ShouldBe("1");
        overview.GetProperty("runningJobs").GetString().ShouldBe("1");
        overview.GetProperty("totalSlot").GetString().ShouldBe("3");
        overview.GetProperty("unassignedSlot").GetString().ShouldBe("1");
        var answer = await node.GetAsync("/pending-jobs");
        answer.ContentType.ShouldBe("application/json");
        Golden.Of(answer.Json).ShouldBe(Golden.Read("pending-jobs.json"));
        var job = answer.Json.GetProperty("pendingJobs")[0];
        (job.GetProperty("checkTime").GetInt64() - job.GetProperty("enqueueTimestamp").GetInt64()).ShouldBe(job.GetProperty("waitDurationMs").GetInt64());
    }

    /// <summary>rest-api.md 110, 111, 112.</summary>
    [Fact]
    public async Task The_oldest_or_one_job_can_be_asked_for()
    {
        await using var node = await StartAsync(_three);
        await BlockAsync(node);
        var all = (await node.GetAsync("/pending-jobs")).Json;
        Ids(all).ShouldBe([12, 13]);
        all.GetProperty("queueSummary").GetProperty("lackingTaskGroups").GetInt32().ShouldBe(2 + 2);
        var oldest = (await node.GetAsync("/pending-jobs?limit=1")).Json;
        Ids(oldest).ShouldBe([12]);
        oldest.GetProperty("queueSummary").GetProperty("size").GetInt32().ShouldBe(2);
        oldest.GetProperty("queueSummary").GetProperty("lackingTaskGroups").GetInt32().ShouldBe(2);
        Ids((await node.GetAsync($"/pending-jobs?limit=1&jobId={Small}")).Json).ShouldBe([13]);
        Ids((await node.GetAsync($"/pending-jobs?jobId={Holder}")).Json).ShouldBeEmpty("it does not wait");
        Ids((await node.GetAsync("/pending-jobs?limit=0")).Json).ShouldBe([12, 13]);
        foreach (var (query, text) in (IEnumerable<(string, string)>)[("jobId=abc", "Invalid jobId"), ("jobId=", "Invalid jobId"), ("jobId=99999999999999999999", "Invalid jobId"), ("limit=x", "Invalid limit"), ("limit=1.5", "Invalid limit"), ("limit=3000000000", "Invalid limit")])
        {
            var refused = await node.GetAsync($"/pending-jobs?{query}");
            refused.Status.ShouldBe(400);
            refused.Body.ShouldBe($$"""{"status":"fail","message":"{{text}}"}""");
        }
    }

    /// <summary>rest-api.md 113.</summary>
    [Fact]
    public async Task Pretty_indents_and_writes_four_times_as_text()
    {
        await using var node = await StartAsync(_three);
        await BlockAsync(node);
        var answer = await node.GetAsync("/pending-jobs?pretty=TRUE");
        answer.ContentType.ShouldBe("application/json; charset=UTF-8");
        answer.Body.ShouldStartWith("{\n  \"queueSummary\": {\n    \"size\": 2,\n");
        var texts = Members(answer.Json).Where(member => member.Value.ValueKind == JsonValueKind.String && member.Value.GetString()!.StartsWith("20", StringComparison.Ordinal)).ToList();
        texts.Select(member => member.Name).Distinct().ShouldBe(["oldestEnqueueTimestamp", "newestEnqueueTimestamp", "enqueueTimestamp", "checkTime"]);
        texts.ShouldAllBe(member => System.Text.RegularExpressions.Regex.IsMatch(member.Value.GetString()!, @"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$"));
        answer.Json.GetProperty("pendingJobs")[0].GetProperty("waitDurationMs").ValueKind.ShouldBe(JsonValueKind.Number);
    }

    /// <summary>rest-api.md 114, 115.</summary>
    [Fact]
    public async Task Where_nobody_waits_the_workers_are_told_all_the_same()
    {
        await using var node = await StartAsync(_three with { Allocation = SlotAllocation.SlotRatio });
        (await node.GetAsync("/pending-jobs")).Body.ShouldBe("""
            {"queueSummary":{"size":0,"scheduleStrategy":"WAIT","oldestEnqueueTimestamp":0,"newestEnqueueTimestamp":0,"lackingTaskGroups":0},
            "clusterSnapshot":{"totalSlots":3,"freeSlots":3,"assignedSlots":0,"workerCount":1,"workers":[
            {"address":"localhost:5801","tags":{},"totalSlots":3,"freeSlots":3,"dynamicSlot":false,"runningJobIds":[]}]},
            "pendingJobs":[]}
            """.ReplaceLineEndings(""));
        (await node.GetAsync("/pending-jobs?pretty=true")).Json.GetProperty("queueSummary").GetProperty("oldestEnqueueTimestamp").GetInt32().ShouldBe(0);
        var filtered = (await node.GetAsync("/pending-jobs?zone=az1")).Json.GetProperty("clusterSnapshot");
        filtered.GetProperty("workerCount").GetInt32().ShouldBe(0);
        filtered.GetProperty("workers").GetArrayLength().ShouldBe(0);
    }

    /// <summary>rest-api.md 34, 115.</summary>
    [Fact]
    public async Task Load_is_told_where_it_is_what_workers_are_chosen_by()
    {
        await using var node = await StartAsync(new SlotSettings { Allocation = SlotAllocation.SystemLoad });
        await node.SubmitAsync(Jobs.Endless, $"?jobId={Holder}");
        await node.WaitAsync(Holder, "RUNNING");
        var snapshot = (await node.GetAsync("/pending-jobs")).Json.GetProperty("clusterSnapshot");
        var worker = snapshot.GetProperty("workers")[0];
        worker.GetProperty("cpuUsage").GetDouble().ShouldBeInRange(0, 1);
        worker.GetProperty("memUsage").GetDouble().ShouldBeInRange(0.001, 1);
        worker.GetProperty("dynamicSlot").GetBoolean().ShouldBeTrue();
        worker.GetProperty("runningJobIds").EnumerateArray().Select(id => id.GetInt64()).ShouldBe([11]);
        snapshot.GetProperty("totalSlots").GetInt32().ShouldBe(0);
        var overview = (await node.GetAsync("/overview")).Json;
        overview.GetProperty("totalSlot").GetString().ShouldBe("0");
        overview.GetProperty("unassignedSlot").GetString().ShouldBe("0");
    }

    /// <summary>rest-api.md 105, 118; engine.md 129, 137.</summary>
    [Fact]
    public async Task Who_waits_can_be_stopped_at_once_and_the_next_starts_in_order()
    {
        await using var node = await StartAsync(_three);
        await BlockAsync(node);
        await node.PostAsync("/stop-job", $$"""{"jobId": {{Big}}}""");
        var canceled = await node.WaitAsync(Big, "CANCELED");
        canceled.Json.GetProperty("errorMsg").ValueKind.ShouldBe(JsonValueKind.Null);
        Ids((await node.GetAsync("/pending-jobs")).Json).ShouldBe([13]);
        (await node.GetAsync("/overview")).Json.GetProperty("cancelledJobs").GetString().ShouldBe("1");
        await node.PostAsync("/stop-job", $$"""{"jobId": {{Holder}}}""");
        await node.WaitAsync(Holder, "CANCELED");
        await node.WaitAsync(Small, "FINISHED");
        (await node.GetAsync("/overview")).Json.GetProperty("unassignedSlot").GetString().ShouldBe("3");
    }

    /// <summary>engine.md 128, 129.</summary>
    [Fact]
    public async Task When_slots_are_free_the_head_starts_and_then_who_is_behind_it()
    {
        await using var node = await StartAsync(_three);
        await BlockAsync(node);
        await node.PostAsync("/stop-job", $$"""{"jobId": {{Holder}}}""");
        var big = await node.WaitAsync(Big, "FINISHED");
        var small = await node.WaitAsync(Small, "FINISHED");
        string.CompareOrdinal(big.Json.GetProperty("finishTime").GetString(), small.Json.GetProperty("finishTime").GetString()).ShouldBeLessThanOrEqualTo(0);
        Ids((await node.GetAsync("/pending-jobs")).Json).ShouldBeEmpty();
    }

    /// <summary>engine.md 126, 127; SeaTunnel leaves a job that is too big waiting without a word.</summary>
    [Fact]
    public async Task A_job_bigger_than_the_node_is_told_so_waiting_or_refused()
    {
        await using (var waiting = await StartAsync(_three))
        {
            await waiting.SubmitAsync(TooBig, $"?jobId={Big}");
            var job = (await waiting.GetAsync($"/pending-jobs?jobId={Big}")).Json.GetProperty("pendingJobs")[0];
            job.GetProperty("failureReason").GetString().ShouldBe("REQUEST_FAILED");
            job.GetProperty("failureMessage").GetString()!.ShouldContain("The job needs 10 slots; 1 worker that fit have 3 together.");
            job.GetProperty("blockingJobIds").GetArrayLength().ShouldBe(0);
            await waiting.PostAsync("/stop-job", $$"""{"jobId": {{Big}}}""");
            await waiting.WaitAsync(Big, "CANCELED");
        }
        await using var refusing = await StartAsync(_three with { Schedule = ScheduleStrategy.Reject });
        await refusing.SubmitAsync(TooBig, $"?jobId={Big}");
        var failed = await refusing.WaitAsync(Big, "FAILED");
        failed.Json.GetProperty("errorMsg").GetString()!.ShouldContain("NoEnoughResourceException: can't apply resource request with retry times: 3");
        (await refusing.GetAsync("/pending-jobs")).Json.GetProperty("queueSummary").GetProperty("scheduleStrategy").GetString().ShouldBe("REJECT");
        await refusing.WaitAsync(await refusing.SubmitAsync(Jobs.Short), "FINISHED");
    }

    /// <summary>engine.md 130.</summary>
    [Fact]
    public async Task Waiting_where_slots_are_made_on_demand_is_said_to_be_refusing()
    {
        await using var node = await StartAsync(new SlotSettings { Schedule = ScheduleStrategy.Wait });
        (await node.GetAsync("/pending-jobs")).Json.GetProperty("queueSummary").GetProperty("scheduleStrategy").GetString().ShouldBe("REJECT");
        var log = await node.GetAsync("/logs/seatunnel-engine-server.log");
        log.Body.ShouldContain("Dynamic slot is enabled, the schedule strategy is set to REJECT");
    }

    private static string Wide => Jobs.Short.Replace("\"BATCH\"", "\"BATCH\", \"parallelism\": 2", StringComparison.Ordinal);

    private static string TooBig => Jobs.Short.Replace("\"BATCH\"", "\"BATCH\", \"parallelism\": 9", StringComparison.Ordinal);

    /// <summary>A node that is known by the port that ships.</summary>
    private static Task<NodeUnderTest> StartAsync(SlotSettings slots) => NodeUnderTest.StartAsync(settings => settings with { Slots = slots, V1 = new V1Settings { Enabled = false } });

    /// <summary>One job holds two of three slots; one that needs three waits, and behind it one that needs two.</summary>
    private static async Task BlockAsync(NodeUnderTest node)
    {
        await node.SubmitAsync(Jobs.Endless, $"?jobId={Holder}");
        await node.WaitAsync(Holder, "RUNNING");
        await node.SubmitAsync(Wide, $"?jobId={Big}");
        await node.SubmitAsync(Jobs.Short, $"?jobId={Small}");
    }

    private static IEnumerable<long> Ids(JsonElement pending) => pending.GetProperty("pendingJobs").EnumerateArray().Select(job => job.GetProperty("jobId").GetInt64());

    private static IEnumerable<JsonProperty> Members(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().SelectMany(member => Members(member.Value).Prepend(member)),
        JsonValueKind.Array => value.EnumerateArray().SelectMany(Members),
        _ => [],
    };
}
