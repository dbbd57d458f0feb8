namespace Chunnel.Control.Tests.Jobs;

/// <summary>What a walk over all groups at each decision costs when there are many of them.</summary>
public sealed class ScaleTests(ITestOutputHelper output)
{
    [Fact]
    public void A_thousand_parallel_readers_are_decided_in_seconds()
    {
        var before = Environment.CpuUsage.TotalTime;
        var job = new Driver(Plans.FakeToFile(parallelism: 1_000));
        job.StartAll();
        job.RunToEnd(pipeline: 0);
        var cpu = Environment.CpuUsage.TotalTime - before;
        output.WriteLine($"1,002 task groups from PENDING to FINISHED: {cpu.TotalSeconds:0.00} s of processor time, with that of the tests beside it");
        job.State.Status.ShouldBe(JobStatus.Finished);
        cpu.ShouldBeLessThan(TimeSpan.FromSeconds(40));
    }
}
