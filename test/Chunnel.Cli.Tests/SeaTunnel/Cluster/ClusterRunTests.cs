using Chunnel.Cli.SeaTunnel.Cluster;
using Chunnel.Client;
using Chunnel.Engine;
using Microsoft.Extensions.Logging;

namespace Chunnel.Cli.Tests;

/// <summary><c>seatunnel.sh -m cluster</c> against a real node (spec engine.md 14.3).</summary>
public sealed class ClusterRunTests : IAsyncLifetime
{
    private readonly NodeUnderTest _node = new();
    private readonly Lines _lines = new();
    private readonly NodeLogs _logs;

    public ClusterRunTests() => _logs = new NodeLogs(null, "", _lines, TimeProvider.System);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private ClusterRun Run => new(_node.Client, _logs.Node, TimeProvider.System);

    public ValueTask InitializeAsync() => _node.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _node.DisposeAsync();
        _logs.Dispose();
    }

    [Fact] // engine.md 14.3: what schedulers look for
    public async Task A_job_is_handed_in_watched_and_closed_with_its_statistics()
    {
        (await Run.RunAsync(NodeJobs.Rows(42) with { JobId = 77 }, isAsync: false, leavesRunning: false, Stop)).ShouldBe(0);
        var said = _lines.Text;
        said.ShouldContain("Start submit job, job id: 77, with plugin jar []");
        said.ShouldContain("Submit job finished, job id: 77, job name: rows");
        said.ShouldContain("Job (77) end with state FINISHED");
        said.ShouldContain("Total Read Count          :                  42");
        said.ShouldContain("Total Failed Count        :                   0");
    }

    [Fact]
    public async Task An_async_run_comes_back_when_the_node_has_the_job()
    {
        (await Run.RunAsync(NodeJobs.Endless with { JobId = 5 }, isAsync: true, leavesRunning: false, Stop)).ShouldBe(0);
        _lines.Text.ShouldNotContain("end with state");
        (await _node.Client.FindJobAsync(5, Stop))!.HasEnded.ShouldBeFalse();
    }

    [Fact]
    public async Task A_failed_job_is_exit_code_1_with_its_error()
    {
        (await Run.RunAsync(NodeJobs.Failing with { JobId = 6 }, isAsync: false, leavesRunning: false, Stop)).ShouldBe(1);
        _lines.Text.ShouldContain("Job (6) end with state FAILED");
        _lines.Text.ShouldContain("Fatal Error");
        _lines.Text.ShouldContain("MAX_ROW");
    }

    [Fact] // DolphinScheduler kills the client to cancel the job
    public async Task A_client_that_is_told_to_stop_cancels_its_job()
    {
        using var asked = new CancellationTokenSource();
        var run = Run.RunAsync(NodeJobs.Endless with { JobId = 8 }, isAsync: false, leavesRunning: false, asked.Token);
        await _lines.WaitForAsync("Submit job finished", Stop);
        await asked.CancelAsync();
        (await run).ShouldBe(0);
        _lines.Text.ShouldContain("Task will be closed due to client shutdown.");
        _lines.Text.ShouldContain("Job (8) end with state CANCELED");
    }

    [Fact]
    public async Task A_client_may_leave_its_job_running()
    {
        using var asked = new CancellationTokenSource();
        var run = Run.RunAsync(NodeJobs.Endless with { JobId = 9 }, isAsync: false, leavesRunning: true, asked.Token);
        await _lines.WaitForAsync("Submit job finished", Stop);
        await asked.CancelAsync();
        (await run).ShouldBe(0);
        (await _node.Client.FindJobAsync(9, Stop))!.HasEnded.ShouldBeFalse();
    }

    [Fact]
    public async Task A_job_that_the_node_refuses_is_told_in_its_words() =>
        (await Should.ThrowAsync<ServerException>(Run.RunAsync(new JobOrder("{\"env\":{},\"source\":[{\"plugin_name\":\"Nosuch\"}],\"sink\":[{\"plugin_name\":\"Console\"}]}", "json"), false, false, Stop)))
            .Message.ShouldContain("Nosuch");

    /// <summary>Keeps the lines of a log.</summary>
    private sealed class Lines : ILineSink
    {
        private readonly Lock _lock = new();
        private readonly List<string> _all = [];
        private readonly List<(string What, TaskCompletionSource Seen)> _waiting = [];

        public string Text
        {
            get
            {
                lock (_lock) return string.Join('\n', _all);
            }
        }

        public void Write(LogLevel level, string line)
        {
            lock (_lock)
            {
                _all.Add(line);
                foreach (var (what, seen) in _waiting) if (line.Contains(what, StringComparison.Ordinal)) seen.TrySetResult();
            }
        }

        public async Task WaitForAsync(string what, CancellationToken stop)
        {
            var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            lock (_lock)
            {
                _waiting.Add((what, seen));
                if (_all.Exists(line => line.Contains(what, StringComparison.Ordinal))) seen.TrySetResult();
            }
            await seen.Task.WaitAsync(stop);
        }
    }
}
