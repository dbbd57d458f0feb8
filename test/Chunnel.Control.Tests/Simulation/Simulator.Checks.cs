namespace Chunnel.Control.Tests.Simulation;

/// <content>The promises of architecture.md section 6, held against the truth after every step and at the end.</content>
internal sealed partial class Simulator
{
    private static readonly Dictionary<string, JobStatus> _jobStatuses = Enum.GetValues<JobStatus>().ToDictionary(status => status.Name);

    private static readonly TimeSpan _checkpointsComeWithin = TimeSpan.FromMinutes(1);

    /// <summary>Nothing is done before what must survive is durable.</summary>
    private static void CheckOrder(Decision decision)
    {
        var acted = false;
        foreach (var effect in decision.Effects)
        {
            if (effect is not JobEffect.Persist) acted = true;
            else if (acted) throw new ViolationException("persist first", $"{effect} comes after an act");
        }
    }

    /// <summary>S5: told states follow one another without a gap, and nobody hears of anything after the end.</summary>
    private void CheckChange(SimJob job, StateChange change)
    {
        _trace?.Add($"          {change}");
        var isJob = change.FullName == job.FullName;
        if (job.Told.TryGetValue(change.FullName, out var last) && last != change.From && (isJob || change.From != "CREATED"))
        {
            throw new ViolationException("S5", $"{change} It was {last}.");
        }
        if (isJob && !JobTransitions.Allow(_jobStatuses[change.From], _jobStatuses[change.To])) throw new ViolationException("S5", $"{change}");
        job.Told[change.FullName] = change.To;
    }

    /// <summary>S5: what was told last is what the state says.</summary>
    private static void CheckTold(SimJob job)
    {
        if (job.Told.TryGetValue(job.FullName, out var told) && told != job.State.Status.Name)
        {
            throw new ViolationException("S5", $"job {job.Plan.JobId} is {job.State.Status.Name} and was told to be {told}");
        }
        for (var index = 0; index < job.State.Pipelines.Length; index++)
        {
            var pipeline = job.State.Pipelines[index];
            if (job.Told.TryGetValue(job.PipelineNames[index], out told) && told != pipeline.Status.Name)
            {
                throw new ViolationException("S5", $"pipeline {pipeline.Plan.Id} of job {job.Plan.JobId} is {pipeline.Status.Name} and was told to be {told}");
            }
        }
    }

    private void CheckStep(JobState before, SimJob job)
    {
        var after = job.State;
        var wasOver = before.Status.IsTerminal;
        if (wasOver && after.Status != before.Status) throw new ViolationException("S5", $"job {job.Plan.JobId} left {before.Status.Name} for {after.Status.Name}");
        for (var index = 0; index < after.Pipelines.Length; index++)
        {
            if (!ReferenceEquals(before.Pipelines[index], after.Pipelines[index])) CheckPipeline(job, before.Pipelines[index], after.Pipelines[index]);
        }
        if (job.Policy.PipelineConcurrency is { } most && DeployedIn(after) is var deployed && deployed > most)
        {
            throw new ViolationException("pipeline_concurrency", $"{deployed} pipelines of job {job.Plan.JobId} hold or want slots, {most} allowed");
        }
        if (after.Status.IsTerminal && after.Pipelines.Any(pipeline => !pipeline.Kept.IsEmpty || pipeline.TaskGroups.Any(group => group.Slot is not null)))
        {
            throw new ViolationException("S6", $"job {job.Plan.JobId} has ended and holds slots");
        }
    }

    /// <summary>Those that are being restored keep their place.</summary>
    private static int DeployedIn(JobState state) =>
        state.Pipelines.Count(pipeline => !pipeline.Status.IsTerminal && (pipeline.RestoresUsed > 0 || pipeline.OpenSlotRequest is not null || pipeline.TaskGroups.Any(group => group.Slot is not null)));

    private void CheckPipeline(SimJob job, PipelineState before, PipelineState after)
    {
        if (after.Attempt < before.Attempt) throw new ViolationException("S4", $"attempt {after.Attempt} of pipeline {after.Plan.Id} follows attempt {before.Attempt}");
        if (after.RestoresUsed > job.Policy.RetryTimes) throw new ViolationException("retry", $"{after.RestoresUsed} restores, {job.Policy.RetryTimes} allowed");
        for (var index = 0; index < after.TaskGroups.Length; index++)
        {
            var (was, group) = (before.TaskGroups[index], after.TaskGroups[index]);
            if (ReferenceEquals(was, group)) continue;
            var location = job.Plan.LocationOf(after.Plan, after.Plan.TaskGroups[index]);
            if (group.Slot is { } slot && !group.Status.IsTerminal && !_ledger.MayUse(slot)) throw new ViolationException("S6", $"{location} runs in {slot.Slot}, which is not its own");
            if (group.Status != TaskGroupStatus.Finished || was.Status == TaskGroupStatus.Finished) continue;
            var truth = _truth.GetValueOrDefault((location, after.Attempt))?.Phase;
            if (truth != SimPhase.Finished) throw new ViolationException("S4", $"{location} counts as finished in attempt {after.Attempt}, but is {truth}");
        }
    }

    /// <summary>S1, S4: only what all tasks of this very attempt have acknowledged, and the log says so, is committed.</summary>
    private void CheckCommit(SimJob job, SimGroup group, long id)
    {
        var (pipelineId, attempt) = (group.Location.PipelineId, group.Attempt);
        if (!job.CompletedInLog.Contains((pipelineId, attempt, id))) throw new ViolationException("persist first", $"{group.Location} commits {id} of attempt {attempt} before it is durable");
        if (GroupsOf(job, pipelineId, attempt).Any(other => other?.Barriers.Contains(id) != true))
        {
            throw new ViolationException("S1", $"{group.Location} commits {id} of attempt {attempt}, which not every task has acknowledged");
        }
    }

    /// <summary>S3: an attempt goes on from the newest completed checkpoint.</summary>
    private static void CheckRestore(SimJob job, JobEffect.DeployTaskGroup deploy)
    {
        var newest = job.NewestInLog.GetValueOrDefault(deploy.Group.PipelineId) ?? job.Origin.Checkpoints.GetValueOrDefault(deploy.Group.PipelineId);
        if (!ReferenceEquals(deploy.Restore, newest)) throw new ViolationException("S3", $"{deploy.Group} goes on from {deploy.Restore?.Id}, the newest is {newest?.Id}");
    }

    /// <summary>S1, S2: a job that has ended well shows exactly what its readers have read.</summary>
    private void CheckRows(SimJob job)
    {
        if (job.State.Status is not (JobStatus.Finished or JobStatus.SavepointDone)) return;
        foreach (var pipeline in job.State.Pipelines.Where(pipeline => pipeline.WasScheduled))
        {
            foreach (var group in GroupsOf(job, pipeline.Plan.Id, pipeline.Attempt).OfType<SimGroup>().Where(group => group.Plan.Kind == TaskGroupKind.Source))
            {
                var visible = _sink.GetValueOrDefault(group.Location);
                if (visible != group.Rows) throw new ViolationException(visible < group.Rows ? "S1" : "S2", $"{group.Location} has read {group.Rows} rows, {visible} are visible");
            }
        }
    }

    /// <summary>S7: counters are part of the state. A complete checkpoint says of every writer what that writer had counted, and less than an earlier one never.</summary>
    private void CheckCounters(SimJob job, ControlRecord.CheckpointCompleted completed)
    {
        var before = job.NewestInLog.GetValueOrDefault(completed.PipelineId);
        foreach (var part in completed.Checkpoint.Parts)
        {
            if (part.Reference is not { } says) continue;
            var counted = _truth.GetValueOrDefault((part.Task.Group, completed.Fence.Attempt))?.Counted.GetValueOrDefault(completed.Checkpoint.Id);
            if (says != counted) throw new ViolationException("S7", $"checkpoint {completed.Checkpoint.Id} says {says} of {part.Task.Group}, which had counted {counted}");
            if (before?.Parts.FirstOrDefault(other => other.Task == part.Task)?.Reference is not { } said) continue;
            if (RowsOf(says) < RowsOf(said)) throw new ViolationException("S7", $"{part.Task.Group} had counted {RowsOf(said)} rows and counts {RowsOf(says)}");
        }
    }

    private static long RowsOf(string state) => SimRows.ParseState(state).Rows[^1].To;

    /// <summary>S8: what was begun is complete, or those who prepared for it were told that it never will be.</summary>
    private static void CheckLeftovers(SimJob job)
    {
        foreach (var begun in job.Begun)
        {
            if (!job.CompletedInLog.Contains(begun) && !job.Aborted.Contains(begun)) throw new ViolationException("S8", $"job {job.Plan.JobId} has ended, and {begun} is neither complete nor dropped");
        }
    }

    /// <summary>L1 for what has no end: with the faults long over it runs, or it waits for slots that others hold.</summary>
    private void CheckProgress()
    {
        foreach (var job in _jobs.Values.Where(job => !job.State.Status.IsTerminal))
        {
            if (job.State is { Status: JobStatus.Pending, IsResumed: true }) continue;
            if (job.Logged!.IsCancelRequested || job.Logged.IsSavepointRequested) throw new ViolationException("L2", $"job {job.Plan.JobId} was told to end and is {job.State.Status.Name}");
            // Where pipelines take turns, a job that runs may wait for the slots of its next one.
            var mayWait = job.State.Status == JobStatus.Pending || (job.State.Status == JobStatus.Running && job.Policy.PipelineConcurrency is not null);
            if (mayWait && _ledger.Waiting.Any(request => request.JobId == job.Plan.JobId)) continue;
            if (job.IsBounded || job.State.Status != JobStatus.Running) throw new ViolationException("L1", $"job {job.Plan.JobId} is still {job.State.Status.Name}");
            foreach (var pipeline in job.State.Pipelines)
            {
                if (pipeline.Status == PipelineStatus.Created && DeployedIn(job.State) == job.Policy.PipelineConcurrency) continue;
                if (GroupsOf(job, pipeline.Plan.Id, pipeline.Attempt).Any(group => group is not { Phase: SimPhase.Running, Hangs: false }))
                {
                    throw new ViolationException("L1", $"pipeline {pipeline.Plan.Id} of job {job.Plan.JobId} is {pipeline.Status.Name} but does not run");
                }
                if (job.Owing.Contains(pipeline.Plan.Id)) throw new ViolationException("L2", $"pipeline {pipeline.Plan.Id} of job {job.Plan.JobId} was told to take a savepoint and has not");
                if (GroupsOf(job, pipeline.Plan.Id, pipeline.Attempt).Any(group => Now - group!.AtChangeSince > _checkpointsComeWithin)) throw new ViolationException("L1", $"pipeline {pipeline.Plan.Id} of job {job.Plan.JobId} stands at a change of a schema");
                if (job.Policy.Checkpoints.Interval is not null && (!job.CompletedAt.TryGetValue(pipeline.Plan.Id, out var at) || Now - at > _checkpointsComeWithin))
                {
                    throw new ViolationException("L3", $"pipeline {pipeline.Plan.Id} of job {job.Plan.JobId} has completed no checkpoint for long");
                }
            }
        }
    }

    private void CheckTheEnd()
    {
        foreach (var job in _jobs.Values)
        {
            if (!job.HasEnded) throw new ViolationException(job.CancelledAt is null ? "L1" : "L2", $"job {job.Plan.JobId} is {job.State.Status.Name} for ever");
        }
        if (_ledger.Held > 0) throw new ViolationException("S6", $"all jobs have ended and {_ledger.Held} slots are taken");
        if (_ledger.Waiting.Count > 0) throw new ViolationException("L1", "all jobs have ended and some wait");
        Note("over", _slots.Workers.Count);
    }
}
