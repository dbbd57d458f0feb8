namespace Chunnel.Rest.Tests;

public sealed class LogTests
{
    /// <summary>rest-api.md 131 to 133; engine.md 11.5: a file per job, its id in every line.</summary>
    [Fact]
    public async Task Each_job_has_a_log_of_its_own()
    {
        await using var node = await NodeUnderTest.StartAsync();
        var first = await node.SubmitAsync(Jobs.Short, "?jobName=first");
        var second = await node.SubmitAsync(Jobs.Short, "?jobName=second");
        await node.WaitAsync(first, "FINISHED");
        await node.WaitAsync(second, "FINISHED");
        var log = await node.GetAsync($"/logs/job-{first}.log");
        log.Status.ShouldBe(200);
        log.ContentType.ShouldNotBeNull().ShouldStartWith("text/plain");
        log.Body.ShouldContain($"Init JobMaster for Job first ({first})");
        log.Body.ShouldNotContain("second");
        log.Body.Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldAllBe(line => line.StartsWith($"[{first}] ", StringComparison.Ordinal));

        var listed = (await node.GetAsync($"/logs/{first}?format=JSON")).Json.EnumerateArray().ShouldHaveSingleItem();
        listed.GetProperty("logName").GetString().ShouldBe($"job-{first}.log");
        listed.GetProperty("logLink").GetString().ShouldBe($"http://127.0.0.1/logs/job-{first}.log");
        var page = await RawHttp.SendAsync(node.Port, "GET", "/logs", host: "node.example:8080");
        page.ContentType.ShouldBe("text/html;charset=utf-8");
        page.Body.ShouldContain($"<a href=\"http://node.example:8080/logs/job-{second}.log\">node.example:8080-job-{second}.log</a>");
    }

    /// <summary>rest-api.md 134, 135.</summary>
    [Theory]
    [InlineData("/logs/none.log")]
    [InlineData("/logs/..%2Foutside.log")]
    [InlineData("/logs/%2e%2e%2foutside.log")]
    [InlineData("/logs/%252e%252e%252foutside.log")]
    [InlineData("/logs/..%5Coutside.log")]
    [InlineData("/logs/%2Fetc%2Fpasswd.log")]
    [InlineData("/logs/inner/deep.log")]
    [InlineData("/logs/%2e%2e%2fetc%2fpasswd")]
    [InlineData("/logs/link.log")]
    public async Task No_name_leads_out_of_the_folder(string target)
    {
        await using var node = await NodeUnderTest.StartAsync();
        var outside = Path.Combine(node.LogsFolder, "..", "outside.log");
        await File.WriteAllTextAsync(outside, "secret", TestContext.Current.CancellationToken);
        Directory.CreateDirectory(Path.Combine(node.LogsFolder, "inner"));
        await File.WriteAllTextAsync(Path.Combine(node.LogsFolder, "inner", "deep.log"), "secret", TestContext.Current.CancellationToken);
        File.CreateSymbolicLink(Path.Combine(node.LogsFolder, "link.log"), outside);
        var answer = await node.GetAsync(target);
        answer.Status.ShouldBe(400);
        answer.Body.ShouldBeEmpty();
    }

    /// <summary>rest-api.md 57, 10.1: with its history a job's log goes, and so do those from before the node's start.</summary>
    [Fact]
    public async Task Logs_go_when_their_jobs_are_forgotten()
    {
        var old = "";
        await using var node = await NodeUnderTest.StartAsync(settings =>
        {
            old = Path.Combine(settings.LogsFolder, "job-1.log");
            File.WriteAllText(old, "long ago");
            File.SetLastWriteTimeUtc(old, new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
            return settings with { HistoryExpires = TimeSpan.FromMilliseconds(1) };
        });
        File.Exists(old).ShouldBeFalse();
        var jobId = await node.SubmitAsync(Jobs.Short);
        File.Exists(Path.Combine(node.LogsFolder, $"job-{jobId}.log")).ShouldBeTrue();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while ((await node.GetAsync($"/job-info/{jobId}")).Body != $$"""{"jobId":"{{jobId}}"}""") await timer.WaitForNextTickAsync(limit.Token);
        File.Exists(Path.Combine(node.LogsFolder, $"job-{jobId}.log")).ShouldBeFalse();
    }

    [Fact]
    public async Task Logs_stay_where_the_settings_say_so()
    {
        var old = "";
        await using var node = await NodeUnderTest.StartAsync(settings =>
        {
            old = Path.Combine(settings.LogsFolder, "job-1.log");
            File.WriteAllText(old, "long ago");
            File.SetLastWriteTimeUtc(old, new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
            return settings with { DeletesOldLogs = false };
        });
        (await node.GetAsync("/logs/job-1.log")).Body.ShouldBe("long ago");
    }
}
