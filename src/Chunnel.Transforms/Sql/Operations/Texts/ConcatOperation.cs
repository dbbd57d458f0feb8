using Chunnel.Core;
using Chunnel.Transforms.Sql.Kernels.Numbers;
using Chunnel.Transforms.Sql.Kernels.Texts;
using Chunnel.Transforms.Sql.Programs;

namespace Chunnel.Transforms.Sql.Operations.Texts;

/// <summary>
/// Joined texts, nulls left out, with an optional separator between those that are there (spec transforms.md 5.3, 6.1). It is never null.
/// Lengths first, then one copy, row by row.
/// </summary>
internal sealed class ConcatOperation(IReadOnlyList<Operand> pieces, Operand? separator) : Operation
{
    private readonly TextRun[] _pieces = new TextRun[pieces.Count];

    public override void Run(Frame frame)
    {
        for (var i = 0; i < _pieces.Length; i++) _pieces[i] = new TextRun((TextColumn)pieces[i].Of(frame));
        var between = separator is null ? default : new TextRun((TextColumn)separator.Of(frame));
        var plain = separator is null && Array.TrueForAll(_pieces, piece => piece.IsWhole);
        var offsets = ColumnBuffer.Rent<int>(frame.Memory, frame.Rows + 1);
        var ends = offsets.As<int>();
        if (plain) Measure(frame, ends);
        else Measure(ends, between);
        var bytes = ColumnBuffer.Rent<byte>(frame.Memory, ends[frame.Rows]);
        if (plain) Write(ends, bytes);
        else Write(ends, between, bytes);
        frame.Set(Target, new TextColumn(DataType.String, frame.Rows, offsets, bytes, default, 0));
    }

    /// <summary>Where all pieces of a row end is the sum of where each ends.</summary>
    private void Measure(Frame frame, Span<int> ends)
    {
        long total = 0;
        ends.Clear();
        foreach (var piece in pieces)
        {
            var from = ((TextColumn)piece.Of(frame)).Offsets;
            total += from[^1] - from[0];
            if (from[0] == 0) MapKernels.Map<Add<int>, int>(ends, from, ends);
            else for (var row = 0; row < ends.Length; row++) ends[row] += from[row] - from[0];
        }
        _ = checked((int)total);
    }

    private void Measure(Span<int> ends, TextRun between)
    {
        ends[0] = 0;
        for (var row = 0; row < ends.Length - 1; row++)
        {
            var begun = false;
            var end = ends[row];
            foreach (ref readonly var piece in _pieces.AsSpan())
            {
                if (!piece.Has(row)) continue;
                end = checked(end + piece.LengthAt(row) + (begun && separator is not null ? between.LengthOf(row) : 0));
                begun = true;
            }
            ends[row + 1] = end;
        }
    }

    private unsafe void Write(ReadOnlySpan<int> ends, ColumnBuffer bytes)
    {
        var to = TextRun.AddressOf(bytes);
        for (var row = 0; row < ends.Length - 1; row++)
        {
            foreach (ref readonly var piece in _pieces.AsSpan()) to = piece.Copy(row, to);
        }
    }

    private unsafe void Write(ReadOnlySpan<int> ends, TextRun between, ColumnBuffer bytes)
    {
        var to = TextRun.AddressOf(bytes);
        for (var row = 0; row < ends.Length - 1; row++)
        {
            var begun = false;
            foreach (ref readonly var piece in _pieces.AsSpan())
            {
                if (!piece.Has(row)) continue;
                if (begun && separator is not null && between.Has(row)) to = between.Copy(row, to);
                to = piece.Copy(row, to);
                begun = true;
            }
        }
    }
}
