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

    public static RowMaker For(FakeTable table, FakeStart start, BatchMemory memory) =>
        table.Rows is { } rows ? new ListedRows(table.Schema, rows, start, memory) : new GeneratedRows(table, start, memory);
}
