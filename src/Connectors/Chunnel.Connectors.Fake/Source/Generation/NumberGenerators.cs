using System.Numerics;
using Chunnel.Core;

namespace Chunnel.Connectors.Fake;

/// <summary>Whole numbers of a range.</summary>
internal sealed class WholeGenerator<T>(ulong seed, long min, long max) : DrawnGenerator(seed) where T : unmanaged, INumber<T>
{
    private readonly ulong _count = Math.Max(1, (ulong)max - (ulong)min);

    public override long BytesPerValue => sizeof(long);

    public override ulong Distinct => _count;

    protected override void Turn(ReadOnlySpan<ulong> draws, ColumnBuilder builder)
    {
        var values = ((FixedBuilder<T>)builder).Values;
        for (var i = 0; i < draws.Length; i++) values[i] = T.CreateTruncating(min + (long)Draws.Below(draws[i], _count));
    }
}

/// <summary>Values of a list, for every type of a fixed width.</summary>
internal sealed class PickGenerator<T>(ulong seed, T[] choices) : DrawnGenerator(seed) where T : unmanaged
{
    public override long BytesPerValue => sizeof(long);

    public override ulong Distinct => (ulong)choices.Length;

    protected override void Turn(ReadOnlySpan<ulong> draws, ColumnBuilder builder)
    {
        var values = ((FixedBuilder<T>)builder).Values;
        for (var i = 0; i < draws.Length; i++) values[i] = choices[Draws.Below(draws[i], (ulong)choices.Length)];
    }
}

/// <summary>Numbers that count up from a start, each once: keys.</summary>
internal sealed class CountingGenerator<T>(long start, string column) : Generator where T : unmanaged, INumber<T>, IMinMaxValue<T>
{
    public override long BytesPerValue => sizeof(long);

    public override void Fill(ColumnBuilder builder, long first, int count)
    {
        if (count == 0) return;
        if (Int128.CreateChecked(start) + first + count - 1 > Int128.CreateChecked(T.MaxValue) || Int128.CreateChecked(start) + first < Int128.CreateChecked(T.MinValue))
        {
            throw new ChunnelException(CommonErrors.OptionValidateFailed, $"The column '{column}' counts up from {start} and has no number for row {first + count:N0}.")
            {
                Mend = "Make the column wider, or lower 'auto.increment.start' or 'row.num'.",
            };
        }
        var values = ((FixedBuilder<T>)builder).Values;
        for (var i = 0; i < count; i++) values[i] = T.CreateTruncating(start + first + i);
    }
}

/// <summary>Float and double of a range, rounded to a scale where the column has one.</summary>
internal sealed class RealGenerator<T>(ulong seed, double min, double max, int? scale) : DrawnGenerator(seed) where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int MostPlaces = 15;

    public override long BytesPerValue => sizeof(double);

    // Draws that lie apart give numbers that differ as long as a float's 24 bits tell them apart.
    public override ulong Distinct => max > min ? 1UL << 20 : 1;

    protected override void Turn(ReadOnlySpan<ulong> draws, ColumnBuilder builder)
    {
        var values = ((FixedBuilder<T>)builder).Values;
        var wide = max - min;
        if (scale is { } places)
        {
            var kept = Math.Clamp(places, 0, MostPlaces);
            for (var i = 0; i < draws.Length; i++) values[i] = Rounded(Within(draws[i], wide), kept);
        }
        else if (double.IsFinite(wide))
        {
            for (var i = 0; i < draws.Length; i++) values[i] = Below(T.CreateTruncating(min + Draws.Unit(draws[i]) * wide));
        }
        else
        {
            for (var i = 0; i < draws.Length; i++) values[i] = Below(T.CreateTruncating(Within(draws[i], wide)));
        }
    }

    private double Within(ulong draw, double wide)
    {
        var unit = Draws.Unit(draw);
        return double.IsFinite(wide) ? min + unit * wide : min * (1 - unit) + max * unit;
    }

    /// <summary>Rounded to places; one that reached the end of the range is the next rounded number below it, if that is still in the range.</summary>
    private T Rounded(double value, int places)
    {
        var rounded = Math.Round(value, places);
        if (rounded >= max && max > min && Math.Round(max - Math.Pow(10, -places), places) is var before && before >= min) rounded = before;
        return Below(T.CreateTruncating(rounded));
    }

    /// <summary>Rounding may have reached the end of the range, which is not part of it: then the nearest number below.</summary>
    private T Below(T value) => double.CreateTruncating(value) < max || max <= min ? value : T.BitDecrement(T.CreateTruncating(max));
}

/// <summary>Exact numbers with up to all digits of their type.</summary>
internal sealed class DecimalGenerator(ulong seed, DecimalType type) : DrawnGenerator(seed)
{
    /// <summary>Ten to this power is the largest that 64 bits hold.</summary>
    private const int MostDigitsOfADraw = 19;

    private readonly ulong _high = PowerOfTen(Math.Max(0, type.Precision - MostDigitsOfADraw));
    private readonly ulong _low = PowerOfTen(Math.Min(type.Precision, MostDigitsOfADraw));

    public override unsafe long BytesPerValue => sizeof(Int128);

    public override ulong Distinct => type.Precision > MostDigitsOfADraw ? _high : _low;

    protected override void Turn(ReadOnlySpan<ulong> draws, ColumnBuilder builder)
    {
        var values = ((DecimalBuilder)builder).Values;
        if (type.Precision <= MostDigitsOfADraw)
        {
            for (var i = 0; i < draws.Length; i++) values[i] = Draws.Below(draws[i], _low);
            return;
        }
        for (var i = 0; i < draws.Length; i++)
        {
            values[i] = (Int128)((UInt128)Draws.Below(draws[i], _high) * _low + Draws.Below(Draws.Mix(draws[i]), _low));
        }
    }

    private static ulong PowerOfTen(int exponent)
    {
        var power = 1UL;
        for (var i = 0; i < exponent; i++) power *= 10;
        return power;
    }
}

internal sealed class BoolGenerator(ulong seed) : DrawnGenerator(seed)
{
    public override long BytesPerValue => 1;

    public override ulong Distinct => 2;

    protected override void Turn(ReadOnlySpan<ulong> draws, ColumnBuilder builder)
    {
        var bits = ((BoolBuilder)builder).Values;
        for (var i = 0; i < draws.Length; i++) bits[i >> 6] |= draws[i] >> 63 << i;
    }
}
