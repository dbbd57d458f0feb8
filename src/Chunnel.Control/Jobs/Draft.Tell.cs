using System.Collections.Immutable;

namespace Chunnel.Control;

/// <content>Finds what has changed since it was told last, checks that the step is legal, and tells it.</content>
internal sealed partial class Draft
{
    public void Tell()
    {
        if (ReferenceEquals(_told, State)) return;
        for (var pipeline = 0; pipeline < State.Pipelines.Length; pipeline++)
        {
            if (!ReferenceEquals(_told.Pipelines[pipeline], State.Pipelines[pipeline])) TellPipeline(pipeline);
        }
        TellJob();
        _told = State;
    }

    private void TellPipeline(int pipeline)
    {
        var before = _told.Pipelines[pipeline];
        TellTaskGroups(pipeline, isNewAttempt: before.Attempt != this[pipeline].Attempt);
        var status = this[pipeline].Status;
        if (status == before.Status) return;
        var plan = this[pipeline].Plan;
        Belief.Holds(PipelineTransitions.Allow(before.Status, status), because: $"a pipeline does not turn from {before.Status.Name} to {status.Name}");
        this[pipeline] = this[pipeline] with { Times = this[pipeline].Times.Entered(status, Now) };
        if (status.IsTerminal)
        {
            var error = status == PipelineStatus.Failed ? this[pipeline].Failure?.Failure.ToString() : null;
            Record(new ControlRecord.PipelineEnded(State.Plan.JobId, plan.Id, status, error));
        }
        Publish(State.Plan.FullNameOf(plan), before.Status.Name, status.Name);
    }

    private void TellTaskGroups(int pipeline, bool isNewAttempt)
    {
        var before = _told.Pipelines[pipeline].TaskGroups;
        var after = this[pipeline].TaskGroups;
        if (before == after) return;
        var released = ImmutableArray.CreateBuilder<SlotGrant>();
        var stamped = after.ToBuilder();
        for (var index = 0; index < after.Length; index++)
        {
            if (ReferenceEquals(before[index], after[index])) continue;
            stamped[index] = TellTaskGroup(pipeline, index, before[index].Status, isNewAttempt, released);
        }
        this[pipeline] = this[pipeline] with { TaskGroups = stamped.MoveToImmutable() };
        if (released.Count == 0) return;
        if (this[pipeline].Failure is null) Do(new JobEffect.ReleaseSlots(released.ToImmutable()));
        else this[pipeline] = this[pipeline] with { Kept = this[pipeline].Kept.AddRange(released) };
    }

    /// <summary>A new attempt is a new life: its groups are CREATED without having turned from anything.</summary>
    private TaskGroupState TellTaskGroup(
        int pipeline, int index, TaskGroupStatus before, bool isNewAttempt, ImmutableArray<SlotGrant>.Builder released)
    {
        var taskGroup = this[pipeline, index];
        if (taskGroup.Status == before && !isNewAttempt) return taskGroup;
        if (!isNewAttempt)
        {
            Belief.Holds(TaskGroupTransitions.Allow(before, taskGroup.Status), because: $"a task group does not turn from {before.Name} to {taskGroup.Status.Name}");
            var plan = this[pipeline].Plan;
            Publish(State.Plan.FullNameOf(plan, plan.TaskGroups[index]), before.Name, taskGroup.Status.Name);
        }
        taskGroup = taskGroup with { Times = taskGroup.Times.Entered(taskGroup.Status, Now) };
        if (!taskGroup.Status.IsTerminal || taskGroup.Slot is not { } slot) return taskGroup;
        released.Add(slot);
        return taskGroup with { Slot = null };
    }

    private void TellJob()
    {
        var before = _told.Status;
        var status = State.Status;
        if (status == before) return;
        Belief.Holds(JobTransitions.Allow(before, status), because: $"a job does not turn from {before.Name} to {status.Name}");
        State = State with { Times = State.Times.Entered(status, Now) };
        Publish(State.Plan.FullName, before.Name, status.Name);
        if (status.IsTerminal) TellTheEnd();
    }

    public void TellTheEnd()
    {
        var error = State.Status == JobStatus.Failed ? State.ErrorText : null;
        Record(new ControlRecord.JobEnded(State.Plan.JobId, State.Status, error));
        Do(new JobEffect.JobEnded(State.Status, error));
    }

    private void Publish(string fullName, string from, string to) => Do(new JobEffect.Publish(new(fullName, from, to, Now)));
}
