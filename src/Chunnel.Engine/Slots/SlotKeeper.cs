using System.Collections.Concurrent;
using System.Collections.Immutable;
using Chunnel.Control;
using Microsoft.Extensions.Logging;

namespace Chunnel.Engine;

/// <summary>
/// The shell around the slots of this node: takes what jobs ask and give back, one after the other, and answers them. Nothing of it waits; whoever
/// looks at the slots sees the last decision.
/// </summary>
internal sealed class SlotKeeper : IDisposable
{
    /// <summary>How often a node measures its load (spec engine.md 8.1).</summary>
    private static readonly TimeSpan _beat = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private readonly TimeProvider _clock;
    private readonly ConcurrentDictionary<long, JobRun> _jobs = new();
    private readonly ITimer _check;
    private readonly ITimer? _measure;
    private readonly LoadMeter? _meter;
    private SlotState _state;
    private WorkerProfile _worker;

    public SlotKeeper(SlotSettings settings, string worker, IReadOnlyDictionary<string, string> tags, ILogger log, TimeProvider clock)
    {
        _clock = clock;
        var started = clock.GetUtcNow().UtcTicks;
        _state = SlotState.Begin(settings.ToPolicy(seed: (ulong)started), epoch: 1);
        if (settings.Allocation == SlotAllocation.SystemLoad) _meter = new LoadMeter(clock);
        _worker = new WorkerProfile
        {
            Address = worker,
            Instance = started,
            SlotCount = settings.IsDynamic ? null : settings.Count,
            Tags = tags.ToImmutableDictionary(StringComparer.Ordinal),
        };
        _check = clock.CreateTimer(_ => Decide(new SlotEvent.CheckDue()), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        if (_meter is not null) _measure = clock.CreateTimer(_ => Measure(), null, _beat, _beat);
        if (settings.ForcesReject) log.Said("Dynamic slot is enabled, the schedule strategy is set to REJECT");
        Decide(new SlotEvent.WorkerSeen(_worker with { Load = _meter?.Measure() }));
    }

    /// <summary>All slots and who waits, as last decided; from any thread.</summary>
    public SlotState State => Volatile.Read(ref _state);

    /// <summary>From now on the job is told what becomes of its requests.</summary>
    public void Enter(JobRun job) => _jobs[job.Plan.Control.JobId] = job;

    /// <summary>The job is over and asks no more: whatever it still has is free.</summary>
    public void Leave(long jobId)
    {
        _jobs.TryRemove(jobId, out _);
        Decide(new SlotEvent.JobGone(jobId));
    }

    public void Request(SlotRequest request) => Decide(new SlotEvent.Requested(request));

    public void Withdraw(long jobId, long request) => Decide(new SlotEvent.Withdrawn(jobId, request));

    public void Release(ImmutableArray<SlotGrant> grants) => Decide(new SlotEvent.Released(grants));

    /// <summary>Replaces the tags of this node; jobs that run are not moved.</summary>
    public void Retag(IReadOnlyDictionary<string, string> tags)
    {
        lock (_lock)
        {
            _worker = _worker with { Tags = tags.ToImmutableDictionary(StringComparer.Ordinal) };
            Decide(new SlotEvent.WorkerSeen(_worker));
        }
    }

    public void Dispose()
    {
        _check.Dispose();
        _measure?.Dispose();
    }

    private void Measure()
    {
        lock (_lock) Decide(new SlotEvent.WorkerSeen(_worker with { Load = _meter!.Measure() }));
    }

    /// <summary>Answers go out under the lock, so that a job hears them in the order of the decisions.</summary>
    private void Decide(SlotEvent what)
    {
        lock (_lock)
        {
            var now = Instant.From(_clock.GetUtcNow());
            var decision = SlotMachine.Decide(_state, what, now);
            Volatile.Write(ref _state, decision.State);
            foreach (var effect in decision.Effects) Do(effect, now);
        }
    }

    private void Do(SlotEffect effect, Instant now)
    {
        switch (effect)
        {
            case SlotEffect.Answer answer: if (_jobs.TryGetValue(answer.JobId, out var job)) job.Tell(answer.What); break;
            case SlotEffect.Say say: if (_jobs.TryGetValue(say.JobId, out var about)) about.Say(say.Line); break;
            case SlotEffect.StartTimer timer: _check.Change(timer.At > now ? timer.At - now : TimeSpan.Zero, Timeout.InfiniteTimeSpan); break;
            default: throw new System.Diagnostics.UnreachableException($"No doing for {effect}.");
        }
    }
}
