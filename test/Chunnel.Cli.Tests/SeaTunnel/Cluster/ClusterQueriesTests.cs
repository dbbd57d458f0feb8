using System.Text.Json;
using Chunnel.Cli.SeaTunnel.Cluster;
using Chunnel.Core;
using Chunnel.Server;

namespace Chunnel.Cli.Tests;

/// <summary>The questions of <c>seatunnel.sh</c> against a real node (spec engine.md 14.2).</summary>
public sealed class ClusterQueriesTests : IAsyncLifetime
{
    private static readonly TimeSpan _askEvery = TimeSpan.FromMilliseconds(20);

    private readonly NodeUnderTest _node = new();
    private readonly StringWriter _output = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private ClusterQueries Queries => new(_node.Client, _output, TimeProvider.System);

    private JsonElement Answer => JsonDocument.Parse(_output.ToString()).RootElement;

    public ValueTask InitializeAsync() => _node.StartAsync();

    public ValueTask DisposeAsync() => _node.DisposeAsync();

    [Fact]
    public async Task The_list_has_the_columns_that_scripts_cut()
    {
        await RunAsync(3);
        await _node.Client.SubmitAsync(NodeJobs.Endless with { JobId = 4 }, Stop);
        await Queries.ListAsync(Stop);
        var lines = _output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines[0].ShouldBe("Job ID  Job Name  Job Status  Submit Time              Finished Time          ");
        lines[1].ShouldBe("------  --------  ----------  -----------------------  -----------------------");
        lines.Length.ShouldBe(4);
        lines.ShouldContain(line => System.Text.RegularExpressions.Regex.IsMatch(line, @"^3       rows      FINISHED    .{19}\.0    .{19}\.0  $"));
        lines.ShouldContain(line => System.Text.RegularExpressions.Regex.IsMatch(line, @"^4       endless   (CREATED|PENDING|SCHEDULED|RUNNING) +.{19}\.0 +$"));
    }

    [Fact]
    public async Task The_state_of_a_job_is_one_line_of_json()
    {
        await RunAsync(3);
        await Queries.StatusAsync(3, Stop);
        Answer.GetProperty("jobStatus").GetString().ShouldBe("FINISHED");
        Answer.GetProperty("jobId").GetInt64().ShouldBe(3);
        Answer.GetProperty("finishTime").GetInt64().ShouldBeGreaterThan(1_700_000_000_000);
        _output.GetStringBuilder().Clear();
        await Queries.StatusAsync(123, Stop);
        _output.ToString().Trim().ShouldBe("""{"err":"jobId : 123 not found"}""");
    }

    [Fact, Trait("spec", "engine.md 152")]
    public async Task Metrics_are_measurements_by_name_and_table()
    {
        await RunAsync(3);
        await Queries.MetricsAsync(3, Stop);
        var measured = Answer.GetProperty("SinkWriteCount#fake")[0];
        measured.GetProperty("value").GetInt64().ShouldBe(5);
        measured.GetProperty("metric").GetString().ShouldBe("SinkWriteCount#fake");
        measured.GetProperty("tags").GetProperty("jobId").GetString().ShouldBe("3");
        Answer.GetProperty("SourceReceivedQPS")[0].GetProperty("value").ValueKind.ShouldBe(JsonValueKind.Number);
    }

    [Fact]
    public async Task Running_metrics_name_every_running_job()
    {
        await _node.Client.SubmitAsync(NodeJobs.Endless with { JobId = 4 }, Stop);
        await Queries.RunningMetricsAsync(Stop);
        Answer.GetProperty("4").GetProperty("metrics").TryGetProperty("SourceReceivedCount", out _).ShouldBeTrue();
    }

    [Fact, Trait("spec", "engine.md 87")]
    public async Task Cancelling_is_silent_and_knows_no_unknown_ids()
    {
        await _node.Client.SubmitAsync(NodeJobs.Endless with { JobId = 4 }, Stop);
        await Queries.CancelAsync([4, 123], Stop);
        (await _node.Client.WaitForEndAsync(4, _askEvery, Stop))!.Status.ShouldBe("CANCELED");
        _output.ToString().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_savepoint_of_nothing_is_an_error() =>
        (await Should.ThrowAsync<ChunnelException>(Queries.SavepointAsync(123, Stop))).Message.ShouldContain("123");

    [Fact]
    public async Task The_first_node_that_answers_is_taken()
    {
        using var client = await ClusterConnection.OpenAsync(new ClientSettings(), _node.Url.ToString(), TimeProvider.System, Stop);
        (await client.OverviewAsync(Stop)).Workers.ShouldBe(1);
    }

    [Fact]
    public async Task Where_no_node_answers_the_addresses_and_the_cure_are_told()
    {
        var refused = await Should.ThrowAsync<ChunnelException>(ClusterConnection.OpenAsync(new ClientSettings(), "http://127.0.0.1:1/", TimeProvider.System, Stop));
        refused.What.ShouldBe("Unable to connect to any node of the cluster. The following addresses were tried: [http://127.0.0.1:1/]");
        refused.Mend!.ShouldContain("-m local");
    }

    private async Task RunAsync(long jobId)
    {
        await _node.Client.SubmitAsync(NodeJobs.Rows(5) with { JobId = jobId }, Stop);
        await _node.Client.WaitForEndAsync(jobId, _askEvery, Stop);
    }
}
