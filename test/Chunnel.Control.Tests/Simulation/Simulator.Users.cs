using System.Collections.Immutable;

namespace Chunnel.Control.Tests.Simulation;

/// <content>Who submits what, and who changes their mind when.</content>
internal sealed partial class Simulator
{
    private readonly List<JobStatus> _endings = [];

    private void Plan()
    {
        var jobs = _dice.Next(1, 4);
        for (var number = 1; number <= jobs; number++) PlanJob(number);
        foreach (var worker in _workers)
        {
            for (var times = _dice.Next(3); times > 0; times--) At(_start + TimeSpan.FromSeconds(_dice.Next(1, 80)), () => Retag(worker));
            if (Chance(_faults.WorkerDies)) At(_start + TimeSpan.FromSeconds(_dice.Next(1, 80)), () => Kill(worker));
        }
        if (Chance(_faults.PowerFails)) At(_start + TimeSpan.FromSeconds(_dice.Next(1, 60)), FailPower);
        At(_start + _faultsLast + TimeSpan.FromMinutes(4), CheckProgress);
    }

    private void PlanJob(long id)
    {
        var isBounded = _dice.Next(4) > 0;
        ImmutableArray<PlannedPipeline> pipelines =
            [.. Enumerable.Range(1, _dice.Next(1, 3)).Select(number => Plans.Pipeline(number, _dice.Next(1, 3), _dice.Next(2) == 0))];
        var plan = Plans.Job(pipelines, id, $"job{id}") with { TagFilter = _dice.Next(4) == 0 ? _tagSets[1] : _tagSets[0] };
        var policy = new JobPolicy
        {
            RetryTimes = _dice.Next(4),
            RetryInterval = TimeSpan.FromSeconds(_dice.Next(4)),
            RunsSaveModes = _dice.Next(2) == 0,
            Checkpoints = new()
            {
                Interval = _dice.Next(2) == 0 ? null : TimeSpan.FromSeconds(_dice.Next(1, 10)),
                MinPause = TimeSpan.FromSeconds(_dice.Next(2) * _dice.Next(5)),
                Timeout = TimeSpan.FromSeconds(30),
                SchemaChangeTimeout = TimeSpan.FromSeconds(30),
            },
            PipelineConcurrency = _dice.Next(3) == 0 ? 1 : null,
            Deadlines = new()
            {
                SaveModes = TimeSpan.FromSeconds(40),
                SlotAnswer = TimeSpan.FromSeconds(30),
                Deploy = TimeSpan.FromSeconds(20),
                Open = TimeSpan.FromSeconds(20),
                Silence = TimeSpan.FromSeconds(15),
                Answer = TimeSpan.FromSeconds(5),
                StopBeforeRestore = TimeSpan.FromSeconds(10),
            },
        };
        At(_start + Moment(), () => Submit(plan, policy, isBounded, fromSavepoint: false));
        for (var orders = _dice.Next(4); orders > 0; orders--)
        {
            At(_start + Moment(), _dice.Next(4) switch
            {
                0 => () => Submit(plan, policy, isBounded, fromSavepoint: _dice.Next(2) == 0),
                1 => () => Order(id, new JobEvent.SavepointRequested()),
                _ => () => Order(id, new JobEvent.CancelRequested()),
            });
        }
        // seeds that failed once keep their story: what was added since has dice of its own, and only odd seeds know it
        if (_saving is not null)
        {
            for (var orders = _saving.Next(3); orders > 0; orders--)
            {
                At(_start + TimeSpan.FromMilliseconds(Math.Pow(_saving.NextDouble(), 2) * 100_000), () => Order(id, new JobEvent.PassingSavepointRequested()));
            }
        }
        // what is unbounded ends by order, when the world has been good for a while
        At(_start + _faultsLast + TimeSpan.FromMinutes(5), () => Order(id, _dice.Next(2) == 0 ? new JobEvent.SavepointRequested() : new JobEvent.CancelRequested()));
        At(_start + _faultsLast + TimeSpan.FromMinutes(6), () => Order(id, new JobEvent.CancelRequested()));
    }

    /// <summary>Dense at the beginning, where a job changes its state most often.</summary>
    private TimeSpan Moment() => TimeSpan.FromMilliseconds(Math.Pow(_dice.NextDouble(), 3) * 80_000);

    private void Submit(PlannedJob plan, JobPolicy policy, bool isBounded, bool fromSavepoint)
    {
        if (_isDown) return;
        var known = _jobs.GetValueOrDefault(plan.JobId);
        var submission = Submission.Decide(plan.JobId, known?.State.Status, fromSavepoint);
        Note("submit", plan.JobId, (long)submission.Verdict);
        if (submission.Verdict != SubmitVerdict.Start) return;
        var origin = OriginOf(known);
        var decision = _brain.Begin(plan, policy, Now, origin);
        var job = new SimJob(plan, policy, isBounded) { State = decision.State, Origin = origin, Rotten = known?.Rotten ?? [] };
        _jobs[plan.JobId] = job;
        Take(job, decision);
    }

    private static JobOrigin OriginOf(SimJob? known) => known is null
        ? JobOrigin.Fresh
        : new()
        {
            AttemptsBefore = known.State.LastAttempt,
            SlotRequestsBefore = known.State.SlotRequests,
            Checkpoints = known.State.Pipelines
                .Where(pipeline => pipeline.Checkpoint.Latest is not null)
                .ToImmutableDictionary(pipeline => pipeline.Plan.Id, pipeline => pipeline.Checkpoint.Latest!),
        };

    private void Order(long id, JobEvent order)
    {
        if (_isDown || !_jobs.TryGetValue(id, out var job)) return;
        Note(order is JobEvent.CancelRequested ? "user cancels" : order is JobEvent.SavepointRequested ? "user saves" : "user saves in passing", id);
        if (order is JobEvent.CancelRequested && !job.HasEnded) job.CancelledAt ??= Now;
        Tell(job, order);
    }
}
