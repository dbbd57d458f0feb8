namespace Chunnel.Rest.Tests;

public sealed class LogTests
{
    /// <summary>rest-api.md 131 to 133; engine.md 11.5, 156: a file per job, its id in every line.</summary>
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
    [InlineData("/log/none.log")]
    [InlineData("/log/..%2Foutside.log")]
    [InlineData("/log/%2Fetc%2Fpasswd")]
    [InlineData("/log/inner/deep.log")]
    [InlineData("/log/link.log")]
    [InlineData("/log/log/..%2foutside.log")]
    [InlineData("/log/outside.log%00")]
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
        await node.UntilAsync($"/job-info/{jobId}", answer => answer.Body == $$"""{"jobId":"{{jobId}}"}""", "forgotten");
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

    /// <summary>rest-api.md 10.1: as SeaTunnel ships, one file for all, each line with its job's id.</summary>
    [Fact]
    public async Task Jobs_may_share_the_node_s_file()
    {
        await using var node = await NodeUnderTest.StartAsync(settings => settings with { MixesJobLogs = true });
        var jobId = await node.SubmitAsync(Jobs.Short, "?jobName=mixed");
        await node.WaitAsync(jobId, "FINISHED");
        (await node.GetAsync("/get-all-log-name")).Body.ShouldBe("""["seatunnel-engine-server.log"]""");
        (await node.GetAsync("/logs/seatunnel-engine-server.log")).Body.Split('\n').ShouldContain(line => line.StartsWith($"[{jobId}] ", StringComparison.Ordinal) && line.EndsWith($"Init JobMaster for Job mixed ({jobId})", StringComparison.Ordinal));
    }

    /// <summary>rest-api.md 133, 2.1: the links of v1 lead to v1, and its content types are its own.</summary>
    [Fact]
    public async Task V1_lists_and_shows_the_same_files()
    {
        await using var node = await NodeUnderTest.StartAsync();
        var jobId = await node.SubmitAsync(Jobs.Short);
        await node.WaitAsync(jobId, "FINISHED");
        var listed = (await node.V1GetAsync($"/logs/{jobId}?format=json")).Json.EnumerateArray().ShouldHaveSingleItem();
        var link = new Uri(listed.GetProperty("logLink").GetString()!);
        link.AbsolutePath.ShouldBe($"/hazelcast/rest/maps/logs/job-{jobId}.log");
        var file = await RawHttp.SendAsync(node.V1Port, "GET", link.AbsolutePath);
        (file.Status, file.ContentType).ShouldBe((200, "text/plain"));
        file.Body.ShouldContain("Init JobMaster");
        var names = await node.V1GetAsync("/get-all-log-name");
        (names.Status, names.ContentType).ShouldBe((200, "text/plain"));
        names.Json.EnumerateArray().Select(name => name.GetString()).ShouldContain($"job-{jobId}.log");
        (await node.V1GetAsync("/log")).ContentType.ShouldBe("text/html; charset=UTF-8");
        (await node.V1GetAsync("/logs/none.log")).Status.ShouldBe(400);
        (await node.V1GetAsync("/logs/..%2fx.log")).Status.ShouldBe(400);
    }

    public static TheoryData<string> Lists => ["get-all-log-name", "log", "log-slash", "logs", "logs-html", "logs-json", "logs-json-upper", "logs-slash", "logs-xml"];

    /// <summary>rest-api.md 131, 132, 136: the lists of a server with the same two files, letter for letter, and every link leads to its file.</summary>
    [Theory]
    [MemberData(nameof(Lists))]
    public async Task Files_are_listed_as_recorded(string name)
    {
        await using var node = await NodeUnderTest.StartAsync(settings =>
        {
            File.WriteAllText(Path.Combine(settings.LogsFolder, "seatunnel-server.out"), "started");
            return settings;
        });
        var recorded = Exchange.Of("v2", name);
        var answer = await RawHttp.SendAsync(node.Port, recorded.Method, recorded.Target, host: "127.0.0.1:8080");
        (answer.Status, answer.ContentType, answer.Body).ShouldBe((recorded.Status!.Value, recorded.AnswerType, recorded.Answer));
        var page = new Uri($"http://127.0.0.1:8080{recorded.Target}");
        foreach (var link in LinksOf(answer))
        {
            var target = new Uri(page, link).PathAndQuery;
            var file = await node.GetAsync(target);
            (file.Status, file.ContentType).ShouldBe((200, "text/plain;charset=utf-8"), target);
            if (target.EndsWith(".out", StringComparison.Ordinal)) file.Body.ShouldBe("started");
        }
    }

    /// <summary>However large, a file is not held in memory, and HEAD sends none of it.</summary>
    [Fact]
    public async Task A_huge_file_flows_through()
    {
        const long Bytes = 1L << 30;
        await using var node = await NodeUnderTest.StartAsync();
        // A hole in the file: nothing is written to the disk.
        await using (var file = File.Create(Path.Combine(node.LogsFolder, "huge.log"))) file.SetLength(Bytes);
        var head = await RawHttp.SendAsync(node.Port, "HEAD", "/logs/huge.log");
        head.Headers["Content-Length"].ShouldBe(Bytes.ToString(System.Globalization.CultureInfo.InvariantCulture));
        head.Body.ShouldBeEmpty();
        using var client = new HttpClient();
        using var answer = await client.GetAsync(new Uri($"http://127.0.0.1:{node.Port}/logs/huge.log"), HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        var before = GC.GetTotalAllocatedBytes();
        await using var body = await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        var buffer = new byte[1 << 20];
        long read = 0;
        for (int count; (count = await body.ReadAsync(buffer, TestContext.Current.CancellationToken)) > 0;) read += count;
        read.ShouldBe(Bytes);
        // Other tests allocate at the same time; a file that was held would need all of its bytes.
        (GC.GetTotalAllocatedBytes() - before).ShouldBeLessThan(Bytes);
    }

    /// <summary>Where answers are limited the end of a file comes, from the beginning of a line on, and a line before it says so.</summary>
    [Theory]
    [InlineData("first\nsecond\nthird\n", 14, "second\nthird\n", 13)]
    [InlineData("first\nsecond\nthird\n", 13, "second\nthird\n", 13)]
    [InlineData("first\nsecond\nthird\n", 12, "third\n", 6)]
    [InlineData("äöüäöü", 5, "öü", 4)]
    public async Task Of_a_file_that_is_too_large_the_last_lines_come(string text, long most, string end, int bytes)
    {
        await using var node = await NodeUnderTest.StartAsync(settings => settings with { Http = settings.Http with { MostLogBytes = most } });
        await File.WriteAllTextAsync(Path.Combine(node.LogsFolder, "x.log"), text, TestContext.Current.CancellationToken);
        var whole = System.Text.Encoding.UTF8.GetByteCount(text);
        foreach (var answer in new[] { await node.GetAsync("/logs/x.log"), await node.GetAsync("/log/x.log"), await node.V1GetAsync("/logs/x.log") })
        {
            answer.Body.ShouldBe($"[Chunnel] These are the last {bytes} bytes of {whole}: http.log-response-max-size-mb allows no more.\n{end}");
        }
        await File.WriteAllTextAsync(Path.Combine(node.LogsFolder, "y.log"), text[..Math.Min(text.Length, (int)most / 2)], TestContext.Current.CancellationToken);
        (await node.GetAsync("/logs/y.log")).Body.ShouldBe(text[..Math.Min(text.Length, (int)most / 2)]);
    }

    private static IEnumerable<string> LinksOf(Answer answer) => answer.Body.StartsWith('[')
        ? answer.Json.EnumerateArray().Where(item => item.ValueKind == System.Text.Json.JsonValueKind.Object).Select(item => item.GetProperty("logLink").GetString()!)
        : System.Text.RegularExpressions.Regex.Matches(answer.Body, "href=\"([^\"]+)\"").Select(match => match.Groups[1].Value);
}
