namespace Chunnel.Control.Tests;

/// <summary>Plays the shell by hand: one event after the other, at the time the test says.</summary>
internal sealed class Driver
{
    private readonly List<ControlRecord> _log = [];
    private long _slots;

    public Driver(PlannedJob plan, JobPolicy? policy = null)
        : this(JobMachine.Begin(plan, policy ?? new JobPolicy { RunsSaveModes = false }, epoch: 1, Start), Start, [])
    {
    }

    private Driver(Decision first, Instant now, IEnumerable<ControlRecord> log)
    {
        Now = now;
        State = first.State;
        _log.AddRange(log);
        Keep(first);
    }

    public static readonly Instant Start = Instant.From(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    public Instant Now { get; private set; }

    public JobState State { get; private set; }

    /// <summary>All effects so far.</summary>
    public List<JobEffect> Effects { get; } = [];

    /// <summary>The effects of the last event.</summary>
    public IReadOnlyList<JobEffect> Latest { get; private set; } = [];

    public IEnumerable<string> Changes => Effects.OfType<JobEffect.Publish>().Select(publish => publish.Change.ToString());

    public IEnumerable<string> Said => Effects.OfType<JobEffect.Say>().Select(say => say.Line.Text);

    /// <summary>The states that the job went through, by its own log lines.</summary>
    public IEnumerable<string> JobTrail => TrailOf(State.Plan.FullName);

    public IEnumerable<string> PipelineTrail(int pipeline) => TrailOf(State.Plan.FullNameOf(State.Plan.Pipelines[pipeline]));

    public IEnumerable<string> TaskGroupTrail(int pipeline, int taskGroup) =>
        TrailOf(State.Plan.FullNameOf(State.Plan.Pipelines[pipeline], State.Plan.Pipelines[pipeline].TaskGroups[taskGroup]));

    public IEnumerable<T> Did<T>() where T : JobEffect => Effects.OfType<T>();

    public IEnumerable<ControlRecord> Records => Did<JobEffect.Persist>().Select(persist => persist.Record);

    public Decision Tell(JobEvent what)
    {
        var decision = JobMachine.Decide(State, what, Now);
        State = decision.State;
        Keep(decision);
        return decision;
    }

    public Decision After(TimeSpan span)
    {
        Now += span;
        return Tell(new JobEvent.DeadlinePassed());
    }

    /// <summary>The node is lost: the job under the next master, which knows what the log says.</summary>
    public Driver TakenOver()
    {
        var logged = _log.Skip(1).Aggregate(LoggedJob.Of((ControlRecord.JobSubmitted)_log[0]), (job, record) => job.After(record));
        return new Driver(JobMachine.Resume(State.Plan, State.Policy, State.Epoch + 1, Now, logged), Now, _log) { _slots = _slots };
    }

    /// <summary>Answers every slot request that is open.</summary>
    public void GrantSlots(string worker = "localhost:5801")
    {
        var open = State.Pipelines.Select(pipeline => pipeline.OpenSlotRequest).OfType<long>().Distinct().ToArray();
        foreach (var request in Did<JobEffect.RequestSlots>().Select(effect => effect.Request).Where(request => open.Contains(request.Number)).ToArray())
        {
            Tell(new JobEvent.SlotsGranted(request.Number, [.. request.Groups.Select(group => new SlotGrant(group, new(worker, ++_slots), request.Number))]));
        }
    }

    public void ForEachGroup(int pipeline, Func<TaskGroupLocation, int, JobEvent> report)
    {
        foreach (var group in State.Plan.Pipelines[pipeline].TaskGroups) Tell(report(LocationOf(pipeline, group), State.Pipelines[pipeline].Attempt));
    }

    public TaskGroupLocation Group(int pipeline, int taskGroup) => LocationOf(pipeline, State.Plan.Pipelines[pipeline].TaskGroups[taskGroup]);

    /// <summary>Slots, deployment, start: the pipeline's tasks run.</summary>
    public void StartPipeline(int pipeline)
    {
        GrantSlots();
        ForEachGroup(pipeline, (group, attempt) => new JobEvent.TaskGroupDeployed(group, attempt));
        ForEachGroup(pipeline, (group, attempt) => new JobEvent.TaskGroupReady(group, attempt));
    }

    public void StartAll()
    {
        for (var pipeline = 0; pipeline < State.Pipelines.Length; pipeline++) StartPipeline(pipeline);
    }

    public void ReadersDone(int pipeline)
    {
        foreach (var reader in State.Pipelines[pipeline].Checkpoint.Readers) Tell(new JobEvent.ReaderDone(reader, State.Pipelines[pipeline].Attempt));
    }

    /// <summary>Every task answers the pending checkpoint, and its states are stored.</summary>
    public void Acknowledge(int pipeline)
    {
        AcknowledgeOnly(pipeline);
        Stored(pipeline);
    }

    public void Stored(int pipeline)
    {
        var store = Did<JobEffect.StoreCheckpoint>().Last();
        Tell(new JobEvent.CheckpointStored(store.PipelineId, State.Pipelines[pipeline].Attempt, store.Checkpoint.Id, $"file of {store.Checkpoint.Id}"));
    }

    public void AcknowledgeOnly(int pipeline)
    {
        var id = State.Pipelines[pipeline].Checkpoint.Pending.ShouldNotBeNull().Id;
        foreach (var task in State.Pipelines[pipeline].Checkpoint.Tasks)
        {
            Tell(new JobEvent.CheckpointAcknowledged(task, State.Pipelines[pipeline].Attempt, id, $"state of {task.Group.TaskGroupId}/{task.Task}"));
        }
    }

    public void FinishGroups(int pipeline) => ForEachGroup(pipeline, (group, attempt) => new JobEvent.TaskGroupFinished(group, attempt));

    public void CancelGroups(int pipeline) => ForEachGroup(pipeline, (group, attempt) => new JobEvent.TaskGroupCanceled(group, attempt));

    /// <summary>The bounded pipeline reads to its end, commits and closes.</summary>
    public void RunToEnd(int pipeline)
    {
        ReadersDone(pipeline);
        Acknowledge(pipeline);
        FinishGroups(pipeline);
    }

    public void Fail(int pipeline, int taskGroup, string text = "connection refused", ErrorCode? code = null) =>
        Tell(new JobEvent.TaskGroupFailed(Group(pipeline, taskGroup), State.Pipelines[pipeline].Attempt, new() { Text = text, Code = code }));

    private TaskGroupLocation LocationOf(int pipeline, PlannedTaskGroup group) => State.Plan.LocationOf(State.Plan.Pipelines[pipeline], group);

    private IEnumerable<string> TrailOf(string fullName)
    {
        var changes = Did<JobEffect.Publish>().Select(publish => publish.Change).Where(change => change.FullName == fullName).ToArray();
        return changes.Select(change => change.To).Prepend(changes.FirstOrDefault()?.From ?? "");
    }

    private void Keep(Decision decision)
    {
        Effects.AddRange(decision.Effects);
        _log.AddRange(decision.Effects.OfType<JobEffect.Persist>().Select(persist => persist.Record));
        Latest = decision.Effects;
    }
}
