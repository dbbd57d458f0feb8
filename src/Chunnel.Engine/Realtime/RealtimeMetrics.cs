using Chunnel.Control;

namespace Chunnel.Engine;

/// <summary>
/// Keeps the last minutes of running jobs: from time to time looks at what each has done, and writes down what is new. All jobs are kept as long as
/// there is room; beyond it a job is kept from the moment that somebody asks for it, in the place of the one that was asked for longest ago.
/// </summary>
public sealed class RealtimeMetrics : IAsyncDisposable
{
    /// <summary>What a node keeps unless told otherwise, 32 MiB: some nine thousand jobs of a source and a sink.</summary>
    public const long UsualNumbers = 4L << 20;

    private static readonly TimeSpan _every = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly Func<IReadOnlyList<LiveJob>> _live;
    private readonly Func<long, LiveJob?> _find;
    private readonly TimeProvider _clock;
    private readonly long _mostNumbers;
    private readonly ITimer _timer;
    private long _held;

    /// <param name="live">The jobs that have not ended.</param>
    /// <param name="find">One of them by its id.</param>
    /// <param name="clock">The time.</param>
    /// <param name="mostNumbers">What may be kept.</param>
    internal RealtimeMetrics(Func<IReadOnlyList<LiveJob>> live, Func<long, LiveJob?> find, TimeProvider clock, long mostNumbers)
    {
        (_live, _find, _clock, _mostNumbers) = (live, find, clock, mostNumbers);
        _timer = clock.CreateTimer(_ => Sample(), null, _every, _every);
    }

    /// <summary>All running jobs, by their ids.</summary>
    public IReadOnlyList<RealtimeJob> Jobs => [.. _live().Where(job => !job.Status.IsTerminal).OrderBy(job => job.Handle.JobId).Select(Tell)];

    /// <summary>The last minutes of a job; null when none of this id is running.</summary>
    /// <param name="jobId">Which.</param>
    /// <param name="window">How far back to look, within what is kept.</param>
    public RealtimeView? Look(long jobId, TimeSpan window)
    {
        if (_find(jobId) is not { Status.IsTerminal: false } job) return null;
        var now = _clock.GetUtcNow();
        var from = now - (window < job.Observability.Retention ? window : job.Observability.Retention);
        lock (_lock)
        {
            if (job.Series is null && MayBegin(job)) Begin(job, isAsked: true);
            if (job.Series is not { } series) return new RealtimeView(Tell(job), from, now, [], []);
            series.AskedAt = _clock.GetTimestamp();
            series.Sample(now);
            var (vertices, edges) = series.Look(from);
            return new RealtimeView(Tell(job), from, now, vertices, edges);
        }
    }

    public ValueTask DisposeAsync() => _timer.DisposeAsync();

    private static RealtimeJob Tell(LiveJob job) =>
        new(job.Handle.JobId, job.Observability.Enabled, job.Observability.Bucket, job.Observability.Retention, job.Series?.Latest);

    private static bool MayBegin(LiveJob job) => job.Observability.Enabled && job.Status == JobStatus.Running;

    private void Sample()
    {
        var now = _clock.GetUtcNow();
        lock (_lock)
        {
            var live = _live();
            // Those that have ended have taken theirs with them.
            _held = live.Sum(job => (long)(job.Series?.Size ?? 0));
            foreach (var job in live)
            {
                if (job.Series is { } series) series.Sample(now);
                else if (MayBegin(job)) Begin(job, isAsked: false);
            }
        }
    }

    private void Begin(LiveJob job, bool isAsked)
    {
        var work = job.Run.WorkDone;
        var points = JobSeries.PointsIn(_mostNumbers, work, job.Observability);
        if (points < 1) return;
        var size = JobSeries.SizeOf(work, points);
        while (isAsked && _held + size > _mostNumbers && TakeLongestUnasked()) { }
        if (_held + size > _mostNumbers) return;
        job.Series = new JobSeries(work, job.Observability.Bucket, points, _clock);
        _held += size;
    }

    private bool TakeLongestUnasked()
    {
        if (_live().Where(job => job.Series is not null).MinBy(job => job.Series!.AskedAt) is not { } longest) return false;
        _held -= longest.Series!.Size;
        longest.Series = null;
        return true;
    }
}
