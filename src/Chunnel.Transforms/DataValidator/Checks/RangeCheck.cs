using System.Numerics;
using Chunnel.Core;
using Chunnel.Transforms.Sql.Kernels.Numbers;
using Chunnel.Transforms.Sql.Kernels.Selections;

namespace Chunnel.Transforms.DataValidator.Checks;

/// <summary>The value lies between bounds.</summary>
/// <param name="field">The column's name.</param>
/// <param name="column">Its place.</param>
/// <param name="message">What is said in place of the rule's own words.</param>
/// <param name="range">The bounds as they are shown.</param>
internal abstract class RangeCheck(string field, int column, string? message, string range) : ValueCheck(field, column, message)
{
    protected override string Words(Column values, int row) => $"Field '{Field}' value {TextOf(values, row)} is not within range {range}";
}

/// <summary>Bounds for numbers of a fixed width: 64 rows become a word of marks.</summary>
internal sealed class NumberRange<T, TLow, THigh>(string field, int column, string? message, string range, T low, T high) : RangeCheck(field, column, message, range)
    where T : unmanaged, INumber<T>
    where TLow : struct, ICompare
    where THigh : struct, ICompare
{
    private ulong[] _belowHigh = [];

    protected override void Find(ColumnBatch batch, Column values, ReadOnlySpan<ulong> rows, Span<ulong> invalid)
    {
        if (_belowHigh.Length < invalid.Length) _belowHigh = new ulong[invalid.Length];
        var numbers = ((FixedColumn<T>)values).Values;
        CompareKernels.Compare<TLow, T>(numbers, low, invalid);
        CompareKernels.Compare<THigh, T>(numbers, high, _belowHigh);
        // What is not within is invalid, a NaN too: it compares with nothing.
        for (var word = 0; word < invalid.Length; word++) invalid[word] = ~(invalid[word] & _belowHigh[word]);
    }
}

/// <summary>Bounds for decimals, at the column's scale.</summary>
internal sealed class DecimalRange(string field, int column, string? message, string range, Int128 low, Int128 high) : RangeCheck(field, column, message, range)
{
    protected override void Find(ColumnBatch batch, Column values, ReadOnlySpan<ulong> rows, Span<ulong> invalid)
    {
        var numbers = ((DecimalColumn)values).Values;
        invalid.Clear();
        foreach (var row in new SetBits(rows))
        {
            if (numbers[row] < low || numbers[row] > high) Bits.Set(invalid, row);
        }
    }
}

/// <summary>Bounds for timestamps: microseconds, and nanoseconds within them.</summary>
internal sealed class TimestampRange(string field, int column, string? message, string range, (long Micros, int Nanos) low, (long Micros, int Nanos) high) : RangeCheck(field, column, message, range)
{
    protected override void Find(ColumnBatch batch, Column values, ReadOnlySpan<ulong> rows, Span<ulong> invalid)
    {
        var times = (TimestampColumn)values;
        var micros = times.Micros;
        var nanos = times.Nanos;
        invalid.Clear();
        foreach (var row in new SetBits(rows))
        {
            var time = (micros[row], nanos.IsEmpty ? 0 : (int)nanos[row]);
            if (time.CompareTo(low) < 0 || time.CompareTo(high) > 0) Bits.Set(invalid, row);
        }
    }
}
