using Chunnel.Core;

namespace Chunnel.Connectors.Fake;

/// <summary>Batches of made-up rows, written column by column.</summary>
internal sealed class GeneratedRows : RowMaker
{
    /// <summary>A row that is larger is rather a slip in a size than meant.</summary>
    private const long MostRowBytes = 256L << 20;

    private readonly FakeTable _table;
    private readonly BatchMemory _memory;
    private readonly Generator?[] _generators;
    private readonly ColumnBuilder[] _builders;
    private readonly CellWriter _writer;
    private readonly int _batchRows;

    public GeneratedRows(FakeTable table, FakeStart start, BatchMemory memory, int batchRows)
    {
        (_table, _memory, _writer) = (table, memory, new CellWriter(start.Now));
        var generators = new Generators(table, start.Seed, table.Times.EpochDays(start.Now.Year));
        _generators = new Generator?[table.Schema.Columns.Count];
        long rowBytes = 1;
        for (var i = 0; i < _generators.Length; i++)
        {
            if (table.Defaults.ContainsKey(i)) continue;
            var generator = generators.Of(table.Schema.Columns[i]);
            _generators[i] = generator;
            rowBytes += generator.BytesPerValue;
        }
        if (rowBytes > MostRowBytes)
        {
            throw new ChunnelException(CommonErrors.OptionValidateFailed, $"A row of table '{table.Schema.TableId}' would take {rowBytes:N0} bytes.")
            {
                Mend = "Lower 'string.length', 'bytes.length', 'array.size' or 'map.size'.",
            };
        }
        _batchRows = (int)Math.Clamp(ColumnBatch.AimBytes / rowBytes, 1, batchRows);
        BatchBytes = _batchRows * rowBytes;
        _builders = [.. table.Schema.Columns.Select((column, i) => ColumnBuilder.For(column.Type, memory, _generators[i] is null ? 1 : _batchRows))];
    }

    public override long BatchBytes { get; }

    public override ColumnBatch Make(FakeSplit split, long readBefore)
    {
        var rows = (int)Math.Min(_batchRows, split.Rows - split.Position);
        var first = split.FirstRow + split.Position;
        for (var i = 0; i < _builders.Length; i++)
        {
            if (_generators[i] is { } generator) generator.Fill(_builders[i], first, rows);
            else _writer.PutValue(_builders[i], 0, _table.Defaults[i], _table.Schema.Columns[i].Name);
        }
        var columns = new Column[_builders.Length];
        for (var i = 0; i < columns.Length; i++)
        {
            columns[i] = _generators[i] is null ? new ConstantColumn(_builders[i].Build(1), rows) : _builders[i].Build(rows);
        }
        return new ColumnBatch(_table.Schema, rows, columns, _memory) { FirstRow = readBefore };
    }

    public override void Dispose()
    {
        foreach (var builder in _builders) builder.Dispose();
    }
}
