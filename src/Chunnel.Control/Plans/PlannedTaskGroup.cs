using System.Collections.Immutable;

namespace Chunnel.Control;

/// <summary>What is placed whole into one slot: a coordinator, or one subtask of a source with its sinks.</summary>
public sealed record PlannedTaskGroup
{
    /// <summary>Unique in its pipeline, and the same after every restore.</summary>
    public required long Id { get; init; }

    public required TaskGroupKind Kind { get; init; }

    /// <summary>As the log names it: <c>pipeline-1 [Source[0]-FakeSource]-SourceTask</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Which of the parallel groups, from 0.</summary>
    public int Index { get; init; }

    /// <summary>How many parallel groups there are.</summary>
    public int Count { get; init; } = 1;

    /// <summary>At least one.</summary>
    public required ImmutableArray<PlannedTask> Tasks { get; init; }
}
