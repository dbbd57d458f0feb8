using Chunnel.Engine;

namespace Chunnel.Rest.Tests;

/// <summary>A job that was stopped with a savepoint and is handed in again; one that takes a savepoint and runs on.</summary>
public sealed class SavepointTests : IDisposable
{
    private const int Rows = 40;
    private const string JobId = "862969647010611201";

    private readonly string _folder = Directory.CreateTempSubdirectory("chunnel-savepoint-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>rest-api.md 95: it goes on where it was. What was written before stands once, whatever comes after.</summary>
    [Fact]
    public async Task It_goes_on_behind_what_was_committed()
    {
        await using var node = await NodeUnderTest.StartAsync(settings => settings with { Storage = new StorageSettings { CheckpointFolder = Path.Combine(_folder, "checkpoints") } });
        await node.SubmitAsync(Job, $"?jobId={JobId}");
        await node.UntilAsync($"/job-info/{JobId}", job => int.Parse(job.Json.GetProperty("metrics").GetProperty("SinkWriteCount").GetString()!, System.Globalization.CultureInfo.InvariantCulture) > 3, "one that has written some rows");
        await node.PostAsync("/stop-job", $$"""{"jobId": {{JobId}}, "isStopWithSavePoint": true}""");
        await node.WaitAsync(JobId, "SAVEPOINT_DONE");
        var before = Lines();
        before.Length.ShouldBeInRange(4, Rows - 1);

        (await node.SubmitAsync(Job, $"?jobId={JobId}&isStartWithSavePoint=true")).ShouldBe(JobId);
        (await node.GetAsync($"/job-info/{JobId}")).Json.GetProperty("isStartWithSavePoint").GetBoolean().ShouldBeTrue();
        await node.WaitAsync(JobId, "FINISHED");
        Lines().Length.ShouldBe(Rows);
        var checkpoints = (await node.GetAsync($"/jobs/checkpoints/{JobId}")).Json.GetProperty("pipelines")[0];
        checkpoints.GetProperty("counts").GetProperty("restored").GetInt32().ShouldBe(1);
    }

    [Theory]
    [InlineData("/jobs/savepoint", $$"""{"jobId": "{{JobId}}"}""")]
    [InlineData($"/jobs/savepoint?jobId={JobId}", "")]
    public async Task Asked_for_in_passing_it_shows_and_keeps_what_was_read_and_the_job_runs_on(string target, string body)
    {
        await using var node = await NodeUnderTest.StartAsync(settings => settings with { Storage = new StorageSettings { CheckpointFolder = Path.Combine(_folder, "checkpoints") } });
        await node.SubmitAsync(Job, $"?jobId={JobId}");
        (await node.PostAsync(target, body)).Json.GetProperty("jobId").GetString().ShouldBe(JobId);
        await node.UntilAsync($"/jobs/checkpoints/{JobId}", job => job.Json.GetProperty("pipelines")[0].GetProperty("latestSavepoint").ValueKind == System.Text.Json.JsonValueKind.Object, "one with a savepoint");
        var latest = (await node.GetAsync($"/jobs/checkpoints/{JobId}")).Json.GetProperty("pipelines")[0].GetProperty("latestSavepoint");
        (latest.GetProperty("checkpointType").GetString(), latest.GetProperty("status").GetString()).ShouldBe(("savepoint", "COMPLETED"));
        (await node.GetAsync($"/job-info/{JobId}")).Json.GetProperty("jobStatus").GetString().ShouldBe("RUNNING");
        // It gets its name right after it is complete.
        await node.UntilAsync("/running-jobs", _ => Directory.GetFiles(Path.Combine(_folder, "checkpoints"), "*-savepoint.ser", SearchOption.AllDirectories).Length == 1, "that of a job with a kept savepoint");
        await node.WaitAsync(JobId, "FINISHED");
        Lines().Length.ShouldBe(Rows);
    }

    [Fact]
    public async Task Of_a_job_that_does_not_run_there_is_none_and_the_answer_says_so()
    {
        await using var node = await NodeUnderTest.StartAsync();
        var refused = await node.PostAsync("/jobs/savepoint", """{"jobId": 77}""");
        ((int)refused.Status).ShouldBe(400);
        refused.Json.GetProperty("message").GetString().ShouldBe("The job with id '77' not running, save point failed");
        ((int)(await node.PostAsync("/jobs/savepoint", "{}")).Status).ShouldBe(400);
    }

    private string Job => $$"""
        {
          "env": { "job.mode": "BATCH", "job.name": "some at a time" },
          "source": [ { "plugin_name": "FakeSource", "plugin_output": "fake", "row.num": {{Rows}}, "split.num": {{Rows}}, "split.read-interval": 100, "schema": { "fields": { "id": "bigint" } } } ],
          "sink": [ { "plugin_name": "LocalFile", "plugin_input": "fake", "path": "{{_folder}}/out", "tmp_path": "{{_folder}}/tmp", "file_format_type": "json" } ]
        }
        """;

    /// <summary>The rows that anyone can see.</summary>
    private string[] Lines()
    {
        var folder = Path.Combine(_folder, "out");
        return Directory.Exists(folder) ? [.. Directory.GetFiles(folder, "*", SearchOption.AllDirectories).SelectMany(File.ReadAllLines)] : [];
    }
}
