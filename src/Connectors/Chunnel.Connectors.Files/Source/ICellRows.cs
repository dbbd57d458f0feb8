using Chunnel.Core;

namespace Chunnel.Connectors.Files;

/// <summary>Rows of texts, for formats that hold cells rather than lines. A row's cells stand by the columns of <see cref="FileTable.DataSchema"/>.</summary>
internal interface ICellRows : IAsyncDisposable
{
    /// <summary>Where the row is, for messages.</summary>
    TextPosition Place { get; }

    /// <summary>Goes to the next row; false at the end.</summary>
    ValueTask<bool> NextAsync(CancellationToken stop);

    /// <summary>The text of a column in this row; null when it has none.</summary>
    string? Cell(int column);
}
