namespace Chunnel.Engine.Tests.Storage;

public sealed class FinishedJobsTests : IAsyncDisposable
{
    private static readonly DateTimeOffset _noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly MemoryMedium _medium = new();

    public ValueTask DisposeAsync() => _medium.DisposeAsync();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ended_jobs_are_listed_by_their_ends_and_read_one_by_one()
    {
        var jobs = new FinishedJobs(_medium);
        FinishedJob late = new(1, _noon.AddHours(1)), early = new(long.MaxValue, _noon), middle = new(-7, _noon.AddMinutes(1));
        foreach (var job in (FinishedJob[])[late, early, middle]) await jobs.KeepAsync(job, BitConverter.GetBytes(job.JobId), Stop);
        (await jobs.ListAsync(Stop)).ShouldBe([early, middle, late]);
        (await jobs.ReadAsync(middle, Stop)).ShouldBe(BitConverter.GetBytes(-7L));
        (await jobs.ReadAsync(new FinishedJob(2, _noon), Stop)).ShouldBeNull();
    }

    /// <summary>A job that was started again under its id ends twice.</summary>
    [Fact]
    public async Task Each_end_of_a_job_is_kept_once()
    {
        var jobs = new FinishedJobs(_medium);
        FinishedJob first = new(1, _noon), second = new(1, _noon.AddHours(1));
        await jobs.KeepAsync(first, new byte[] { 1 }, Stop);
        await jobs.KeepAsync(first, new byte[] { 2 }, Stop);
        await jobs.KeepAsync(second, new byte[] { 3 }, Stop);
        (await jobs.ListAsync(Stop)).ShouldBe([first, second]);
        (await jobs.ReadAsync(first, Stop)).ShouldBe([1]);
    }

    [Fact]
    public async Task What_ended_long_ago_is_forgotten()
    {
        var jobs = new FinishedJobs(_medium);
        for (var hour = 0; hour < 10; hour++) await jobs.KeepAsync(new FinishedJob(hour, _noon.AddHours(hour)), new byte[1], Stop);
        (await jobs.ForgetBeforeAsync(_noon.AddHours(7), Stop)).Select(job => job.JobId).ShouldBe([0, 1, 2, 3, 4, 5, 6]);
        (await jobs.ListAsync(Stop)).Select(job => job.JobId).ShouldBe([7, 8, 9]);
        await jobs.ForgetAsync(new FinishedJob(7, _noon.AddHours(7)), Stop);
        (await jobs.ListAsync(Stop)).Select(job => job.JobId).ShouldBe([8, 9]);
    }

    [Fact]
    public async Task A_key_of_somebody_else_is_refused()
    {
        await _medium.PutIfAbsentAsync("history/readme", new byte[1], Stop);
        (await Should.ThrowAsync<CorruptStateException>(() => new FinishedJobs(_medium).ListAsync(Stop).AsTask())).Message.ShouldContain("'history/readme'");
    }
}
