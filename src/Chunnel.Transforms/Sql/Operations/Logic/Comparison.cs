using Chunnel.Core;
using Chunnel.Transforms.Sql.Operations.Columns;
using Chunnel.Transforms.Sql.Programs;

namespace Chunnel.Transforms.Sql.Operations.Logic;

/// <summary>What a comparison says when a side is null (spec transforms.md 5.4).</summary>
internal enum NullCompare
{
    /// <summary>Nothing: the result is null.</summary>
    Unknown,

    /// <summary><c>=</c>: false.</summary>
    False,

    /// <summary><c>&lt;&gt;</c>: true where only one side is null.</summary>
    DifferIfOne,
}

/// <summary>Compares two operands of one type, row by row into bits. It cannot fail.</summary>
internal abstract class Comparison(Operand left, Operand right, NullCompare nulls) : Operation
{
    /// <summary>Writes a bit for every row; what stands for nulls has no meaning.</summary>
    protected abstract void Compare(Column a, Column b, Span<ulong> bits);

    /// <summary>The same against one value.</summary>
    protected abstract void CompareToValue(Column a, Column one, Span<ulong> bits);

    public sealed override void Run(Frame frame)
    {
        var result = ColumnBuffer.RentBits(frame.Memory, frame.Rows);
        var bits = result.As<ulong>();
        var a = left.Of(frame);
        if (right.Constant is { HasNulls: false } one)
        {
            CompareToValue(a, one, bits);
            frame.Set(Target, WithNulls(frame, result, a, null));
        }
        else
        {
            var b = right.Of(frame);
            Compare(a, b, bits);
            frame.Set(Target, WithNulls(frame, result, a, b));
        }
    }

    private BoolColumn WithNulls(Frame frame, ColumnBuffer result, Column a, Column? b)
    {
        if (!a.HasNulls && b is not { HasNulls: true }) return new BoolColumn(frame.Rows, result, default, 0);
        var bits = result.As<ulong>();
        var left = a.Validity;
        var right = b is null ? default : b.Validity;
        for (var word = 0; word < bits.Length; word++)
        {
            var hasLeft = left.IsEmpty ? ulong.MaxValue : left[word];
            var hasRight = right.IsEmpty ? ulong.MaxValue : right[word];
            bits[word] &= hasLeft & hasRight;
            if (nulls == NullCompare.DifferIfOne) bits[word] |= hasLeft ^ hasRight;
        }
        if (nulls != NullCompare.Unknown) return new BoolColumn(frame.Rows, result, default, 0);
        var (known, count) = b is null ? Validities.Of(a) : Validities.Both(frame, a, b);
        return new BoolColumn(frame.Rows, result, known, count);
    }
}
