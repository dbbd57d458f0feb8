using Chunnel.Core;
using Chunnel.Transforms.Sql.Kernels.Texts;
using Chunnel.Transforms.Sql.Programs;

namespace Chunnel.Transforms.Sql.Functions.Texts;

/// <summary>A piece of each text: null where the text or an argument is null, or where the function says so. First where the pieces stand, then one copy.</summary>
internal sealed class TextParts<TPart>(Emission made, int numbers, int texts) : Operation
    where TPart : struct, ITextPart
{
    private int[] _starts = [];

    public override void Run(Frame frame)
    {
        if (_starts.Length < frame.Rows) _starts = new int[Math.Max(frame.Rows, ColumnBatch.AimRows)];
        var from = (TextColumn)made.Operands[0].Of(frame);
        var offsets = ColumnBuffer.Rent<int>(frame.Memory, frame.Rows + 1);
        var known = ColumnBuffer.RentBits(frame.Memory, frame.Rows);
        frame.RowsToDo(null, made.Operands).CopyTo(known.As<ulong>());
        if (TPart.GoesByPosition && from.IsAscii) FindByPosition(from, Numbers(frame, 1), Numbers(frame, 2), known.As<ulong>(), offsets.As<int>());
        else Find(frame, from, known.As<ulong>(), offsets.As<int>());
        var bytes = ColumnBuffer.Rent<byte>(frame.Memory, offsets.As<int>()[frame.Rows]);
        Copy(new TextRun(from), offsets.As<int>(), bytes);
        frame.Set(Target, new TextColumn(DataType.String, frame.Rows, offsets, bytes, known, frame.Rows - Bits.Count(known.As<ulong>(), frame.Rows)));
    }

    private ReadOnlySpan<long> Numbers(Frame frame, int argument) => argument > numbers ? [] : ((FixedColumn<long>)made.Operands[argument].Of(frame)).Values;

    /// <summary>Writes where each piece begins within its text and ends within the result. Of the rows known those stay that have one.</summary>
    private void Find(Frame frame, TextColumn from, Span<ulong> known, Span<int> ends)
    {
        var firsts = Numbers(frame, 1);
        var seconds = Numbers(frame, 2);
        var argument = texts > 0 ? (TextColumn)made.Operands[1 + numbers].Of(frame) : null;
        var at = ends[0] = 0;
        for (var row = 0; row < frame.Rows; row++)
        {
            if (Bits.Get(known, row))
            {
                var (start, end) = TPart.Find(from[row], new TextArguments
                {
                    First = firsts.IsEmpty ? 0 : firsts[row],
                    Second = seconds.IsEmpty ? 0 : seconds[row],
                    Text = argument is null ? [] : argument[row],
                });
                if (start < 0) Bits.Clear(known, row);
                else at += end - start;
                _starts[row] = start;
            }
            ends[row + 1] = at;
        }
    }

    /// <summary>The same for ASCII and a piece that goes by position: no text is looked at.</summary>
    private void FindByPosition(TextColumn from, ReadOnlySpan<long> firsts, ReadOnlySpan<long> seconds, Span<ulong> known, Span<int> ends)
    {
        var offsets = from.Offsets;
        var starts = _starts.AsSpan(0, from.Length);
        if (seconds.IsEmpty) seconds = firsts;
        ends = ends[..offsets.Length];
        var at = ends[0] = 0;
        for (var word = 0; word < known.Length; word++)
        {
            var rows = known[word];
            var last = Math.Min(from.Length, (word + 1) << 6);
            ulong found = 0;
            for (var row = word << 6; row < last; row++)
            {
                var (start, end) = TPart.Within(offsets[row + 1] - offsets[row], firsts[row], seconds[row]);
                var has = start >= 0 & (rows >> row & 1) != 0;
                found |= (has ? 1UL : 0) << row;
                starts[row] = start;
                at += has ? end - start : 0;
                ends[row + 1] = at;
            }
            known[word] = found;
        }
    }

    private unsafe void Copy(TextRun from, ReadOnlySpan<int> ends, ColumnBuffer bytes)
    {
        var to = TextRun.AddressOf(bytes);
        var starts = _starts.AsSpan(0, ends.Length - 1);
        for (var row = 0; row < starts.Length; row++)
        {
            var length = ends[row + 1] - ends[row];
            if (length > 0) from.CopyPart(row, starts[row], to + ends[row], length);
        }
    }
}
