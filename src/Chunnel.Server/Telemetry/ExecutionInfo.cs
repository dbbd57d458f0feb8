using System.Globalization;
using Chunnel.Control;
using Chunnel.Engine;
using Microsoft.Extensions.Logging;

namespace Chunnel.Server;

/// <summary>Writes into the node's log, now and then, how busy it is and how many jobs are in which state (spec engine.md 11.3).</summary>
internal sealed class ExecutionInfo : IAsyncDisposable
{
    private readonly ChunnelEngine _engine;
    private readonly NodeMonitor _monitor;
    private readonly ILogger _log;
    private readonly ITimer _timer;

    public ExecutionInfo(ChunnelEngine engine, NodeMonitor monitor, ILogger log, TimeProvider clock, TimeSpan every)
    {
        _engine = engine;
        _monitor = monitor;
        _log = log;
        _timer = clock.CreateTimer(_ => Tell(), null, every, every);
    }

    public ValueTask DisposeAsync() => _timer.DisposeAsync();

    /// <summary>The pool that carries jobs.</summary>
    public static string OfPool(ThreadPoolFigures pool) => FramedTable.Of(
        "CoordinatorService Thread Pool Status",
        ("activeCount", Number(pool.Busy)),
        ("corePoolSize", Number(pool.Least)),
        ("maximumPoolSize", Number(pool.Most)),
        ("poolSize", Number(pool.Threads)),
        ("completedTaskCount", Number(pool.Completed)),
        ("taskCount", Number(pool.Completed + pool.Queued + pool.Busy)));

    /// <summary>Jobs by their states; those that wait are ours, SeaTunnel does not count them here.</summary>
    public static string OfJobs(IReadOnlyDictionary<JobStatus, int> jobs) => FramedTable.Of(
        "Job info detail",
        ("createdJobCount", Number(jobs.GetValueOrDefault(JobStatus.Created))),
        ("pendingJobCount", Number(jobs.GetValueOrDefault(JobStatus.Pending))),
        ("scheduledJobCount", Number(jobs.GetValueOrDefault(JobStatus.Scheduled))),
        ("runningJobCount", Number(jobs.GetValueOrDefault(JobStatus.Running))),
        ("failingJobCount", Number(jobs.GetValueOrDefault(JobStatus.Failing))),
        ("failedJobCount", Number(jobs.GetValueOrDefault(JobStatus.Failed))),
        ("cancellingJobCount", Number(jobs.GetValueOrDefault(JobStatus.Canceling))),
        ("canceledJobCount", Number(jobs.GetValueOrDefault(JobStatus.Canceled))),
        ("finishedJobCount", Number(jobs.GetValueOrDefault(JobStatus.Finished))));

    private void Tell()
    {
        _log.ExecutionInfo(OfPool(_monitor.Look().Pool));
        _log.ExecutionInfo(OfJobs(_engine.CountJobs()));
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
