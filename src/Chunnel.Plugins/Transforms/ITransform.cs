using Chunnel.Core;

namespace Chunnel.Plugins;

/// <summary>Rewrites batches; keeps no state between them. One subtask has its own.</summary>
public interface ITransform : IAsyncDisposable
{
    /// <summary>The tables that come out, for the tables that come in.</summary>
    IReadOnlyList<TableSchema> Tables { get; }

    /// <summary>
    /// Rows that a batch should have at most: few, when each of them waits for a system, so that barriers do not wait long behind one. Asked
    /// before the transform is opened; a batch that has more is worked on all the same.
    /// </summary>
    int BatchRows => ColumnBatch.AimRows;

    ValueTask OpenAsync(TransformRuntime runtime, CancellationToken stop) => ValueTask.CompletedTask;

    /// <summary>Takes the batch over and emits none, one or more. Completes at once unless it waits for a system.</summary>
    ValueTask ApplyAsync(ColumnBatch batch, ITransformOutput output, CancellationToken stop);

    /// <summary>What each table that comes out is made of, for people and catalogs of data; empty when the transform does not tell. Asked before it is disposed of, never while it runs.</summary>
    IReadOnlyList<TableLineage> Lineage => [];

    /// <summary>The change as the transform's output knows it; null when its output does not change.</summary>
    SchemaChange? Map(SchemaChange change) => change;
}

/// <summary>Where a transform's batches go.</summary>
public interface ITransformOutput
{
    /// <summary>Hands a batch on, giving it away.</summary>
    ValueTask EmitAsync(ColumnBatch batch, CancellationToken stop);
}

/// <summary>What a transform is told when it starts in a subtask.</summary>
public sealed record TransformRuntime
{
    public required int Subtask { get; init; }

    public required BatchMemory Memory { get; init; }

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    public Action<SkippedRow> Skipped { get; init; } = _ => { };

    /// <summary>Takes the rows that the transform cannot work on.</summary>
    public IRowRefusals Refusals { get; init; } = NoRefusals.Allowed;

    /// <summary>Adds to a counter that the job's metrics show under its name, such as what a system was asked and what it charges.</summary>
    public Action<string, long> Count { get; init; } = (_, _) => { };
}
