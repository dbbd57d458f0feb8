using System.Diagnostics.Metrics;
using System.Globalization;
using Chunnel.Control;

namespace Chunnel.Engine;

/// <summary>What only the master can tell: jobs by state, and the pool that carries their shells.</summary>
public sealed partial class EngineMeter
{
    /// <summary>The states that are counted, as dashboards spell them.</summary>
    private static readonly (string Type, JobStatus Status)[] _jobTypes =
    [
        ("canceled", JobStatus.Canceled),
        ("cancelling", JobStatus.Canceling),
        ("created", JobStatus.Created),
        ("failed", JobStatus.Failed),
        ("failing", JobStatus.Failing),
        ("finished", JobStatus.Finished),
        ("pending", JobStatus.Pending),
        ("running", JobStatus.Running),
        ("scheduled", JobStatus.Scheduled),
    ];

    private void AddJobs()
    {
        Gauge("job_count", "All job counts of seatunnel cluster", CountJobs);
        Gauge("job_refused_rows", "Rows that steps of a job refused, of jobs that run or are remembered", CountRefused);
        AddPool("activeCount", "activeCount", Gauge, pool => pool.Busy);
        AddPool("completedTask_total", "completedTask", Counter, pool => pool.Completed);
        AddPool("corePoolSize", "corePoolSize", Gauge, pool => pool.Least);
        AddPool("maximumPoolSize", "maximumPoolSize", Gauge, pool => pool.Most);
        AddPool("poolSize", "poolSize", Gauge, pool => pool.Threads);
        AddPool("task_total", "taskCount", Counter, pool => pool.Completed + pool.Queued + pool.Busy);
        AddPool("queueTaskCount", "queueTaskCount", Gauge, pool => pool.Queued);
        // The pool takes whatever comes.
        AddPool("rejection_total", "rejectionCount", Counter, _ => 0);
    }

    private IEnumerable<Measurement<double>> CountJobs()
    {
        var counts = _engine.CountJobs();
        return _jobTypes.Select(job => Value(counts.GetValueOrDefault(job.Status), ("cluster", _node.Cluster), ("type", job.Type)));
    }

    /// <summary>Only of jobs that refused rows: others have no sample.</summary>
    private IEnumerable<Measurement<double>> CountRefused() =>
        from job in _engine.Running.Concat(_engine.Ended)
        from refused in new[] { ("dead_lettered", job.Metrics.DeadLettered.Rows), ("skipped", job.Metrics.Skipped.Rows) }
        where refused.Item2 > 0
        select Value(refused.Item2, ("cluster", _node.Cluster), ("job", job.JobId.ToString(CultureInfo.InvariantCulture)), ("type", refused.Item1));

    private void AddPool(string name, string type, Action<string, string, Func<IEnumerable<Measurement<double>>>> add, Func<ThreadPoolFigures, double> read) => add(
        $"job_thread_pool_{name}",
        $"The {type} of seatunnel coordinator job's executor cached thread pool",
        () => [Value(read(_monitor.Look().Pool), ("cluster", _node.Cluster), ("address", _node.Address), ("type", type))]);
}
