using Chunnel.Core;

namespace Chunnel.Connectors.Files;

/// <summary>Reads one split in its format.</summary>
internal interface ISplitScanner : IAsyncDisposable
{
    /// <summary>Where the row after the last batch is.</summary>
    FilePosition Position { get; }

    /// <summary>Values so far that were rounded to the places of their columns.</summary>
    long RoundedValues => 0;

    /// <summary>The next rows with the columns of <see cref="FileTable.DataSchema"/>, owned by the caller; null at the split's end.</summary>
    ValueTask<ColumnBatch?> ReadAsync(CancellationToken stop);
}
