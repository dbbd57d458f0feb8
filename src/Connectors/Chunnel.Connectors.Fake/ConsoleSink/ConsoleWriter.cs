using System.Text;
using Chunnel.Core;
using Chunnel.Plugins;

namespace Chunnel.Connectors.Fake;

/// <summary>
/// Writes a batch's lines into one buffer and prints them at once:
/// <c>subtaskIndex=0  rowIndex=1:  SeaTunnelRow#tableId=t SeaTunnelRow#kind=INSERT : 1, a</c>.
/// </summary>
internal sealed class ConsoleWriter : ISinkWriter
{
    private readonly bool _printsData;
    private readonly TimeSpan _delay;
    private readonly WriterContext _context;
    private readonly ByteWriter _lines = new();
    private readonly byte[] _begin;
    private TableSchema _schema;
    private byte[][] _kinds = [];
    private long _rowIndex;

    public ConsoleWriter(TableSchema schema, bool printsData, TimeSpan delay, WriterContext context)
    {
        (_schema, _printsData, _delay, _context) = (schema, printsData, delay, context);
        _begin = Encoding.UTF8.GetBytes($"subtaskIndex={context.Subtask}  rowIndex=");
        NameTable(schema);
    }

    public ValueTask OpenAsync(CancellationToken stop)
    {
        _context.Print($"output rowType: {_schema.ToSeaTunnelText()}");
        return ValueTask.CompletedTask;
    }

    public async ValueTask WriteAsync(ColumnBatch batch, CancellationToken stop)
    {
        using (batch)
        {
            stop.ThrowIfCancellationRequested();
            if (!_printsData && _delay == TimeSpan.Zero) return;
            if (!ReferenceEquals(batch.Schema, _schema)) NameTable(batch.Schema);
            if (_delay == TimeSpan.Zero)
            {
                for (var i = 0; i < batch.Selected; i++) AppendLine(batch, batch.RowAt(i));
                Print();
                return;
            }
            for (var i = 0; i < batch.Selected; i++)
            {
                if (_printsData)
                {
                    AppendLine(batch, batch.RowAt(i));
                    Print();
                }
                await Task.Delay(_delay, _context.Clock, stop);
            }
        }
    }

    public ValueTask<byte[]?> PrepareCommitAsync(long checkpointId, CancellationToken stop) => new((byte[]?)null);

    public ValueTask ApplyAsync(SchemaChange change, CancellationToken stop)
    {
        _context.Print($"changed rowType before: {_schema.ToSeaTunnelText()}");
        if (change.After is { } after) NameTable(after);
        _context.Print($"changed rowType after: {_schema.ToSeaTunnelText()}");
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private void NameTable(TableSchema schema)
    {
        _schema = schema;
        _kinds = [.. Enum.GetValues<RowKind>().Select(kind => Encoding.UTF8.GetBytes($":  SeaTunnelRow#tableId={schema.TableId} SeaTunnelRow#kind={kind.ToFullText()} : "))];
    }

    private void AppendLine(ColumnBatch batch, int row)
    {
        _lines.Append(_begin);
        _lines.Append(++_rowIndex);
        _lines.Append(_kinds[(int)batch.KindAt(row)]);
        for (var column = 0; column < batch.ColumnCount; column++)
        {
            if (column > 0) _lines.Append(", "u8);
            ValueText.Append(_lines, batch[column], row, TextFormat.Console);
        }
        _lines.Append((byte)'\n');
    }

    private void Print()
    {
        if (_context.PrintLines is { } print)
        {
            print(_lines.Written);
        }
        else
        {
            foreach (var line in _lines.Written.Split((byte)'\n'))
            {
                if (line.Start.Value < _lines.Length) _context.Print(Encoding.UTF8.GetString(_lines.Written[line]));
            }
        }
        _lines.Clear();
    }
}
