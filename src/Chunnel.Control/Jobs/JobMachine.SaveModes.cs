namespace Chunnel.Control;

/// <content>Save modes run once, before the job asks for slots.</content>
public static partial class JobMachine
{
    private static void RunSaveModes(Draft draft)
    {
        draft.State = draft.State with
        {
            IsRunningSaveModes = true,
            Deadline = new(draft.Now + draft.Limits.SaveModes, DeadlineKind.SaveModes),
        };
        draft.Do(new JobEffect.RunSaveModes());
    }

    /// <summary>Told to stop, they may still say that they are done: either way they are over.</summary>
    private static void SaveModesDone(Draft draft)
    {
        if (!draft.State.IsRunningSaveModes) return;
        draft.Record(new ControlRecord.SaveModesDone(draft.State.Plan.JobId));
        draft.State = draft.State with { IsRunningSaveModes = false, Deadline = null };
    }

    private static void SaveModesFailed(Draft draft, Failure failure)
    {
        if (!draft.State.IsRunningSaveModes) return;
        draft.State = draft.State with { IsRunningSaveModes = false, Deadline = null };
        if (!IsStopping(draft.State)) Lose(draft, failure);
    }

    private static void StopPreparing(Draft draft)
    {
        if (!draft.State.IsRunningSaveModes) return;
        if (draft.State.Deadline is { Kind: DeadlineKind.Stop }) return;
        draft.State = draft.State with { Deadline = new(draft.Now + draft.Limits.Stop, DeadlineKind.Stop) };
        draft.Do(new JobEffect.StopSaveModes());
    }

    private static void ExpireSaveModes(Draft draft)
    {
        if (draft.State.Deadline is not { } deadline || !deadline.HasPassed(draft.Now)) return;
        if (IsStopping(draft.State))
        {
            draft.Say("The save modes did not stop in time and are abandoned.", isWarning: true);
            draft.State = draft.State with { IsRunningSaveModes = false, Deadline = null };
            return;
        }
        Lose(draft, ControlErrors.Expired(
            "The save modes of the sinks were not done", draft.Limits.SaveModes, "Do the systems behind the sinks answer?"));
    }

    private static bool IsStopping(JobState state) => state.IsCancelRequested || state.IsSavepointRequested || state.Failure is not null;
}
