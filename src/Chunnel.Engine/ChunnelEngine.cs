using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Chunnel.Control;
using Chunnel.Core;
using Chunnel.Plugins;
using Microsoft.Extensions.Logging;

namespace Chunnel.Engine;

/// <summary>Runs jobs in this process: takes submissions, answers orders at once, shows every job it knows.</summary>
public sealed partial class ChunnelEngine : IAsyncDisposable
{
    private const int ManyForgotten = 1_000;
    private static readonly TimeSpan _forgetsEvery = TimeSpan.FromMinutes(1);

    private readonly EngineSettings _settings;
    private readonly IJobLogs _logs;
    private readonly TimeProvider _clock;
    private readonly JobPlanner _planner;
    private readonly JobIds _ids;
    private readonly BlockPool _pool = new();
    private readonly MemoryBudget _memory;
    private readonly ConcurrentDictionary<long, LiveJob> _live = new();
    private readonly JobHistory _history;
    private readonly SlotKeeper _slots;
    private readonly EventReport? _events;
    private readonly ITimer _forgetting;
    private volatile bool _isClosed;
    private JobsInOrder? _liveInOrder;
    private int _liveChanges;
    private int _comings;

    /// <param name="settings">What the node's settings say.</param>
    /// <param name="plugins">What jobs are made of.</param>
    /// <param name="logs">Where jobs and the node say things.</param>
    /// <param name="clock">The time.</param>
    /// <param name="storage">What outlives the process, opened by <see cref="StartAsync"/>; null: nothing does. The engine disposes it.</param>
    public ChunnelEngine(EngineSettings settings, PluginRegistry plugins, IJobLogs logs, TimeProvider clock, EngineStorage? storage = null)
    {
        _storage = storage;
        _settings = settings;
        _logs = logs;
        _clock = clock;
        _planner = new JobPlanner(plugins, clock);
        _ids = new JobIds(clock);
        _memory = new MemoryBudget("the node", settings.MemoryBytes);
        _history = new JobHistory(settings.HistoryExpires, clock, Forget);
        _events = settings.Events is { } events ? new EventReport(events, clock, logs.Node) : null;
        Realtime = settings.RealtimeNumbers > 0 ? new RealtimeMetrics(LiveInOrder, _live.GetValueOrDefault, clock, settings.RealtimeNumbers) : null;
        _slots = new SlotKeeper(settings.Slots, settings.Worker, settings.Tags, logs.Node, clock);
        // Logs go at their time also where nobody asks.
        _forgetting = clock.CreateTimer(_ => ForgetUnasked(), null, _forgetsEvery, _forgetsEvery);
        Plugins = plugins;
    }

    public PluginRegistry Plugins { get; }

    /// <summary>What running jobs do with their time; null where the settings leave it off.</summary>
    public RealtimeMetrics? Realtime { get; }

    public JobPlanner Planner => _planner;

    /// <summary>Jobs that have not ended, oldest first, to be looked at one by one.</summary>
    public IReadOnlyList<JobHandle> Live =>
    [
        .. _resuming.Values.OrderBy(job => job.View.Submitted).ThenBy(job => job.Handle.JobId).Select(job => job.Handle),
        .. LiveInOrder().Where(job => !job.Status.IsTerminal).Select(job => job.Handle),
    ];

    /// <summary>Another number after whatever changes what <see cref="Live"/> shows: a job comes, goes, or changes its state. Counters change without it.</summary>
    public int LiveChanges => Volatile.Read(ref _liveChanges);

    /// <summary>Jobs that have not ended, oldest first.</summary>
    public IReadOnlyList<JobView> Running => [.. Live.Select(job => job.View).Where(view => !view.Status.IsTerminal)];

    /// <summary>
    /// Jobs that have ended and are remembered, by their ends, oldest first. A job that has ended and is still letting go is among them: it is
    /// in one list or the other at every moment, because it enters the history before it leaves the live ones.
    /// </summary>
    public IReadOnlyList<JobView> Ended
    {
        get
        {
            var lettingGo = _live.Values.Where(job => job.Status.IsTerminal).Select(job => job.View).ToList();
            var remembered = _history.All;
            return lettingGo.Count == 0 ? remembered : [.. lettingGo.Concat(remembered).DistinctBy(job => job.JobId).OrderBy(job => job.Ended).ThenBy(job => job.JobId)];
        }
    }

    /// <summary>Bytes of the pinned memory that batches lie in.</summary>
    public long BufferBytes => _pool.SlabBytesHeld;

    /// <summary>How many jobs are in each state, those that have ended and are remembered among them.</summary>
    public IReadOnlyDictionary<JobStatus, int> CountJobs()
    {
        var counts = new Dictionary<JobStatus, int>();
        foreach (var job in LiveInOrder())
        {
            // one that lets go is in the history already, or comes into it
            var status = job.Status;
            if (!status.IsTerminal || _history.Find(job.Handle.JobId) is null) CollectionsMarshal.GetValueRefOrAddDefault(counts, status, out _)++;
        }
        foreach (var (status, count) in _history.Counts) CollectionsMarshal.GetValueRefOrAddDefault(counts, status, out _) += count;
        if (!_resuming.IsEmpty) CollectionsMarshal.GetValueRefOrAddDefault(counts, JobStatus.Initializing, out _) += _resuming.Count;
        return counts;
    }

    /// <summary>All slots and who waits for some, at this moment.</summary>
    public SlotState Slots => _slots.State;

    /// <summary>Who waits for slots, and why (spec engine.md 8.5).</summary>
    public PendingReport Pending(PendingQuestion question) => PendingReport.Of(
        _slots.State, question, jobId => _live.TryGetValue(jobId, out var job) ? job.Run.Plan.Control : null, Instant.From(_clock.GetUtcNow()));

    /// <summary>Replaces this node's attributes, for jobs that ask for slots from now on.</summary>
    public void UpdateTags(IReadOnlyDictionary<string, string> tags) => _slots.Retag(tags);

    public long NextJobId() => _ids.Next();

    public JobView? Find(long jobId) =>
        _live.TryGetValue(jobId, out var job) ? job.View
        : _resuming.TryGetValue(jobId, out var resuming) ? resuming.View
        : _history.Find(jobId);

    /// <summary>Plans the job and starts it.</summary>
    /// <returns>The job; the same one when its id is running already.</returns>
    /// <exception cref="ProblemsException">Everything that is wrong with the job: nothing was started.</exception>
    /// <exception cref="ChunnelException">The id belongs to a job that has ended.</exception>
    public async Task<JobHandle> SubmitAsync(JobSubmission submission, CancellationToken stop)
    {
        var jobId = submission.JobId ?? _ids.Next();
        _live.TryGetValue(jobId, out var known);
        var decision = Submission.Decide(jobId, Find(jobId)?.Status, submission.StartsFromSavepoint);
        if (decision.Verdict == SubmitVerdict.Refused)
        {
            throw new ChunnelException(EngineErrors.AlreadySubmitted, decision.Text!) { Mend = "Leave the id out, or choose another." };
        }
        if (decision.Verdict == SubmitVerdict.AlreadyThere && known is not null)
        {
            _logs.Node.Warned(decision.Text!);
            return known.Handle;
        }
        if (_resuming.TryGetValue(jobId, out var resuming)) return resuming.Handle;
        // The job before it under this id has ended, and may still be letting go of what it held.
        if (known is not null) await known.Handle.Ended.WaitAsync(stop);
        var env = submission.Definition.Env;
        var plan = await _planner.PlanAsync(submission.Definition, jobId, env.NameFor(submission.Name), stop, submission.StandIns);
        var log = _logs.Open(jobId);
        foreach (var line in plan.Said) log.Log.Said(plan.Secrets.Hide(line));
        var origin = await OriginAsync(submission, jobId, stop);
        var run = MakeRun(submission, plan, log, (policy, now) => JobMachine.Begin(plan.Control, policy, _ledger?.Epoch ?? 1, now, origin));
        var job = new LiveJob(submission, plan, log, run);
        if (!TryEnter(jobId, job))
        {
            await job.Run.DisposeAsync();
            log.Dispose();
            await plan.DisposeAsync();
            return _live.TryGetValue(jobId, out var other) ? other.Handle : throw new ChunnelException(EngineErrors.AlreadySubmitted, $"The job id {jobId} has just ended.");
        }
        if (_isClosed)
        {
            // The node went down while the job was planned: whoever closes it may have looked at the jobs already.
            Leave(jobId);
            await job.Run.DisposeAsync();
            log.Dispose();
            await plan.DisposeAsync();
            throw new ChunnelException(EngineErrors.GoingDown, "This node is going down and takes no more jobs.") { Mend = "Submit the job again when it is back." };
        }
        log.Log.Said($"Init JobMaster for Job {plan.Control.Name} ({jobId})");
        job.Run.Start();
        // Whoever has the answer sees the job where it is, and the one that was submitted first asks for slots first.
        await job.Run.Begun;
        return job.Handle;
    }

    /// <summary>Cancels a job; null when it is not running.</summary>
    public async Task<OrderAnswer?> CancelAsync(long jobId, CancellationToken stop) =>
        _live.TryGetValue(jobId, out var job) ? await job.Run.OrderAsync(new JobEvent.CancelRequested(), stop) : await OrderResumingAsync(jobId, JobStatus.Canceled, stop);

    /// <summary>Stops a job with a savepoint; null when it is not running.</summary>
    public async Task<OrderAnswer?> StopWithSavepointAsync(long jobId, CancellationToken stop) =>
        _live.TryGetValue(jobId, out var job) ? await job.Run.OrderAsync(new JobEvent.SavepointRequested(), stop) : await OrderResumingAsync(jobId, JobStatus.SavepointDone, stop);

    /// <summary>Lets a job take a savepoint and run on; null when it is not running.</summary>
    public async Task<OrderAnswer?> TakeSavepointAsync(long jobId, CancellationToken stop) =>
        _live.TryGetValue(jobId, out var job) ? await job.Run.OrderAsync(new JobEvent.PassingSavepointRequested(), stop) : await SaveResumingAsync(jobId, stop);

    /// <summary>Lets go of every job and waits until all have let go: those that the control log knows go on at the next start, others are cancelled.</summary>
    public async ValueTask DisposeAsync()
    {
        _isClosed = true;
        await _forgetting.DisposeAsync();
        if (Realtime is not null) await Realtime.DisposeAsync();
        if (_ledger is null)
        {
            foreach (var job in _live.Values) job.Run.Tell(new JobEvent.CancelRequested());
            await Task.WhenAny(Task.WhenAll(_live.Values.Select(job => job.Run.Ended)), Task.Delay(TimeSpan.FromSeconds(10), _clock));
        }
        await Task.WhenAll(_live.Values.Select(job => job.Run.DisposeAsync().AsTask()));
        await CloseStorageAsync();
        if (_events is not null) await _events.DisposeAsync();
        _slots.Dispose();
    }

    private JobRun MakeRun(JobSubmission submission, JobPlan plan, JobLog log, Func<JobPolicy, Instant, Decision> begin, IEnumerable<CompletedCheckpoint>? savepoints = null)
    {
        var env = submission.Definition.Env;
        var telling = new HidingLogger(log.Log, plan.Secrets);
        var budget = new MemoryBudget($"job {plan.Control.JobId}", _settings.JobMemoryBytes ?? _settings.MemoryBytes, _memory);
        var policy = new JobPolicy
        {
            RetryTimes = env.RetryTimes,
            RetryInterval = env.RetryInterval,
            Checkpoints = _settings.Checkpoints.PolicyFor(env),
            PipelineConcurrency = env.PipelineConcurrency,
            RunsSaveModes = plan.HasSaveModes && !submission.StartsFromSavepoint,
        };
        return new JobRun(plan, new JobRunParts
        {
            Clock = _clock,
            Log = telling,
            Slots = _slots,
            Persist = (records, stop) => _ledger is null
                ? ValueTask.CompletedTask
                : _ledger.AppendAsync(records, records.Any(record => record is ControlRecord.JobSubmitted) ? JobContent.Of(submission) : null, stop),
            Checkpoints = _storage is null ? new NoCheckpoints() : new StoredCheckpoints(plan.Control.JobId, _storage.Checkpoints, env.RetainCheckpointsAfterCancel ?? _settings.Checkpoints.RetainAfterCancel, savepoints ?? []),
            Changed = NoteChange,
            Turned = status => TellStatus(plan.Control.JobId, plan.Control.Name, status),
            Ended = Retire,
            Deployment = new DeploymentParts
            {
                Memory = new BatchMemory(_pool, budget),
                Clock = _clock,
                Metrics = new JobMetrics(_clock),
                Work = new JobWork(plan.Pipelines, _clock),
                TakesCheckpoints = policy.Checkpoints.Interval is not null,
                Tell = _events is { } events ? type => events.Tell(new LifecycleEvent(_clock.GetUtcNow(), plan.Control.JobId, type)) : _ => { },
                Log = telling,
                Hide = plan.Secrets.Hide,
                DeadLetters = env.DeadLetters,
                // What is printed are rows: they are shown as they are.
                Print = submission.Print ?? (line => log.Log.Printed(line)),
                PrintLines = submission.PrintLines,
                MakeLimit = () => env.RowsPerSecond is null && env.BytesPerSecond is null ? null : new SpeedLimit(env.RowsPerSecond, env.BytesPerSecond, _clock),
            },
        }, now => begin(policy, now));
    }

    private bool TryEnter(long jobId, LiveJob job)
    {
        if (!_live.TryAdd(jobId, job)) return false;
        Interlocked.Increment(ref _comings);
        NoteChange();
        return true;
    }

    private void Leave(long jobId)
    {
        _live.TryRemove(jobId, out _);
        Interlocked.Increment(ref _comings);
        NoteChange();
    }

    private void NoteChange() => Interlocked.Increment(ref _liveChanges);

    /// <summary>By their submission, oldest first. Thousands of them are put in order once for each that comes or goes, not for each who asks.</summary>
    private LiveJob[] LiveInOrder()
    {
        var comings = Volatile.Read(ref _comings);
        if (Volatile.Read(ref _liveInOrder) is { } known && known.Comings == comings) return known.Jobs;
        LiveJob[] jobs = [.. _live.Values.OrderBy(job => job.Submitted).ThenBy(job => job.Handle.JobId)];
        Volatile.Write(ref _liveInOrder, new JobsInOrder(comings, jobs));
        return jobs;
    }

    /// <summary>The job is remembered no longer; its log goes too, unless the id has a new life.</summary>
    private void Forget(JobView view)
    {
        if (!_live.ContainsKey(view.JobId)) _logs.Forget(view.JobId);
        if (_kept is not null) Track(_kept.ForgetAsync(view, CancellationToken.None).AsTask());
    }

    private void ForgetUnasked()
    {
        // A node without work does not collect: what thousands of jobs held would stay with it.
        if (_history.Forget() >= ManyForgotten) GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
    }

    private sealed record JobsInOrder(int Comings, LiveJob[] Jobs);

    private void TellStatus(long jobId, string name, JobStatus status)
    {
        if (_events is { } events && (status.IsTerminal || events.TellsEveryState)) events.Tell(LifecycleEvent.OfStatus(_clock.GetUtcNow(), jobId, name, status));
    }

    private void Retire(JobRun run)
    {
        var jobId = run.Plan.Control.JobId;
        if (!_live.TryGetValue(jobId, out var job)) return;
        var last = job.View;
        last = last with { Metrics = last.Metrics.Frozen(), Pipelines = [.. last.Pipelines.Select(pipeline => pipeline with { Metrics = pipeline.Metrics.Frozen() })] };
        if (!last.Status.IsTerminal) last = AfterFault(last);
        if (last.Status.IsTerminal)
        {
            _history.Add(last);
            Keep(last);
        }
        Leave(jobId);
        job.Log.Dispose();
        job.Finish(last);
        // Not before: the log of a job that is still among the live ones stays.
        _history.Forget();
        if (_live.IsEmpty) _pool.Trim();
    }
}
