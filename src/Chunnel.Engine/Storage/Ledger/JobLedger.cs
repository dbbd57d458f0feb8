using System.Text;
using Chunnel.Control;
using Chunnel.Core;
using Microsoft.Extensions.Logging;

namespace Chunnel.Engine;

/// <summary>
/// The jobs of a node in its control log: what was decided about them is appended before anyone acts on it, and is there again after the
/// node was killed. A job stays in the log until it has ended and stands in the history.
/// </summary>
internal sealed class JobLedger : IAsyncDisposable
{
    private readonly State _state;
    private readonly ControlLog _log;

    private JobLedger(State state, ControlLog log) => (_state, _log) = (state, log);

    /// <summary>The reign that this opening began.</summary>
    public long Epoch => _log.Opening.Epoch;

    /// <summary>The jobs that the log knew when it was opened, by the time of their submission.</summary>
    public required IReadOnlyList<LedgerJob> Found { get; init; }

    /// <summary>Completes, with the reason, when nothing can be appended any more.</summary>
    public Task<ChunnelException> Ended => _log.Ended;

    public static async Task<JobLedger> OpenAsync(ILogMedium medium, ControlLogSettings settings, TimeProvider clock, ILogger log, CancellationToken stop)
    {
        var state = new State();
        var opened = await ControlLog.OpenAsync(medium, state, settings, clock, log, stop);
        return new JobLedger(state, opened) { Found = state.Jobs };
    }

    /// <summary>A job as the log has it now; null where it does not know it.</summary>
    public LedgerJob? Find(long jobId) => _state.Find(jobId);

    /// <summary>When it returns, the decisions of one step are durable, all of them.</summary>
    /// <param name="records">The decisions.</param>
    /// <param name="content">What was submitted; for those of a job that begins.</param>
    /// <param name="stop">Ends the waiting.</param>
    public async ValueTask AppendAsync(IReadOnlyList<ControlRecord> records, JobContent? content, CancellationToken stop)
    {
        FailPoint.Reach("log.append.before");
        await _log.AppendAsync([.. records.Select(record => new LogRecord(Kinds.Decision, LedgerJson.Write(record, record is ControlRecord.JobSubmitted ? content : null)))], stop);
        FailPoint.Reach("log.append.after");
    }

    /// <summary>The job has ended and stands in the history: the log may forget it.</summary>
    public ValueTask ForgetAsync(long jobId, CancellationToken stop) => _log.AppendAsync(new LogRecord(Kinds.Forgotten, Encoding.ASCII.GetBytes(jobId.ToString(System.Globalization.CultureInfo.InvariantCulture))), stop);

    public ValueTask DisposeAsync() => _log.DisposeAsync();

    /// <summary>What the bytes of a record are. Numbers stay what they are: they stand in files.</summary>
    private static class Kinds
    {
        public const int Decision = 1;
        public const int Job = 2;
        public const int Forgotten = 3;
    }

    private sealed class State : ILogState
    {
        private readonly Lock _lock = new();
        private readonly Dictionary<long, LedgerJob> _jobs = [];

        public IReadOnlyList<LedgerJob> Jobs
        {
            get
            {
                lock (_lock) return [.. _jobs.Values.OrderBy(job => job.Logged.SubmittedAt).ThenBy(job => job.Logged.JobId)];
            }
        }

        public LedgerJob? Find(long jobId)
        {
            lock (_lock) return _jobs.GetValueOrDefault(jobId);
        }

        public void Clear()
        {
            lock (_lock) _jobs.Clear();
        }

        public void Apply(LogRecord record)
        {
            lock (_lock)
            {
                switch (record.Kind)
                {
                    case Kinds.Decision: Apply(LedgerJson.ReadRecord(record.Bytes)); break;
                    case Kinds.Job:
                        var job = LedgerJson.ReadJob(record.Bytes);
                        _jobs[job.Logged.JobId] = job;
                        break;
                    case Kinds.Forgotten: _jobs.Remove(long.Parse(Encoding.ASCII.GetString(record.Bytes.Span), System.Globalization.CultureInfo.InvariantCulture)); break;
                    default:
                        throw new CorruptStateException($"The control log holds a record of kind {record.Kind}, which this version does not know.")
                        {
                            Mend = "It was written by a newer version: start that one.",
                        };
                }
            }
        }

        public IReadOnlyList<LogRecord> Snapshot()
        {
            lock (_lock) return [.. _jobs.Values.Select(job => new LogRecord(Kinds.Job, LedgerJson.Write(job)))];
        }

        private void Apply((ControlRecord Record, JobContent? Content) entry)
        {
            var (record, content) = entry;
            if (record is ControlRecord.JobSubmitted submitted) _jobs[record.JobId] = new LedgerJob(LoggedJob.Of(submitted), content!);
            else if (_jobs.TryGetValue(record.JobId, out var job)) _jobs[record.JobId] = job with { Logged = job.Logged.After(record) };
        }
    }
}
