namespace Chunnel.Control;

/// <content>What follows by itself from a state, until nothing does.</content>
public static partial class JobMachine
{
    private static void Settle(Draft draft)
    {
        if (draft.State.Status.IsTerminal) return;
        JobState before;
        do
        {
            before = draft.State;
            StopAll(draft);
            draft.Tell();
            for (var pipeline = 0; pipeline < draft.State.Pipelines.Length; pipeline++) PipelineMachine.FollowUp(draft, pipeline);
            LetGoOfKept(draft);
            draft.Tell();
            if (draft.State.Status.IsTerminal) return;
            GoOn(draft);
        }
        while (!ReferenceEquals(before, draft.State));
    }

    /// <summary>When the job cannot end well, its other pipelines end too; a lost or stopped pipeline takes all its groups along.</summary>
    private static void StopAll(Draft draft)
    {
        if (draft.State.IsLost) StopPipelines(draft, StopCause.JobFails);
        for (var pipeline = 0; pipeline < draft.State.Pipelines.Length; pipeline++) PipelineMachine.StopIfDue(draft, pipeline);
        LetGoOfKept(draft);
    }

    private static void LetGoOfKept(Draft draft)
    {
        for (var pipeline = 0; pipeline < draft.State.Pipelines.Length; pipeline++) PipelineMachine.LetGoOfKept(draft, pipeline);
    }

    private static void StopPipelines(Draft draft, StopCause cause)
    {
        for (var pipeline = 0; pipeline < draft.State.Pipelines.Length; pipeline++)
        {
            if (draft[pipeline].Stop is null && !draft[pipeline].Status.IsTerminal) draft[pipeline] = draft[pipeline] with { Stop = cause };
        }
    }

    private static void GoOn(Draft draft)
    {
        if (draft.State.Status == JobStatus.Initializing && !draft.State.IsRunningSaveModes) Create(draft);
        if (draft.State.Status == JobStatus.Created || IsToAskAgain(draft.State)) AskForSlots(draft);
        for (var pipeline = 0; pipeline < draft.State.Pipelines.Length; pipeline++)
        {
            AskForSlotsIfDue(draft, pipeline);
            PipelineMachine.StartIfReady(draft, pipeline);
            SavepointIfDue(draft, pipeline);
        }
        CarryOutDueIfRunning(draft);
        draft.Tell();
    }

    private static void Create(Draft draft)
    {
        for (var pipeline = 0; pipeline < draft.State.Pipelines.Length; pipeline++)
        {
            for (var taskGroup = 0; taskGroup < draft[pipeline].TaskGroups.Length; taskGroup++)
            {
                PipelineMachine.Apply(draft, pipeline, taskGroup, new TaskGroupInput.Create());
            }
        }
        draft.Tell();
    }

    /// <summary>Each attempt learns anew that a savepoint is wanted, so that a lost one is followed by another try.</summary>
    private static void SavepointIfDue(Draft draft, int pipeline)
    {
        var checkpoint = draft[pipeline].Checkpoint;
        if (!draft.State.IsSavepointRequested || !checkpoint.IsStarted || checkpoint.IsSavepointWanted) return;
        if (draft[pipeline].Status == PipelineStatus.Running) PipelineMachine.Checkpoint(draft, pipeline, new CheckpointEvent.SavepointWanted());
    }
}
