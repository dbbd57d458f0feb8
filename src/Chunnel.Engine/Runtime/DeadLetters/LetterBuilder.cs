using System.Text;
using Chunnel.Core;

namespace Chunnel.Engine;

/// <summary>Writes refused rows down as rows of the <see cref="DeadLetterTable"/>. One caller at a time.</summary>
/// <param name="jobId">Whose rows.</param>
/// <param name="subtask">Which subtask's.</param>
/// <param name="memory">Where the bytes come from.</param>
/// <param name="clock">The time.</param>
internal sealed class LetterBuilder(long jobId, int subtask, BatchMemory memory, TimeProvider clock) : IDisposable
{
    private const int BatchRows = 1024;
    private const int FirstJsonBytes = 4 << 10;

    private readonly Queue<ColumnBatch> _built = new();
    private readonly ByteWriter _json = new(FirstJsonBytes);
    private BatchBuilder? _builder;
    private int _rows;
    private TableSchema? _named;
    private byte[][] _names = [];

    public bool IsEmpty => _rows == 0 && _built.Count == 0;

    /// <summary>A row of a batch.</summary>
    public void Add(string step, ColumnBatch batch, int row, string code, string message)
    {
        WriteJson(batch, row);
        Add(step, batch.Schema.TableId, batch.KindAt(row), _json.Written, code, message, null, batch.FirstRow + row + 1);
    }

    /// <summary>What could not be read: its text is one JSON text, so that <c>row_data</c> is always JSON.</summary>
    public void Add(string step, string table, string? text, string position, long number, string code, string message)
    {
        _json.Clear();
        if (text is not null) JsonText.AppendString(_json, Encoding.UTF8.GetBytes(text));
        Add(step, table, RowKind.Insert, _json.Written, code, message, position, number);
    }

    /// <summary>What was written down since the last call; the caller owns it.</summary>
    public IReadOnlyList<ColumnBatch> Take()
    {
        Build();
        ColumnBatch[] taken = [.. _built];
        _built.Clear();
        return taken;
    }

    public void Dispose()
    {
        _builder?.Dispose();
        _builder = null;
        while (_built.TryDequeue(out var batch)) batch.Dispose();
    }

    private void Add(string step, string table, RowKind kind, ReadOnlySpan<byte> json, string code, string message, string? position, long number)
    {
        var to = _builder ??= new BatchBuilder(DeadLetterTable.Schema, memory, BatchRows);
        var row = _rows;
        to.Fixed<long>(0)[row] = jobId;
        Append(to.Text(1), step);
        Append(to.Text(2), table);
        Append(to.Text(3), kind.ToFullText());
        if (json.IsEmpty) to.Text(4).AppendNull();
        else to.Text(4).Append(json);
        Append(to.Text(5), code);
        Append(to.Text(6), message);
        if (position is null) to.Text(7).AppendNull();
        else Append(to.Text(7), position);
        if (number > 0) to.Fixed<long>(8)[row] = number;
        else to[8].AppendNullAt(row);
        to.Fixed<int>(9)[row] = subtask;
        to.Timestamp(10).Micros[row] = (clock.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        _rows++;
        if (_rows == BatchRows || to.Bytes >= ColumnBatch.AimBytes) Build();
    }

    private void Build()
    {
        if (_builder is not { } builder || _rows == 0) return;
        _built.Enqueue(builder.Build(_rows));
        builder.Dispose();
        (_builder, _rows) = (null, 0);
    }

    private void WriteJson(ColumnBatch batch, int row)
    {
        if (!ReferenceEquals(_named, batch.Schema))
        {
            _named = batch.Schema;
            _names = [.. batch.Schema.Columns.Select(column => Encoding.UTF8.GetBytes(column.Name))];
        }
        _json.Clear();
        _json.Append((byte)'{');
        for (var column = 0; column < _names.Length; column++)
        {
            if (column > 0) _json.Append((byte)',');
            JsonText.AppendString(_json, _names[column]);
            _json.Append((byte)':');
            JsonText.Append(_json, batch[column], row);
        }
        _json.Append((byte)'}');
    }

    private static void Append(TextBuilder to, string text) => to.Append(Encoding.UTF8.GetBytes(text));
}
