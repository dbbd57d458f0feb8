using System.Text;
using Chunnel.Core;
using Chunnel.Transforms.Sql.Kernels.Selections;
using Chunnel.Transforms.Sql.Kernels.Texts;
using Chunnel.Transforms.Sql.Operations.Columns;
using Chunnel.Transforms.Sql.Programs;

namespace Chunnel.Transforms.Sql.Operations.Texts;

/// <summary>LIKE: null where the text or the pattern is.</summary>
internal sealed class LikeOperation(Operand text, Operand pattern, Rune? escape) : Operation
{
    private readonly LikePattern? _fixed = pattern.Constant is TextColumn { HasNulls: false } one ? new LikePattern(one[0], escape) : null;
    private LikePattern? _last;
    private byte[] _lastText = [];

    public override void Run(Frame frame)
    {
        var from = (TextColumn)text.Of(frame);
        var result = ColumnBuffer.RentBits(frame.Memory, frame.Rows);
        var bits = result.As<ulong>();
        if (_fixed is { WholeText: { } whole }) TextKernels.EqualTo(from, whole, bits);
        else if (_fixed is not null) Match(from, _fixed, bits);
        if (_fixed is not null)
        {
            var (known, nulls) = Validities.Of(from);
            frame.Set(Target, new BoolColumn(frame.Rows, result, known, nulls));
            return;
        }
        var patterns = (TextColumn)pattern.Of(frame);
        bits.Clear();
        foreach (var row in new SetBits(frame.RowsToDo(null, from, patterns)))
        {
            if (PatternOf(patterns[row]).Matches(from[row])) Bits.Set(bits, row);
        }
        var (both, count) = Validities.Both(frame, from, patterns);
        frame.Set(Target, new BoolColumn(frame.Rows, result, both, count));
    }

    private static void Match(TextColumn from, LikePattern pattern, Span<ulong> bits)
    {
        var offsets = from.Offsets;
        var bytes = from.Utf8;
        bits.Clear();
        for (var row = 0; row < from.Length; row++)
        {
            if (pattern.Matches(bytes[offsets[row]..offsets[row + 1]])) bits[row >> 6] |= 1UL << row;
        }
    }

    /// <summary>Patterns of neighbouring rows are mostly the same.</summary>
    private LikePattern PatternOf(ReadOnlySpan<byte> text)
    {
        if (_last is not null && text.SequenceEqual(_lastText)) return _last;
        _lastText = text.ToArray();
        return _last = new LikePattern(text, escape);
    }
}
