using Chunnel.Core;
using Chunnel.Plugins;

namespace Chunnel.Formats;

/// <summary>
/// The loop that row formats share: fill the window, scan rows into a grid, let each column's reader decode its fields, build the batch and
/// move the position to the border behind it.
/// </summary>
internal sealed class RowDecoder : IDisposable
{
    /// <summary>Wide tables get batches of fewer rows, so that the memory of a batch stays near its aim.</summary>
    private const int UsualValueBytes = 16;
    private const int LeastRows = 64;

    private readonly DecodeRequest _request;
    private readonly InputBuffer _input;
    private readonly RowScanner _scanner;
    private readonly FieldReader[] _readers;
    private readonly FieldContext _context;
    private readonly FieldGrid _grid;
    private readonly BatchBuilder _builder;
    private readonly List<int> _skippedBefore = []; // grid rows before which a bad row was left out
    private DataPosition _position;
    private bool _isOver;

    public RowDecoder(DecodeRequest request, InputBuffer input, DataPosition position, RowScanner scanner, int fields, FieldReader[] readers, FieldContext context)
    {
        _request = request;
        _input = input;
        _position = position;
        _scanner = scanner;
        _readers = readers;
        _context = context;
        var rows = Math.Clamp(ColumnBatch.AimBytes / (UsualValueBytes * Math.Max(1, fields)), LeastRows, ColumnBatch.AimRows);
        rows = Math.Min(rows, request.BatchRows);
        _grid = new FieldGrid(fields, rows);
        _builder = new BatchBuilder(request.Schema, request.Memory, rows);
    }

    public DataPosition Position => _position;

    public long SkippedRows { get; private set; }

    public long RoundedValues => _context.RoundedValues;

    public async ValueTask<ColumnBatch?> ReadAsync(CancellationToken stop)
    {
        await _request.Memory.WaitForRoomAsync(ColumnBatch.AimBytes, stop);
        while (!_isOver && _position.ByteOffset < _request.EndOffset)
        {
            var oneLineEach = await ScanAsync(stop);
            var batch = Decode(oneLineEach);
            if (batch is not null) return batch;
            if (_input is { IsLast: true, Length: 0 }) return null;
        }
        return null;
    }

    public void Dispose()
    {
        _input.Dispose();
        _builder.Dispose();
    }

    /// <summary>Fills the grid as far as rows are to be had. True when every row took one line.</summary>
    private async ValueTask<bool> ScanAsync(CancellationToken stop)
    {
        _grid.SetRows(0);
        _grid.RowStarts[0] = 0;
        _skippedBefore.Clear();
        var oneLineEach = true;
        while (true)
        {
            var end = Scan();
            oneLineEach &= end.OneLineEach;
            switch (end.Stop)
            {
                case ScanStop.Full:
                    return oneLineEach;
                case ScanStop.BadRow:
                    var known = _grid.Rows > 0 && _request.EndsAtBadRow;
                    if (known || _position.ByteOffset + _grid.RowStarts[_grid.Rows] >= _request.EndOffset) return oneLineEach;
                    // Trouble that takes no bytes is the end of the data itself.
                    _isOver = end.Bad.Next == _grid.RowStarts[_grid.Rows];
                    LeaveOut(end.Bad);
                    if (_isOver) return false;
                    oneLineEach = false;
                    break;
                default:
                    if (_input.IsLast || (_grid.Rows > 0 && _input.IsFull)) return oneLineEach;
                    await _input.FillAsync(stop);
                    break;
            }
        }
    }

    private unsafe ScanEnd Scan() => _scanner.Scan(_input.Pointer, _input.Length, _input.IsLast, _grid);

    private void LeaveOut(RowScan bad)
    {
        var column = _readers.FirstOrDefault(reader => reader.Field == bad.Field && bad.Field >= 0)?.Definition.Name;
        Fault(_grid.Rows, bad.At, bad.Next, column, bad.Reason);
        _skippedBefore.Add(_grid.Rows);
        _grid.RowStarts[_grid.Rows] = bad.Next;
    }

    private ColumnBatch? Decode(bool oneLineEach)
    {
        var rows = RowsBefore(_request.EndOffset - _position.ByteOffset);
        _grid.SetRows(rows);
        var used = _grid.RowStarts[rows];
        var batch = rows == 0 ? null : Build(rows);
        var skipped = _skippedBefore.Count(before => before <= rows);
        _position = new DataPosition(
            _position.ByteOffset + used,
            _position.Line + (oneLineEach ? rows : TextLines.Count(_input.Data[..used])),
            _position.Row + rows + skipped);
        _input.Use(used);
        return batch;
    }

    /// <summary>The rows that begin before an offset: those behind it belong to somebody else.</summary>
    private int RowsBefore(long end)
    {
        var rows = _grid.Rows;
        while (rows > 0 && _grid.RowStarts[rows - 1] >= end) rows--;
        return rows;
    }

    private unsafe ColumnBatch? Build(int rows)
    {
        _context.Faults.Clear();
        foreach (var reader in _readers) reader.Read(_input.Pointer, _grid, _builder[reader.Column], _context);
        if (_context.Faults.Any) TellFaults();
        var batch = _builder.Build(rows, _position.Row);
        return _context.Faults.Any ? WithoutFaults(batch) : batch;
    }

    private void TellFaults()
    {
        foreach (var fault in _context.Faults.All)
        {
            var at = fault.Field < 0 ? _grid.RowStarts[fault.Row] : _grid[fault.Row, fault.Field].Start;
            Fault(fault.Row, at, _grid.RowStarts[fault.Row + 1], fault.Column, fault.Reason);
        }
    }

    private ColumnBatch? WithoutFaults(ColumnBatch batch)
    {
        using (batch)
        {
            var good = batch.Rows - _context.Faults.Count;
            if (good == 0) return null;
            var bad = _context.Faults.All.Select(fault => fault.Row).ToHashSet();
            var selection = ColumnBuffer.Rent<ushort>(batch.Memory, good);
            var at = 0;
            for (var row = 0; row < batch.Rows; row++)
            {
                if (!bad.Contains(row)) selection.As<ushort>()[at++] = (ushort)row;
            }
            return batch.WithSelection(selection, good).Compact();
        }
    }

    /// <summary>Refuses a row, or reports and counts one that is left out.</summary>
    private void Fault(int row, int at, int end, string? column, string reason)
    {
        var before = _input.Data[..at];
        var line = _position.Line + TextLines.Count(before) + 1;
        var number = _position.Row + row + _skippedBefore.Count(skipped => skipped <= row) + 1;
        var lineStart = before.LastIndexOfAny((byte)'\n', (byte)'\r') + 1;
        var place = new TextPosition(_request.File, (int)Math.Min(line, int.MaxValue), System.Text.Encoding.UTF8.GetCharCount(before[lineStart..]) + 1);
        var what = $"Line {line}, row {number}{(column is null ? "" : $", column '{column}'")}: {reason}.";
        if (_request.BadRows == BadRows.Fail)
        {
            var text = System.Text.Encoding.UTF8.GetString(_input.Data[_grid.RowStarts[row]..end].TrimEnd("\r\n"u8));
            _request.Refusals.Refuse(new UnreadRow(_request.Schema, text, place.ToString(), number), new ChunnelException(FormatErrors.BadData, what)
            {
                Where = place,
                Mend = "Correct the data or the options of the format, or let bad rows be skipped.",
            });
        }
        else
        {
            _request.Skipped(new SkippedRow(_request.Schema.TableId, place.ToString(), what));
        }
        SkippedRows++;
    }
}
