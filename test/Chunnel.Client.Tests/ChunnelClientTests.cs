namespace Chunnel.Client.Tests;

public sealed class ChunnelClientTests(NodeFixture node) : IClassFixture<NodeFixture>
{
    private static readonly TimeSpan _askEvery = TimeSpan.FromMilliseconds(20);

    private const string Short = """
        env { job.mode = "BATCH", job.name = "short" }
        source { FakeSource { plugin_output = "fake", row.num = 5, schema = { fields { id = bigint, name = string } } } }
        sink { Console { plugin_input = "fake" } }
        """;

    private const string Endless = """
        env { job.mode = "STREAMING", job.name = "endless", parallelism = 1 }
        source { FakeSource { plugin_output = "fake", row.num = 3, split.num = 100000, split.read-interval = 200, schema = { fields { id = bigint } } } }
        sink { Console { plugin_input = "fake" } }
        """;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private ChunnelClient Client => node.Client;

    [Fact]
    public async Task A_job_is_submitted_waited_for_and_shown_with_its_counts()
    {
        var submitted = await Client.SubmitAsync(new JobOrder(Short, "hocon") { Name = "one of mine" }, Stop);
        submitted.Name.ShouldBe("one of mine");
        var job = (await Client.WaitForEndAsync(submitted.JobId, _askEvery, Stop)).ShouldNotBeNull();
        job.Status.ShouldBe("FINISHED");
        job.HasEnded.ShouldBeTrue();
        job.Error.ShouldBeNull();
        job.Ended.ShouldNotBeNullOrEmpty();
        job.Metrics.RowsRead.ShouldBe(5);
        job.Metrics.RowsCommitted.ShouldBe(5);
        job.Metrics.RowsReadByTable.ShouldBe(new Dictionary<string, long> { ["fake"] = 5 });
        job.JobDag!.Vertices.Select(vertex => vertex.Type).ShouldBe(["source", "sink"]);
        job.JobDag.PipelineEdges["1"].ShouldBe([new JobEdge(1, 2)]);
        (await Client.EndedJobsAsync(Stop, "finished")).ShouldContain(ended => ended.JobId == submitted.JobId);
        (await Client.EndedJobsAsync(Stop, "FAILED")).ShouldNotContain(ended => ended.JobId == submitted.JobId);
    }

    [Fact]
    public async Task A_running_job_is_listed_and_stopped()
    {
        var submitted = await Client.SubmitAsync(new JobOrder(Endless, "hocon"), Stop);
        (await Client.RunningJobsAsync(Stop)).ShouldContain(job => job.JobId == submitted.JobId && job.Name == "endless");
        (await Client.OverviewAsync(Stop)).RunningJobs.ShouldBeGreaterThan(0);
        await Client.TakeSavepointAsync(submitted.JobId, Stop);
        await Client.StopAsync(submitted.JobId, Stop);
        (await Client.WaitForEndAsync(submitted.JobId, _askEvery, Stop))!.Status.ShouldBe("CANCELED");
    }

    [Fact]
    public async Task The_same_id_twice_is_one_job()
    {
        var order = new JobOrder(Endless, "hocon") { JobId = 4711 };
        (await Client.SubmitAsync(order, Stop)).JobId.ShouldBe(4711);
        (await Client.SubmitAsync(order, Stop)).JobId.ShouldBe(4711);
        (await Client.RunningJobsAsync(Stop)).Count(job => job.JobId == 4711).ShouldBe(1);
        await Client.StopAsync(4711, Stop);
    }

    [Fact]
    public async Task An_unknown_job_is_no_job_and_stopping_it_no_error()
    {
        (await Client.FindJobAsync(123, Stop)).ShouldBeNull();
        (await Client.WaitForEndAsync(123, _askEvery, Stop)).ShouldBeNull();
        await Client.StopAsync(123, Stop);
        (await Should.ThrowAsync<ServerException>(() => Client.TakeSavepointAsync(123, Stop))).Message.ShouldBe("The job with id '123' not running, save point failed");
    }

    [Fact]
    public async Task A_refused_job_says_why_and_what_to_do()
    {
        var refused = await Should.ThrowAsync<ServerException>(Client.SubmitAsync(new JobOrder("env {}\nsource { FakeSorce {} }\nsink { Console {} }", "hocon"), Stop));
        refused.Status.ShouldBe(400);
        refused.Message.ShouldContain("FakeSorce");
        (refused.Message + refused.Detail).ShouldContain("FakeSource");
    }

    [Fact]
    public async Task Logs_are_listed_and_read_line_by_line()
    {
        var submitted = await Client.SubmitAsync(new JobOrder(Short, "hocon"), Stop);
        await Client.WaitForEndAsync(submitted.JobId, _askEvery, Stop);
        var file = (await Client.LogsAsync(Stop, submitted.JobId)).ShouldHaveSingleItem();
        var lines = new List<string>();
        await foreach (var line in Client.ReadLogAsync(file.Name, Stop)) lines.Add(line);
        lines.ShouldContain(line => line.Contains("Init JobMaster", StringComparison.Ordinal));
        (await Should.ThrowAsync<ServerException>(async () => { await foreach (var line in Client.ReadLogAsync("none.log", Stop)) lines.Add(line); })).Status.ShouldBe(400);
    }

    [Fact]
    public async Task Whatever_is_no_node_is_called_so()
    {
        using var lost = new ChunnelClient(new ServerAddress(new Uri(node.Url, "/not-here")));
        (await Should.ThrowAsync<ServerException>(lost.OverviewAsync(Stop))).Status.ShouldBe(404);
    }

    [Fact]
    public void A_password_is_not_shown() =>
        new ServerAddress(new Uri("http://h/")) { User = "me", Password = "canary" }.ToString().ShouldBe("http://h/ as me");
}
