using Chunnel.Control;
using Chunnel.Engine;
using Chunnel.Server;

namespace Chunnel.Rest.Tests;

/// <summary>engine.md 11.3.</summary>
public sealed class ExecutionInfoTests
{
    [Fact]
    public void The_pool_and_the_jobs_are_told_in_frames()
    {
        ExecutionInfo.OfPool(new ThreadPoolFigures(Threads: 5, Busy: 2, Least: 4, Most: 32767, Completed: 100, Queued: 1, Timers: 7)).ShouldBe("""

            ***********************************************
                 CoordinatorService Thread Pool Status
            ***********************************************
            activeCount               :                   2
            corePoolSize              :                   4
            maximumPoolSize           :               32767
            poolSize                  :                   5
            completedTaskCount        :                 100
            taskCount                 :                 103
            ***********************************************

            """);
        var jobs = ExecutionInfo.OfJobs(new Dictionary<JobStatus, int> { [JobStatus.Running] = 3, [JobStatus.Finished] = 12 });
        jobs.ShouldContain("runningJobCount           :                   3\n");
        jobs.ShouldContain("finishedJobCount          :                  12\n");
        jobs.ShouldContain("pendingJobCount           :                   0\n");
    }

    [Fact]
    public async Task A_node_tells_them_now_and_then()
    {
        await using var node = await NodeUnderTest.StartAsync(settings => settings with { InfoInterval = TimeSpan.FromMilliseconds(50) });
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!(await node.GetAsync("/logs/seatunnel-engine-server.log")).Body.Contains("Job info detail", StringComparison.Ordinal)) await timer.WaitForNextTickAsync(limit.Token);
    }
}
