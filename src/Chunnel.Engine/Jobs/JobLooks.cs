using Chunnel.Control;

namespace Chunnel.Engine;

/// <summary>What of a job's state is shown.</summary>
internal static class JobLooks
{
    /// <summary>True when nobody sees a difference: most steps of a running job change deadlines alone.</summary>
    public static bool LooksLike(this JobState state, JobState before)
    {
        if (ReferenceEquals(state, before)) return true;
        var status = state.Status;
        if (status != before.Status || status.IsTerminal || state.ErrorText != before.ErrorText) return false;
        for (var i = 0; i < state.Pipelines.Length; i++)
        {
            var (was, now) = (before.Pipelines[i], state.Pipelines[i]);
            if (was.Status != now.Status || was.Attempt != now.Attempt || !ReferenceEquals(was.Checkpoint, now.Checkpoint)) return false;
        }
        return true;
    }
}
