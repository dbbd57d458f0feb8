namespace Chunnel.Control;

/// <summary>What the shell around the slots has to do.</summary>
public abstract record SlotEffect
{
    /// <summary>Tell a job: one of <see cref="JobEvent.SlotsGranted"/>, <see cref="JobEvent.SlotsDenied"/>, <see cref="JobEvent.SlotsPending"/>.</summary>
    public sealed record Answer(long JobId, JobEvent What) : SlotEffect;

    /// <summary>Send <see cref="SlotEvent.CheckDue"/> at this time; a later order replaces an earlier one.</summary>
    public sealed record StartTimer(Instant At) : SlotEffect;

    /// <summary>A line for the log of this job.</summary>
    public sealed record Say(long JobId, LogLine Line) : SlotEffect;
}
