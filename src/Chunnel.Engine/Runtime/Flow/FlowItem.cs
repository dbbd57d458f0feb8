using Chunnel.Core;

namespace Chunnel.Engine;

internal enum FlowKind
{
    /// <summary>Nothing: the channel was woken, its reader looks at its other news.</summary>
    None,
    Batch,
    Barrier,
    SchemaChange,
}

/// <summary>What flows through a pipeline, in order.</summary>
internal readonly record struct FlowItem(FlowKind Kind, ColumnBatch? Batch = null, Barrier Barrier = default, SchemaChange? Change = null)
{
    /// <summary>Bytes that count against a channel; markers are free.</summary>
    public long Bytes => Batch?.Bytes ?? 0;

    public static FlowItem Of(ColumnBatch batch) => new(FlowKind.Batch, batch);

    public static FlowItem Of(Barrier barrier) => new(FlowKind.Barrier, Barrier: barrier);

    /// <param name="change">The change.</param>
    /// <param name="behind">The barrier that stands before it; none where the job takes no checkpoints.</param>
    public static FlowItem Of(SchemaChange change, Barrier behind) => new(FlowKind.SchemaChange, Barrier: behind, Change: change);
}
