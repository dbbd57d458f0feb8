namespace Chunnel.Control;

/// <summary>What a task does when a barrier comes.</summary>
public enum TaskKind
{
    /// <summary>Takes the barrier from the coordinator and hands it to its readers.</summary>
    Enumerator,

    /// <summary>Says when there is nothing more to read.</summary>
    Reader,

    Writer,

    AggregatedCommitter,
}
