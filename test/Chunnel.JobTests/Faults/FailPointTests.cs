namespace Chunnel.JobTests;

/// <summary>
/// The process dies, or a call fails, at every named place on the way of a checkpoint and of a commit; then the node is started again, the job
/// comes to its end, and the target shows exactly the rows of the source (engine.md 112, 113). What was tried stands in docs/faults.md.
/// </summary>
public sealed class FailPointTests : IDisposable
{
    private readonly NumberedFiles _files = new(count: 2, rowsPerFile: 3_000);

    public static TheoryData<string> Kills => [.. FaultMatrix.Kills];

    public static TheoryData<string> Failures => [.. FaultMatrix.Failures];

    [Theory]
    [MemberData(nameof(Kills))]
    public async Task Killed_at_a_place_it_comes_back_whole(string point)
    {
        await _files.WriteAsync();
        string jobId;
        await using (var node = await ServerProgram.StartAsync(_files.Folder, $"{point}"))
        {
            // a kill at the very first decision comes before the answer
            jobId = await node.TrySubmitAsync(_files.Job("parallelism = 2, checkpoint.interval = 60, read_limit.rows_per_second = 4000"), "&jobId=4711") ?? "4711";
            await node.DiesAsync();
        }
        await using var next = await ServerProgram.StartAsync(_files.Folder);
        if (await next.StatusAsync(jobId) is "" or "UNKNOWABLE")
        {
            // never accepted: nothing of it may be there
            _files.Seen().ShouldBeEmpty();
            await next.SubmitAsync(_files.Job("parallelism = 2"), "&jobId=4711");
        }
        (await next.EndOfAsync(jobId)).ShouldBe("FINISHED");
        await _files.CheckAsync();
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task A_call_that_fails_costs_an_attempt_and_no_row(string point)
    {
        await _files.WriteAsync();
        await using var node = await ServerProgram.StartAsync(_files.Folder, point);
        var jobId = await node.SubmitAsync(_files.Job("parallelism = 2, checkpoint.interval = 60, job.retry.interval.seconds = 0, read_limit.rows_per_second = 4000"));
        (await node.EndOfAsync(jobId)).ShouldBe("FINISHED");
        await _files.CheckAsync();
    }

    [Fact]
    public void The_page_of_faults_lists_what_is_tried() => FaultMatrix.CheckPage();

    public void Dispose() => _files.Dispose();
}
