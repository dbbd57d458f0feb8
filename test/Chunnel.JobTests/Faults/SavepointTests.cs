using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;

namespace Chunnel.JobTests;

/// <summary>
/// Stop with a savepoint and go on from it: over REST, with another parallelism, and here and now (engine.md 6.9, 6.10). Savepoints that the job
/// runs on after: the only ones there are to come back to, where there is no interval.
/// </summary>
public sealed class SavepointTests : IDisposable
{
    private readonly NumberedFiles _files = new(count: 3, rowsPerFile: 6_000);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1, 3, "checkpoint.interval = 60")]
    [InlineData(3, 1, "checkpoint.interval = 60")]
    [InlineData(2, 2, "")]
    [Fault("Stop with a savepoint, go on with another parallelism", "while it runs")]
    public async Task A_savepoint_is_gone_on_from_with_another_parallelism(int before, int after, string interval)
    {
        await _files.WriteAsync();
        await using var node = await ServerProgram.StartAsync(_files.Folder);
        var jobId = await node.SubmitAsync(_files.Job($"parallelism = {before}, read_limit.rows_per_second = {1500 / before}, {interval}".TrimEnd(' ', ',')));
        await UntilReadAsync(node, jobId);
        await StopWithSavepointAsync(node, jobId);
        (await node.EndOfAsync(jobId)).ShouldBe("SAVEPOINT_DONE");
        var first = _files.Seen();
        first.Count.ShouldBeGreaterThan(0);
        first.Count.ShouldBeLessThan(_files.Rows);

        (await node.SubmitAsync(_files.Job($"parallelism = {after}"), $"&jobId={jobId}&isStartWithSavePoint=true")).ShouldBe(jobId);
        (await node.EndOfAsync(jobId)).ShouldBe("FINISHED");
        await _files.CheckAsync();
        Directory.Exists(Path.Combine(_files.Folder, "checkpoints", jobId)).ShouldBeFalse("the checkpoints of a job that has finished go");
    }

    [Fact]
    [Fault("Stop with a savepoint, go on with another parallelism", "in its first moment")]
    public async Task A_savepoint_in_the_first_moment_of_a_job_is_gone_on_from()
    {
        await _files.WriteAsync();
        await using var node = await ServerProgram.StartAsync(_files.Folder);
        var jobId = await node.SubmitAsync(_files.Job("read_limit.rows_per_second = 2000"));
        await StopWithSavepointAsync(node, jobId);
        (await node.EndOfAsync(jobId)).ShouldBe("SAVEPOINT_DONE");
        await node.SubmitAsync(_files.Job("parallelism = 2"), $"&jobId={jobId}&isStartWithSavePoint=true");
        (await node.EndOfAsync(jobId)).ShouldBe("FINISHED");
        await _files.CheckAsync();
    }

    [Fact]
    [Fault("Stop with a savepoint, go on in another process", "while it runs")]
    public async Task What_a_node_saved_is_shown_and_gone_on_from_here_and_now()
    {
        await _files.WriteAsync();
        string jobId;
        await using (var node = await ServerProgram.StartAsync(_files.Folder))
        {
            jobId = await node.SubmitAsync(_files.Job("parallelism = 2, checkpoint.interval = 60, read_limit.rows_per_second = 750"));
            await UntilReadAsync(node, jobId);
            await StopWithSavepointAsync(node, jobId);
            await node.EndOfAsync(jobId);
        }
        var config = Path.Combine(_files.Folder, "node-config");
        var list = await ProgramRun.StartAsync(_files.Folder, ["checkpoint", "list", "--config", config]);
        list.Output.ShouldContain($"{jobId}  pipeline 1  checkpoint ");
        var shown = await ProgramRun.StartAsync(_files.Folder, ["checkpoint", "show", jobId, "--config", config]);
        using (var json = JsonDocument.Parse(shown.Output))
        {
            json.RootElement.GetProperty("type").GetString().ShouldBe("savepoint");
            var readers = json.RootElement.GetProperty("tasks").EnumerateArray().Where(task => task.GetProperty("kind").GetString() == "reader").ToList();
            readers.Count.ShouldBe(2);
            readers.Sum(reader => reader.GetProperty("rows").GetProperty("passed").EnumerateObject().Sum(table => table.Value.GetInt64())).ShouldBe(_files.Seen().Count);
        }
        using (var json = JsonDocument.Parse((await ProgramRun.StartAsync(_files.Folder, ["checkpoint", "diff", jobId, "--config", config])).Output))
        {
            json.RootElement.GetProperty("to").GetInt64().ShouldBe(json.RootElement.GetProperty("from").GetInt64() + 1);
        }
        (await ProgramRun.StartAsync(_files.Folder, ["checkpoint", "show", "17", "--config", config])).ExitCode.ShouldBe(1);

        await File.WriteAllTextAsync(Path.Combine(_files.Folder, "job.conf"), _files.Job("parallelism = 1"), Stop);
        Directory.Move(config, Path.Combine(_files.Folder, "config"));
        var run = await ProgramRun.StartAsync(_files.Folder, ["run", "job.conf", "--restore", jobId]);
        run.ExitCode.ShouldBe(0, run.Errors);
        await _files.CheckAsync();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [Fault("A savepoint in passing, then `kill -9` of the node, three times", "while a job without an interval runs")]
    public async Task What_was_saved_in_passing_is_not_read_again_after_a_kill(int parallelism)
    {
        await _files.WriteAsync();
        string? jobId = null;
        var kept = 0;
        for (var life = 0; life < 3; life++)
        {
            await using var node = await ServerProgram.StartAsync(_files.Folder);
            jobId ??= await node.SubmitAsync(_files.Job($"parallelism = {parallelism}, read_limit.rows_per_second = {3000 / parallelism}"));
            await UntilReadAsync(node, jobId, moreThan: kept);
            using var answer = await node.Client.PostAsJsonAsync("/jobs/savepoint", new { jobId }, Stop);
            answer.EnsureSuccessStatusCode();
            while (_files.Seen().Count <= kept) await Task.Delay(20, Stop);
            kept = _files.Seen().Count;
            // Of two readers' files the kill may have left one for this life to show, before its tasks run.
            string status;
            while ((status = await node.StatusAsync(jobId)) is "SCHEDULED" or "INITIALIZING" or "CREATED") await Task.Delay(20, Stop);
            status.ShouldBe("RUNNING");
            await node.KillAsync();
        }
        kept.ShouldBeLessThan(_files.Rows);
        await using var last = await ServerProgram.StartAsync(_files.Folder);
        (await last.EndOfAsync(jobId!)).ShouldBe("FINISHED");
        await _files.CheckAsync();
    }

    public void Dispose() => _files.Dispose();

    private static async Task UntilReadAsync(ServerProgram node, string jobId, int moreThan = 0)
    {
        while (true)
        {
            var metrics = (await node.Client.GetFromJsonAsync<JsonElement>($"/job-info/{jobId}", Stop)).GetProperty("metrics");
            if (metrics.TryGetProperty("SinkWriteCount", out var count) && long.Parse(count.GetString() ?? "0", CultureInfo.InvariantCulture) > moreThan) return;
            await Task.Delay(20, Stop);
        }
    }

    private static async Task StopWithSavepointAsync(ServerProgram node, string jobId)
    {
        using var answer = await node.Client.PostAsJsonAsync("/stop-job", new { jobId, isStopWithSavePoint = true }, Stop);
        answer.EnsureSuccessStatusCode();
    }
}
