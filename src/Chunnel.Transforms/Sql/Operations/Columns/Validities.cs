using Chunnel.Core;
using Chunnel.Transforms.Sql.Programs;

namespace Chunnel.Transforms.Sql.Operations.Columns;

/// <summary>Which rows of a result are null: by default those where an argument is.</summary>
internal static class Validities
{
    /// <summary>The column's own, shared.</summary>
    public static (ColumnBuffer Bits, int Nulls) Of(Column a)
    {
        if (!a.HasNulls) return (default, 0);
        a.ValidityBuffer.Block?.Retain();
        return (a.ValidityBuffer, a.NullCount);
    }

    /// <summary>Where both have a value.</summary>
    public static (ColumnBuffer Bits, int Nulls) Both(Frame frame, Column a, Column b)
    {
        if (!a.HasNulls) return Of(b);
        if (!b.HasNulls) return Of(a);
        var both = ColumnBuffer.RentBits(frame.Memory, frame.Rows);
        var bits = both.As<ulong>();
        var left = a.Validity;
        var right = b.Validity;
        for (var word = 0; word < bits.Length; word++) bits[word] = left[word] & right[word];
        return (both, frame.Rows - Bits.Count(bits, frame.Rows));
    }

    /// <summary>Where all have a value.</summary>
    public static (ColumnBuffer Bits, int Nulls) All(Frame frame, IReadOnlyList<Operand> operands)
    {
        if (operands.Count == 1) return Of(operands[0].Of(frame));
        if (operands.Count == 2) return Both(frame, operands[0].Of(frame), operands[1].Of(frame));
        if (operands.All(operand => !operand.Of(frame).HasNulls)) return (default, 0);
        var all = ColumnBuffer.RentBits(frame.Memory, frame.Rows);
        var bits = all.As<ulong>();
        Bits.FillOnes(bits, frame.Rows);
        foreach (var operand in operands)
        {
            var column = operand.Of(frame);
            if (!column.HasNulls) continue;
            var known = column.Validity;
            for (var word = 0; word < bits.Length; word++) bits[word] &= known[word];
        }
        return (all, frame.Rows - Bits.Count(bits, frame.Rows));
    }

    /// <summary>A boolean column from value bits and bits of where it is known.</summary>
    public static BoolColumn Boolean(Frame frame, ColumnBuffer values, ColumnBuffer known) =>
        new(frame.Rows, values, known, known.IsEmpty ? 0 : frame.Rows - Bits.Count(known.As<ulong>(), frame.Rows));
}
