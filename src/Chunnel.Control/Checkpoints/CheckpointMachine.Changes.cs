namespace Chunnel.Control;

/// <content>
/// A change of a table's schema (engine.md 6.8): its reader holds it, a checkpoint completes all rows before it, the change goes through the pipeline,
/// a checkpoint completes it, the reader reads on. One change at a time; meanwhile no other checkpoint begins.
/// </content>
public static partial class CheckpointMachine
{
    private static CheckpointDecision Hold(CheckpointState state, TaskLocation reader, CheckpointPolicy policy, Instant now)
    {
        if (!state.Readers.Contains(reader) || state.ChangesHeld.Contains(reader) || state.Change?.Reader == reader) return new(state);
        return TriggerIfDue(state with { ChangesHeld = state.ChangesHeld.Add(reader) }, policy, now);
    }

    private static TaskLocation? ChangingOf(CheckpointState state, CheckpointType type) => type switch
    {
        CheckpointType.SchemaChangeBefore => state.ChangesHeld[0],
        CheckpointType.SchemaChangeAfter => state.Change!.Reader,
        _ => null,
    };

    private static CheckpointState LetPass(CheckpointState state, CheckpointPolicy policy, Instant now) => state with
    {
        ChangesHeld = state.ChangesHeld.RemoveAt(0),
        Change = new(state.ChangesHeld[0], HasPassed: false, now + policy.SchemaChangeTimeout),
        NextTriggerAt = null,
    };

    private static CheckpointDecision Passed(CheckpointState state, TaskLocation reader, CheckpointPolicy policy, Instant now) =>
        state.Change is { HasPassed: false } change && change.Reader == reader
            ? TriggerIfDue(state with { Change = change with { HasPassed = true } }, policy, now)
            : new(state);
}
