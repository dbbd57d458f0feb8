using Chunnel.Core;

namespace Chunnel.Connectors.Fake;

/// <summary>Makes the batches of one table.</summary>
internal abstract class RowMaker : IDisposable
{
    /// <summary>About how many bytes a batch takes, to wait for before making one.</summary>
    public abstract long BatchBytes { get; }

    /// <summary>The split's rows from its position on, as many as a batch holds.</summary>
    /// <param name="split">Not done.</param>
    /// <param name="readBefore">Rows of the table that the reader made before, for error messages.</param>
    public abstract ColumnBatch Make(FakeSplit split, long readBefore);

    public abstract void Dispose();

    /// <param name="table">The table.</param>
    /// <param name="start">When the job began, and by which seed.</param>
    /// <param name="memory">Where batches get their bytes.</param>
    /// <param name="batchRows">The most rows of a batch.</param>
    public static RowMaker For(FakeTable table, FakeStart start, BatchMemory memory, int batchRows = ColumnBatch.AimRows) =>
        table.Rows is { } rows ? new ListedRows(table.Schema, rows, start, memory, batchRows) : new GeneratedRows(table, start, memory, batchRows);
}
