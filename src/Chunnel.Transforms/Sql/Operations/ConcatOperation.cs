using Chunnel.Core;
using Chunnel.Transforms.Sql.Programs;

namespace Chunnel.Transforms.Sql.Operations;

/// <summary>
/// Joined texts, nulls left out, with an optional separator between those that are there (spec transforms.md 5.3, 6.1). It is never null.
/// Lengths first, then one pass an argument that copies its piece of every row.
/// </summary>
internal sealed class ConcatOperation(IReadOnlyList<Operand> pieces, Operand? separator) : Operation
{
    private int[] _cursors = [];
    private bool[] _begun = [];

    public override void Run(Frame frame)
    {
        if (_cursors.Length < frame.Rows) (_cursors, _begun) = (new int[frame.Rows], new bool[frame.Rows]);
        var between = (TextColumn?)separator?.Of(frame);
        var offsets = ColumnBuffer.Rent<int>(frame.Memory, frame.Rows + 1);
        var ends = offsets.As<int>();
        Measure(frame, between, ends);
        var bytes = ColumnBuffer.Rent<byte>(frame.Memory, ends[frame.Rows]);
        ends[..frame.Rows].CopyTo(_cursors);
        Write(frame, between, bytes.As<byte>());
        frame.Set(Target, new TextColumn(DataType.String, frame.Rows, offsets, bytes, default, 0));
    }

    private void Measure(Frame frame, TextColumn? between, Span<int> ends)
    {
        ends.Clear();
        _begun.AsSpan(0, frame.Rows).Clear();
        foreach (var piece in pieces)
        {
            var column = (TextColumn)piece.Of(frame);
            var from = column.Offsets;
            if (between is null && !column.HasNulls)
            {
                for (var row = 0; row < frame.Rows; row++) ends[row + 1] += from[row + 1] - from[row];
                continue;
            }
            for (var row = 0; row < frame.Rows; row++)
            {
                if (column.IsNull(row)) continue;
                ends[row + 1] += from[row + 1] - from[row] + (_begun[row] ? LengthOf(between, row) : 0);
                _begun[row] = true;
            }
        }
        for (var row = 0; row < frame.Rows; row++) ends[row + 1] = checked(ends[row + 1] + ends[row]);
    }

    private void Write(Frame frame, TextColumn? between, Span<byte> to)
    {
        _begun.AsSpan(0, frame.Rows).Clear();
        foreach (var piece in pieces)
        {
            var column = (TextColumn)piece.Of(frame);
            var from = column.Offsets;
            var utf8 = column.Utf8;
            if (between is null && !column.HasNulls)
            {
                for (var row = 0; row < frame.Rows; row++) Put(utf8[from[row]..from[row + 1]], to, row);
                continue;
            }
            for (var row = 0; row < frame.Rows; row++)
            {
                if (column.IsNull(row)) continue;
                if (_begun[row] && LengthOf(between, row) > 0) Put(between![row], to, row);
                Put(utf8[from[row]..from[row + 1]], to, row);
                _begun[row] = true;
            }
        }
    }

    private void Put(ReadOnlySpan<byte> text, Span<byte> to, int row)
    {
        text.CopyTo(to[_cursors[row]..]);
        _cursors[row] += text.Length;
    }

    private static int LengthOf(TextColumn? between, int row) => between is null || between.IsNull(row) ? 0 : between.Offsets[row + 1] - between.Offsets[row];
}
