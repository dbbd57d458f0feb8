using System.Text.Json;

namespace Chunnel.Rest.Tests;

public sealed class JobLifeTests
{
    /// <summary>rest-api.md 38, 49 to 53, 69, 99, 101.</summary>
    [Fact]
    public async Task A_running_job_is_listed_until_it_is_stopped()
    {
        await using var node = await NodeUnderTest.StartAsync();
        var jobId = await node.SubmitAsync(Jobs.Endless, "?jobName=%E6%B5%8B%E8%AF%95");
        await node.WaitAsync(jobId, "RUNNING");
        var listed = (await node.GetAsync("/running-jobs")).Json.EnumerateArray().ShouldHaveSingleItem();
        listed.GetProperty("jobId").GetString().ShouldBe(jobId);
        listed.GetProperty("jobName").GetString().ShouldBe("测试");
        listed.GetProperty("jobStatus").GetString().ShouldBe("RUNNING");
        listed.GetProperty("isStartWithSavePoint").ValueKind.ShouldBe(JsonValueKind.False);
        listed.GetProperty("envOptions").GetProperty("checkpoint.interval").GetString().ShouldBe("5000");
        listed.GetProperty("metrics").GetProperty("sourceReceivedCount").ValueKind.ShouldBe(JsonValueKind.String);
        listed.GetProperty("metrics").GetProperty("sinkWriteCount").ValueKind.ShouldBe(JsonValueKind.String);
        (await node.GetAsync("/overview")).Json.GetProperty("runningJobs").GetString().ShouldBe("1");

        (await node.PostAsync("/stop-job", $$"""{"jobId": "{{jobId}}", "isStopWithSavePoint": false}""")).Body.ShouldBe($$"""{"jobId":"{{jobId}}"}""");
        var ended = (await node.WaitAsync(jobId, "CANCELED")).Json;
        ended.GetProperty("errorMsg").ValueKind.ShouldBe(JsonValueKind.Null);
        ended.GetProperty("finishedTime").GetString().ShouldBe(ended.GetProperty("finishTime").GetString());
        ended.GetProperty("finishTime").GetString().ShouldNotBeNull().ShouldMatch(@"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$");
        ended.TryGetProperty("envOptions", out _).ShouldBeFalse();
        (await node.GetAsync("/running-jobs")).Body.ShouldBe("[]");
        var overview = (await node.GetAsync("/overview")).Json;
        overview.GetProperty("cancelledJobs").GetString().ShouldBe("1");
        overview.GetProperty("runningJobs").GetString().ShouldBe("0");
        // Whoever asks again has what they wanted.
        (await node.PostAsync("/stop-job", $$"""{"jobId": {{jobId}}}""")).Body.ShouldBe($$"""{"jobId":"{{jobId}}"}""");
    }

    /// <summary>rest-api.md 48, 51, 55.</summary>
    [Fact]
    public async Task Ended_jobs_are_listed_by_their_end_with_the_reason_of_a_failure()
    {
        await using var node = await NodeUnderTest.StartAsync();
        var failing = await node.SubmitAsync(Jobs.Failing);
        var failed = await node.WaitAsync(failing, "FAILED");
        failed.Json.GetProperty("errorMsg").GetString().ShouldNotBeNullOrWhiteSpace();
        var finishing = await node.SubmitAsync(Jobs.Short);
        await node.WaitAsync(finishing, "FINISHED");
        await node.UntilAsync("/finished-jobs", answer => answer.Json.GetArrayLength() == 2, "a list of both");
        Ids(await node.GetAsync("/finished-jobs")).ShouldBe([failing, finishing]);
        Ids(await node.GetAsync("/finished-jobs/")).ShouldBe([failing, finishing]);
        Ids(await node.GetAsync("/finished-jobs/finished")).ShouldBe([finishing]);
        Ids(await node.GetAsync("/finished-jobs/FAILED")).ShouldBe([failing]);
        Ids(await node.GetAsync("/finished-jobs/NOPE")).ShouldBeEmpty();
        (await node.GetAsync($"/running-job/{finishing}")).Body.ShouldBe((await node.GetAsync($"/job-info/{finishing}")).Body);
        (await node.GetAsync("/finished-jobs/FAILED")).Json[0].TryGetProperty("finishedTime", out _).ShouldBeFalse();
    }

    /// <summary>rest-api.md 6.8, 73, 93, 94.</summary>
    [Fact]
    public async Task An_id_is_taken_while_its_job_runs_and_refused_after_its_end()
    {
        const string JobId = "862969647010611201";
        await using var node = await NodeUnderTest.StartAsync();
        (await node.SubmitAsync(Jobs.Endless, $"?jobId={JobId}")).ShouldBe(JobId);
        var again = await node.PostAsync($"/submit-job?jobId={JobId}&jobName=other", Jobs.Endless);
        again.Status.ShouldBe(200);
        again.Body.ShouldBe($$"""{"jobId":"{{JobId}}","jobName":"other"}""");
        (await node.GetAsync("/running-jobs")).Json.GetArrayLength().ShouldBe(1);
        (await node.PostAsync($"/submit-job?jobId={JobId}", Jobs.Endless.Replace("FakeSource", "NoSuch", StringComparison.Ordinal))).Status.ShouldBe(400);
        await node.PostAsync("/stop-job", $$"""{"jobId": "{{JobId}}"}""");
        await node.WaitAsync(JobId, "CANCELED");
        var refused = await node.PostAsync($"/submit-job?jobId={JobId}", Jobs.Short);
        refused.Status.ShouldBe(500);
        refused.Json.GetProperty("message").GetString()!.ShouldContain($"The job id {JobId} has already been submitted and is not starting with a savepoint.");
        var restored = await node.PostAsync($"/submit-job?jobId={JobId}&isStartWithSavePoint=true", Jobs.Short);
        restored.Status.ShouldBe(200, restored.Body);
        await node.WaitAsync(JobId, "FINISHED");
    }

    /// <summary>rest-api.md 6.7, 92: 41 bits of time since 2018 above the sequence and the node.</summary>
    [Fact]
    public async Task Ids_tell_when_they_were_made()
    {
        await using var node = await NodeUnderTest.StartAsync();
        var before = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        var id = long.Parse(await node.SubmitAsync(Jobs.Short), System.Globalization.CultureInfo.InvariantCulture);
        var made = (id >> 22) + 1_514_764_800_000;
        made.ShouldBeInRange(before - 1, TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() + 1);
    }

    [Fact]
    public async Task A_node_told_so_answers_ids_as_numbers()
    {
        await using var node = await NodeUnderTest.StartAsync(settings => settings with { Wire = new WireChoices { JobIdAsNumber = true } });
        (await node.PostAsync("/submit-job?jobId=7", Jobs.Short)).Body.ShouldBe("""{"jobId":7,"jobName":"short"}""");
        (await node.PostAsync("/stop-job", """{"jobId": "7"}""")).Body.ShouldBe("""{"jobId":7}""");
    }

    private static IReadOnlyList<string?> Ids(Answer list) => [.. list.Json.EnumerateArray().Select(job => job.GetProperty("jobId").GetString())];
}
