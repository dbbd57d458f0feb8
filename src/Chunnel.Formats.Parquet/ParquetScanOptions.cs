using Chunnel.Core;
using Chunnel.Formats.Arrow;

namespace Chunnel.Formats.Parquet;

/// <summary>Which part of a file to read, and as what.</summary>
public sealed record ParquetScanOptions
{
    /// <summary>Columns to read by name, in this order and as these types; all that the file has when not given. It may have no columns: then rows are only counted.</summary>
    public TableSchema? Schema { get; init; }

    /// <summary>The first row group.</summary>
    public int FirstRowGroup { get; init; }

    /// <summary>How many row groups; all that follow when not given.</summary>
    public int? RowGroupCount { get; init; }

    /// <summary>Number in the file of the row to begin with, to go on where an earlier scan stopped; the first of the row groups when not given.</summary>
    public long? StartRow { get; init; }

    /// <summary>Told of a row with a value that its type cannot hold, which is then left out: the batch, the row within it, what is wrong. When not given, the first one is the end.</summary>
    public Action<ColumnBatch, int, UnfitRows>? Unfit { get; init; }

    /// <summary>The most rows of a batch.</summary>
    public int BatchRows { get; init; } = ColumnBatch.AimRows;
}
