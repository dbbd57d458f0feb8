using System.Numerics;
using Chunnel.Core;
using Chunnel.Transforms.Sql.Kernels.Numbers;
using Chunnel.Transforms.Sql.Kernels.Texts;
using Chunnel.Transforms.Sql.Operations.Numbers;
using Chunnel.Transforms.Sql.Programs;

namespace Chunnel.Transforms.Sql.Operations.Logic;

/// <summary>Numbers, dates and times of a fixed width.</summary>
internal sealed class FixedComparison<TOp, T>(Operand left, Operand right, NullCompare nulls) : Comparison(left, right, nulls)
    where TOp : struct, ICompare where T : unmanaged, INumber<T>
{
    protected override void Compare(Column a, Column b, Span<ulong> bits) =>
        CompareKernels.Compare<TOp, T>(((FixedColumn<T>)a).Values, ((FixedColumn<T>)b).Values, bits);

    protected override void CompareToValue(Column a, Column one, Span<ulong> bits) =>
        CompareKernels.Compare<TOp, T>(((FixedColumn<T>)a).Values, ((FixedColumn<T>)one).Values[0], bits);
}

/// <summary>Texts and bytes by their bytes, which for UTF-8 is the order of code points.</summary>
internal sealed class TextComparison<TOp>(Operand left, Operand right, NullCompare nulls) : Comparison(left, right, nulls)
    where TOp : struct, ICompare
{
    protected override void Compare(Column a, Column b, Span<ulong> bits) => TextKernels.Compare<TOp>((TextColumn)a, (TextColumn)b, bits);

    protected override void CompareToValue(Column a, Column one, Span<ulong> bits)
    {
        var text = ((TextColumn)one)[0];
        if (typeof(TOp) == typeof(Equal))
        {
            TextKernels.EqualTo((TextColumn)a, text, bits);
        }
        else if (typeof(TOp) == typeof(NotEqual))
        {
            TextKernels.EqualTo((TextColumn)a, text, bits);
            foreach (ref var word in bits) word = ~word;
        }
        else
        {
            TextKernels.Compare<TOp>((TextColumn)a, text, bits);
        }
    }
}

/// <summary>Timestamps: microseconds, and nanoseconds only where one side has some.</summary>
internal sealed class TimestampComparison<TOp>(Operand left, Operand right, NullCompare nulls) : Comparison(left, right, nulls)
    where TOp : struct, ICompare
{
    protected override void Compare(Column a, Column b, Span<ulong> bits)
    {
        var (left, right) = ((TimestampColumn)a, (TimestampColumn)b);
        if (left.Nanos.IsEmpty && right.Nanos.IsEmpty)
        {
            CompareKernels.Compare<TOp, long>(left.Micros, right.Micros, bits);
            return;
        }
        bits.Clear();
        for (var row = 0; row < a.Length; row++) Put(bits, row, Order(left, row, right, row));
    }

    protected override void CompareToValue(Column a, Column one, Span<ulong> bits)
    {
        var (left, right) = ((TimestampColumn)a, (TimestampColumn)one);
        if (left.Nanos.IsEmpty && right.Nanos.IsEmpty)
        {
            CompareKernels.Compare<TOp, long>(left.Micros, right.Micros[0], bits);
            return;
        }
        bits.Clear();
        for (var row = 0; row < a.Length; row++) Put(bits, row, Order(left, row, right, 0));
    }

    private static void Put(Span<ulong> bits, int row, int order) => bits[row >> 6] |= (TOp.OfOrder(order) ? 1UL : 0) << row;

    private static int Order(TimestampColumn a, int rowOfA, TimestampColumn b, int rowOfB)
    {
        var order = a.Micros[rowOfA].CompareTo(b.Micros[rowOfB]);
        return order != 0 ? order : NanosAt(a, rowOfA).CompareTo(NanosAt(b, rowOfB));
    }

    private static int NanosAt(TimestampColumn column, int row) => column.Nanos.IsEmpty ? 0 : column.Nanos[row];
}

/// <summary>Booleans: equal or not.</summary>
internal sealed class BoolComparison(Operand left, Operand right, bool equal, NullCompare nulls) : Comparison(left, right, nulls)
{
    protected override void Compare(Column a, Column b, Span<ulong> bits)
    {
        var left = ((BoolColumn)a).Values;
        var right = ((BoolColumn)b).Values;
        for (var word = 0; word < bits.Length; word++) bits[word] = equal ? ~(left[word] ^ right[word]) : left[word] ^ right[word];
    }

    protected override void CompareToValue(Column a, Column one, Span<ulong> bits)
    {
        var left = ((BoolColumn)a).Values;
        var flip = Bits.Get(((BoolColumn)one).Values, 0) == equal ? 0 : ulong.MaxValue;
        for (var word = 0; word < bits.Length; word++) bits[word] = left[word] ^ flip;
    }
}

/// <summary>Exact numbers of any two scales.</summary>
internal sealed class DecimalComparison<TOp>(Operand left, Operand right, NullCompare nulls) : Comparison(left, right, nulls)
    where TOp : struct, ICompare
{
    protected override void Compare(Column a, Column b, Span<ulong> bits)
    {
        var (left, right) = ((DecimalColumn)a, (DecimalColumn)b);
        bits.Clear();
        for (var row = 0; row < a.Length; row++) Put(bits, row, Decimals.Compare(left.Values[row], left.Type.Scale, right.Values[row], right.Type.Scale));
    }

    protected override void CompareToValue(Column a, Column one, Span<ulong> bits)
    {
        var (left, right) = ((DecimalColumn)a, (DecimalColumn)one);
        bits.Clear();
        for (var row = 0; row < a.Length; row++) Put(bits, row, Decimals.Compare(left.Values[row], left.Type.Scale, right.Values[0], right.Type.Scale));
    }

    private static void Put(Span<ulong> bits, int row, int order) => bits[row >> 6] |= (TOp.OfOrder(order) ? 1UL : 0) << row;
}

/// <summary>Bigints with doubles, exactly: as doubles, neighbours above 2^53 would be the same.</summary>
internal sealed class LongDoubleComparison<TOp>(Operand left, Operand right, NullCompare nulls) : Comparison(left, right, nulls)
    where TOp : struct, ICompare
{
    protected override void Compare(Column a, Column b, Span<ulong> bits)
    {
        var left = ((FixedColumn<long>)a).Values;
        var right = ((FixedColumn<double>)b).Values;
        bits.Clear();
        for (var row = 0; row < a.Length; row++) Put(bits, row, left[row], right[row]);
    }

    protected override void CompareToValue(Column a, Column one, Span<ulong> bits)
    {
        var left = ((FixedColumn<long>)a).Values;
        var right = ((FixedColumn<double>)one).Values[0];
        bits.Clear();
        for (var row = 0; row < a.Length; row++) Put(bits, row, left[row], right);
    }

    private static void Put(Span<ulong> bits, int row, long a, double b)
    {
        // NaN is equal to nothing and in no order: as doubles, every comparison says so.
        var said = double.IsNaN(b) ? TOp.Of(0.0, b) : TOp.OfOrder(Order(a, b));
        bits[row >> 6] |= (said ? 1UL : 0) << row;
    }

    private static int Order(long a, double b)
    {
        const double TwoTo63 = 9223372036854775808.0;
        if (b >= TwoTo63) return -1;
        if (b < -TwoTo63) return 1;
        var whole = Math.Floor(b);
        var order = a.CompareTo((long)whole);
        return order != 0 ? order : b > whole ? -1 : 0;
    }
}
