using Chunnel.Cli.Jobs;

namespace Chunnel.Cli.Tests;

/// <summary><c>chunnel jobs</c> against a real node.</summary>
public sealed class JobsDeskTests : IAsyncLifetime
{
    private readonly NodeUnderTest _node = new();
    private readonly StringWriter _output = new();
    private readonly StringWriter _errors = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private JobsDesk Desk => new(_node.Client, _output, _errors);

    public ValueTask InitializeAsync() => _node.StartAsync();

    public ValueTask DisposeAsync() => _node.DisposeAsync();

    [Fact]
    public async Task Submit_and_wait_ends_as_the_job_does()
    {
        (await Desk.SubmitAsync(NodeJobs.Rows(7) with { JobId = 7 }, waits: true, Stop)).ShouldBe(0);
        _output.ToString().ShouldBe("Job rows (7) is submitted.\nJob (7) end with state FINISHED\n");
        _output.GetStringBuilder().Clear();
        (await Desk.SubmitAsync(NodeJobs.Failing with { JobId = 8 }, waits: true, Stop)).ShouldBe(1);
        _output.ToString().ShouldContain("Job (8) end with state FAILED");
        _errors.ToString().ShouldNotBeEmpty();
    }

    [Fact]
    public async Task The_list_has_a_line_a_job_and_can_be_narrowed()
    {
        (await Desk.ListAsync(null, asJson: false, Stop)).ShouldBe(0);
        _output.ToString().ShouldBe("No jobs.\n");
        _output.GetStringBuilder().Clear();
        await Desk.SubmitAsync(NodeJobs.Rows(12345) with { JobId = 1 }, waits: true, Stop);
        await Desk.SubmitAsync(NodeJobs.Failing with { JobId = 2 }, waits: true, Stop);
        _output.GetStringBuilder().Clear();
        await Desk.ListAsync("finished", asJson: false, Stop);
        var lines = _output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines[0].ShouldBe("ID  NAME  STATE     CREATED              ENDED                  READ  WRITTEN");
        lines.Length.ShouldBe(2);
        lines[1].ShouldMatch(@"^1   rows  FINISHED  .{19}  .{19}  12,345   12,345$");
        _output.GetStringBuilder().Clear();
        await Desk.ListAsync("failed", asJson: true, Stop);
        System.Text.Json.JsonDocument.Parse(_output.ToString()).RootElement.GetProperty("jobId").GetString().ShouldBe("2");
    }

    [Fact]
    public async Task Show_tells_state_counts_graph_and_error()
    {
        await Desk.SubmitAsync(NodeJobs.Rows(5) with { JobId = 1 }, waits: true, Stop);
        _output.GetStringBuilder().Clear();
        (await Desk.ShowAsync(1, asJson: false, Stop)).ShouldBe(0);
        var text = _output.ToString();
        text.ShouldStartWith("Job rows (1): FINISHED\ncreated    ");
        text.ShouldContain("\ncommitted  5 rows\n  fake: read 5, written 5\n  1 pipeline-1 [Source[0]-FakeSource]: fake\n  2 pipeline-1 [Sink[0]-Console-MultiTableSink]: fake\n");
        (await Desk.ShowAsync(99, asJson: false, Stop)).ShouldBe(1);
        (await Desk.ShowAsync(99, asJson: true, Stop)).ShouldBe(1);
        _errors.ToString().ShouldContain("The node knows no job 99");
    }

    [Fact]
    public async Task Stop_tells_what_became_of_every_id()
    {
        await Desk.SubmitAsync(NodeJobs.Endless with { JobId = 1 }, waits: false, Stop);
        await Desk.SubmitAsync(NodeJobs.Rows(1) with { JobId = 2 }, waits: true, Stop);
        _output.GetStringBuilder().Clear();
        (await Desk.StopAsync([1, 2, 3], withSavepoint: false, waits: true, Stop)).ShouldBe(1, "one id is unknown");
        _output.ToString().ShouldBe("Job endless (1) is told to stop.\nJob (1) end with state CANCELED\nJob rows (2) has ended already: FINISHED.\n");
        _errors.ToString().ShouldBe("The node knows no job 3: it never had one, or has forgotten it.\n");
    }

    [Fact]
    public async Task Savepoint_tells_what_became_of_every_id()
    {
        await Desk.SubmitAsync(NodeJobs.Endless with { JobId = 1 }, waits: false, Stop);
        await Desk.SubmitAsync(NodeJobs.Rows(1) with { JobId = 2 }, waits: true, Stop);
        _output.GetStringBuilder().Clear();
        (await Desk.SaveAsync([1], waits: true, Stop)).ShouldBe(0);
        (await Desk.SaveAsync([1, 2, 3], waits: true, Stop)).ShouldBe(1, "one has ended, one is unknown");
        var saved = "Job endless (1) is told to take a savepoint and run on.\nThe savepoint of job (1) is complete.\n";
        _output.ToString().ShouldBe(saved + saved);
        _errors.ToString().ShouldBe("Job rows (2) has ended already: FINISHED.\nThe node knows no job 3: it never had one, or has forgotten it.\n");
    }

    [Fact]
    public async Task Logs_of_a_job_are_printed()
    {
        await Desk.SubmitAsync(NodeJobs.Rows(1) with { JobId = 5 }, waits: true, Stop);
        _output.GetStringBuilder().Clear();
        (await Desk.LogsAsync(5, Stop)).ShouldBe(0);
        _output.ToString().ShouldContain("Init JobMaster for Job rows (5)");
        (await Desk.LogsAsync(6, Stop)).ShouldBe(1);
        _errors.ToString().ShouldContain("No log file belongs to job 6");
    }
}
