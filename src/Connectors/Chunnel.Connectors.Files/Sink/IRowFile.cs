using Chunnel.Core;

namespace Chunnel.Connectors.Files;

/// <summary>A file that rows are written to in its format. Disposing it before it is completed gives it up.</summary>
internal interface IRowFile : IAsyncDisposable
{
    /// <summary>Writes the rows that count. The batch stays its owner's.</summary>
    ValueTask WriteAsync(ColumnBatch batch, CancellationToken stop);

    /// <summary>Ends the file; returns when it would outlive a power cut.</summary>
    ValueTask CompleteAsync(CancellationToken stop);
}
