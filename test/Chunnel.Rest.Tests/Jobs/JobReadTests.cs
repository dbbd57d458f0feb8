using System.Text.Json;
using System.Text.RegularExpressions;

namespace Chunnel.Rest.Tests;

/// <summary>What is told of jobs and of the cluster, to those who ask rightly and wrongly.</summary>
public sealed class JobReadTests(SharedNode shared) : IClassFixture<SharedNode>
{
    private NodeUnderTest Node => shared.Node;

    /// <summary>rest-api.md 24, 25.</summary>
    [Theory]
    [InlineData("/job-info/abc", "For input string: \"abc\"")]
    [InlineData("/running-job/1.5", "For input string: \"1.5\"")]
    [InlineData("/job-info/9223372036854775808", "For input string: \"9223372036854775808\"")]
    [InlineData("/job-info", "The jobId must not be empty.")]
    [InlineData("/job-info/", "The jobId must not be empty.")]
    [InlineData("/running-job", "The jobId must not be empty.")]
    public async Task An_id_that_is_none_is_told_so(string target, string message)
    {
        var answer = await Node.GetAsync(target);
        answer.Status.ShouldBe(400);
        answer.Json.EnumerateObject().Select(member => member.Name).ShouldBe(["status", "message"]);
        answer.Json.GetProperty("message").GetString().ShouldBe(message);
    }

    /// <summary>rest-api.md 28, 29.</summary>
    [Fact]
    public async Task The_overview_is_all_text()
    {
        var overview = (await Node.GetAsync("/overview")).Json;
        overview.EnumerateObject().ShouldAllBe(member => member.Value.ValueKind == JsonValueKind.String);
        overview.GetProperty("works").GetString().ShouldBe(overview.GetProperty("workers").GetString());
    }

    /// <summary>rest-api.md 37, 54.</summary>
    [Fact]
    public async Task Where_there_are_no_jobs_lists_are_empty()
    {
        await using var node = await NodeUnderTest.StartAsync();
        foreach (var target in new[] { "/running-jobs", "/finished-jobs", "/finished-jobs/", "/finished-jobs/FINISHED", "/finished-jobs/NOPE" })
        {
            var answer = await node.GetAsync(target);
            (answer.Status, answer.Body).ShouldBe((200, "[]"), target);
        }
    }

    /// <summary>rest-api.md 44: keys stay flat, values are text.</summary>
    [Fact]
    public async Task The_settings_of_a_job_are_told_as_they_were_written()
    {
        await using var node = await NodeUnderTest.StartAsync();
        var jobId = await node.SubmitAsync(Jobs.Endless);
        var job = (await node.GetAsync($"/job-info/{jobId}")).Json;
        foreach (var env in new[] { job.GetProperty("envOptions"), job.GetProperty("jobDag").GetProperty("envOptions") })
        {
            env.GetRawText().ShouldBe("""{"job.mode":"STREAMING","job.name":"endless","checkpoint.interval":"5000","parallelism":"1"}""");
        }
    }

    /// <summary>rest-api.md 61, 62, 63, 67, engine.md 151, 153: 13 counters, 12 of them by table; nothing waits between tasks any more, and all is committed.</summary>
    [Fact]
    public async Task An_ended_job_has_every_counter()
    {
        var metrics = (await Node.WaitAsync(await Node.SubmitAsync(Jobs.Short), "FINISHED")).Json.GetProperty("metrics");
        var kinds = new[] { "Count", "Bytes", "QPS", "BytesPerSeconds" };
        var names = new[] { "SourceReceived", "SinkWrite", "SinkCommitted" }.SelectMany(end => kinds.Select(kind => end + kind)).ToList();
        metrics.EnumerateObject().Where(member => member.Value.ValueKind == JsonValueKind.String).Select(member => member.Name).Order().ShouldBe(names.Append("IntermediateQueueSize").Order());
        metrics.EnumerateObject().Where(member => member.Value.ValueKind == JsonValueKind.Object).Select(member => member.Name).Order().ShouldBe(names.Select(name => $"Table{name}").Order());
        metrics.GetProperty("IntermediateQueueSize").GetString().ShouldBe("0");
        foreach (var name in new[] { "SourceReceivedCount", "SinkWriteCount", "SinkCommittedCount" }) metrics.GetProperty(name).GetString().ShouldBe("5");
        foreach (var kind in kinds[..2])
        {
            metrics.GetProperty($"SinkCommitted{kind}").GetString().ShouldBe(metrics.GetProperty($"SinkWrite{kind}").GetString());
            metrics.GetProperty($"TableSinkCommitted{kind}").GetRawText().ShouldBe(metrics.GetProperty($"TableSinkWrite{kind}").GetRawText());
        }
        foreach (var rate in names.Where(name => name.EndsWith("QPS", StringComparison.Ordinal) || name.EndsWith("Seconds", StringComparison.Ordinal)))
        {
            IsPositiveDecimal(metrics.GetProperty(rate)).ShouldBeTrue(rate);
            IsPositiveDecimal(metrics.GetProperty($"Table{rate}").GetProperty("fake")).ShouldBeTrue(rate);
        }

        static bool IsPositiveDecimal(JsonElement value) => Regex.IsMatch(value.GetString()!, @"^\d+\.\d+$") && !Regex.IsMatch(value.GetString()!, @"^0+\.0+$");
    }

    /// <summary>rest-api.md 66, engine.md 153: rows that are written are committed with a checkpoint, and not before.</summary>
    [Fact]
    public async Task Commits_follow_checkpoints()
    {
        var never = await Node.SubmitAsync(EndlessEvery(milliseconds: 3_600_000));
        var often = await Node.SubmitAsync(EndlessEvery(milliseconds: 50));
        var (written, committed) = await CountsAsync(never, (written, _) => written > 0);
        committed.ShouldBe(0);
        (written, committed) = await CountsAsync(often, (_, committed) => committed > 0);
        committed.ShouldBeLessThanOrEqualTo(written);
        await Node.PostAsync("/stop-jobs", $$"""[{"jobId":{{never}}},{"jobId":{{often}}}]""");
    }

    /// <summary>A job that refused rows says how many: read = written + filtered + dead-lettered (architecture.md 6, S7). Settings of the sink that takes them show no secret.</summary>
    [Theory]
    [InlineData("\"dead_letter\": { \"sink\": { \"plugin_name\": \"Console\", \"password\": \"hunter2\" } }", 2, 0, 2)]
    [InlineData("\"dead_letter.policy\": \"skip\"", 2, 2, 0)]
    public async Task Refused_rows_are_told_of(string env, long refused, long skipped, long deadLettered)
    {
        var ended = await Node.WaitAsync(await Node.SubmitAsync(Jobs.Refusing(env)), "FINISHED");
        ended.Body.ShouldNotContain("hunter2");
        var metrics = ended.Json.GetProperty("metrics");
        (Count("SourceReceivedCount"), Count("SinkWriteCount"), Count("FilteredCount"), Count("SkippedCount"), Count("DeadLetteredCount")).ShouldBe((5, 2, 1 + skipped, skipped, deadLettered));
        foreach (var (name, rows) in new[] { ("TableSkippedCount", skipped), ("TableDeadLetteredCount", deadLettered) })
            metrics.GetProperty(name).GetRawText().ShouldBe(rows == 0 ? "{}" : $$"""{"fake":"{{refused}}"}""");

        long Count(string name) => long.Parse(metrics.GetProperty(name).GetString()!, System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>rest-api.md 68.</summary>
    [Fact]
    public async Task A_job_that_waits_has_counted_nothing()
    {
        await using var node = await NodeUnderTest.StartAsync(settings => settings with { Slots = new() { IsDynamic = false, Count = 1, Schedule = Control.ScheduleStrategy.Wait } });
        var job = (await node.GetAsync($"/job-info/{await node.SubmitAsync(Jobs.Short)}")).Json;
        job.GetProperty("jobStatus").GetString().ShouldBe("PENDING");
        foreach (var member in job.GetProperty("metrics").EnumerateObject())
        {
            var isRate = member.Name.EndsWith("QPS", StringComparison.Ordinal) || member.Name.EndsWith("Seconds", StringComparison.Ordinal);
            member.Value.ToString().ShouldBe(member.Name.StartsWith("Table", StringComparison.Ordinal) ? "{}" : isRate ? "0.0" : "0", member.Name);
        }
    }

    private static string EndlessEvery(int milliseconds) => Jobs.Endless.Replace("\"checkpoint.interval\": 5000", $"\"checkpoint.interval\": {milliseconds}", StringComparison.Ordinal);

    /// <summary>Rows that were written and committed, once they are as wanted.</summary>
    private async Task<(long Written, long Committed)> CountsAsync(string jobId, Func<long, long, bool> isIt)
    {
        return Of(await Node.UntilAsync($"/job-info/{jobId}", answer => isIt(Of(answer).Written, Of(answer).Committed), "one that has written and committed as wanted"));

        static (long Written, long Committed) Of(Answer answer) => (Count(answer, "SinkWriteCount"), Count(answer, "SinkCommittedCount"));

        static long Count(Answer answer, string name) => long.Parse(answer.Json.GetProperty("metrics").GetProperty(name).GetString()!, System.Globalization.CultureInfo.InvariantCulture);
    }
}
