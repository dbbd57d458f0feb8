using Chunnel.Core;
using Chunnel.Plugins;

namespace Chunnel.Transforms.Tables;

/// <summary>What a transform does to one table, keeping nothing between batches.</summary>
public interface ITableTransform : IDisposable
{
    /// <summary>The table that comes out.</summary>
    TableSchema Output { get; }

    /// <summary>Tables that come out beside it.</summary>
    IReadOnlyList<TableSchema> SideOutputs => [];

    /// <summary>Under which name a column that comes in comes out, if it does: a renamed column stays one for those behind.</summary>
    string NameOut(string column) => column;

    /// <summary>What its columns are made of.</summary>
    TableLineage LineageOf(TableSchema input) => TableLineage.Untold(input, Output);

    /// <summary>What the tables beside it are made of.</summary>
    IReadOnlyList<TableLineage> SideLineageOf(TableSchema input) => [.. SideOutputs.Select(side => TableLineage.Untold(input, side))];

    /// <summary>Rows that a batch should have at most: see <see cref="ITransform.BatchRows"/>.</summary>
    int BatchRows => ColumnBatch.AimRows;

    /// <summary>Told once, before the first batch.</summary>
    void Open(TransformRuntime runtime)
    {
    }

    /// <summary>Takes the batch over and hands on what comes out of it: nothing, one batch or several.</summary>
    ValueTask ApplyAsync(ColumnBatch batch, ITransformOutput output, CancellationToken stop);
}

/// <summary>A transform with at most one batch out for each that comes in.</summary>
public interface IBatchTransform : ITableTransform
{
    /// <summary>Takes the batch over; null when no row is left.</summary>
    ColumnBatch? Apply(ColumnBatch batch);

    ValueTask ITableTransform.ApplyAsync(ColumnBatch batch, ITransformOutput output, CancellationToken stop) =>
        Apply(batch) is { } result ? output.EmitAsync(result, stop) : ValueTask.CompletedTask;
}
