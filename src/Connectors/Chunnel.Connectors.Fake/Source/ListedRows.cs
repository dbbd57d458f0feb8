using Chunnel.Core;

namespace Chunnel.Connectors.Fake;

/// <summary>Batches of the rows that the job file lists.</summary>
internal sealed class ListedRows(TableSchema schema, IReadOnlyList<FixedRow> rows, FakeStart start, BatchMemory memory, int batchRows) : RowMaker
{
    private readonly BatchBuilder _builder = new(schema, memory, batchRows);
    private readonly CellWriter _writer = new(start.Now);

    public override long BatchBytes => ColumnBatch.AimBytes;

    public override ColumnBatch Make(FakeSplit split, long readBefore)
    {
        var count = 0;
        for (var at = (int)split.Position; at < split.Rows && count < _builder.Capacity && (count == 0 || _builder.Bytes < ColumnBatch.AimBytes); at++, count++)
        {
            _writer.PutRow(_builder, count, rows[at].Fields);
            if (rows[at].Kind != RowKind.Insert) _builder.Kinds[count] = (byte)rows[at].Kind;
        }
        return _builder.Build(count, readBefore);
    }

    public override void Dispose() => _builder.Dispose();
}
