using Chunnel.Core;

namespace Chunnel.Formats;

/// <summary>
/// Reads one stream of bytes into batches of one table. One owner calls it, one call at a time. Between two reads the position is exact:
/// a decoder that starts there goes on with the very next row.
/// </summary>
public interface ITableDecoder : IAsyncDisposable
{
    /// <summary>The table that its batches carry, by reference.</summary>
    TableSchema Schema { get; }

    /// <summary>Behind the last row of the last batch; where it started before the first.</summary>
    DataPosition Position { get; }

    /// <summary>Rows left out so far because an option said so.</summary>
    long SkippedRows { get; }

    /// <summary>Values so far that were rounded to the places of their columns.</summary>
    long RoundedValues { get; }

    /// <summary>The next batch, which the caller owns, or null at the end. A batch may be short of its usual rows, never empty.</summary>
    /// <exception cref="ChunnelException">Damaged data: the text names the file, line, column and value.</exception>
    ValueTask<ColumnBatch?> ReadAsync(CancellationToken stop);
}
