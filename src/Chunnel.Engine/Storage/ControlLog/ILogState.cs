namespace Chunnel.Engine;

/// <summary>
/// What the records of a log add up to. The log feeds it in log order with exactly what is durable, before whoever appended is told; a snapshot
/// is taken of it at the head of every epoch, so that the records before are not needed. One call at a time, from the log's own loop.
/// </summary>
public interface ILogState
{
    /// <summary>Forgets everything: a replay begins.</summary>
    void Clear();

    void Apply(LogRecord record);

    /// <summary>Records that, applied to a cleared state, lead to this one.</summary>
    IReadOnlyList<LogRecord> Snapshot();
}
