namespace Chunnel.Control;

public enum TaskGroupKind
{
    /// <summary>Coordinator: the split enumerator of one source.</summary>
    Enumerator,

    /// <summary>Coordinator: the aggregated committer of one sink.</summary>
    AggregatedCommitter,

    /// <summary>One subtask: a reader and the sinks that it feeds.</summary>
    Source,

    /// <summary>The writers behind a shuffle.</summary>
    Shuffle,
}
