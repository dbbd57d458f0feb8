using System.Globalization;
using System.Numerics;
using System.Text;
using Chunnel.Core;
using Chunnel.Transforms.Sql.Kernels.Selections;
using Chunnel.Transforms.Sql.Operations.Columns;
using Chunnel.Transforms.Sql.Operations.Numbers;
using Chunnel.Transforms.Sql.Parsing;
using Chunnel.Transforms.Sql.Programs;

namespace Chunnel.Transforms.Sql.Operations.Casts;

/// <summary>An integer as an exact number. It fails only where the scale leaves no room for the largest.</summary>
internal sealed class IntegerToDecimal<T>(Operand operand, DecimalType type, Operand? guard, Syntax where) : Operation
    where T : unmanaged, IBinaryInteger<T>
{
    public override void Run(Frame frame)
    {
        var from = (FixedColumn<T>)operand.Of(frame);
        var result = ColumnBuffer.Rent<Int128>(frame.Memory, frame.Rows);
        var values = from.Values;
        var to = result.As<Int128>();
        var power = Decimals.Power(type.Scale);
        if (type.Scale <= DecimalType.MaxPrecision - 19)
        {
            for (var row = 0; row < values.Length; row++) to[row] = Int128.CreateTruncating(values[row]) * power;
        }
        else
        {
            to.Clear();
            foreach (var row in new SetBits(frame.RowsToDo(guard, from)))
            {
                if (!Decimals.TryMultiply(Int128.CreateTruncating(values[row]), power, out to[row])) frame.Fail(row, where, $"{values[row]} does not fit {type}");
            }
        }
        var (bits, nulls) = Validities.Of(from);
        frame.Set(Target, new DecimalColumn(type, frame.Rows, result, default, bits, nulls));
    }
}

/// <summary>A floating point number as an exact one, by the shortest digits that tell it apart. NaN, infinity and too large numbers fail the row.</summary>
internal sealed class DoubleToDecimal(Operand operand, DecimalType type, Operand? guard, Syntax where) : Operation
{
    public override void Run(Frame frame)
    {
        var from = (FixedColumn<double>)operand.Of(frame);
        var result = ColumnBuffer.Rent<Int128>(frame.Memory, frame.Rows);
        var values = from.Values;
        var to = result.As<Int128>();
        to.Clear();
        foreach (var row in new SetBits(frame.RowsToDo(guard, from)))
        {
            if (!TryConvert(values[row], out to[row])) frame.Fail(row, where, string.Create(CultureInfo.InvariantCulture, $"{values[row]} does not fit {type}"));
        }
        var (bits, nulls) = Validities.Of(from);
        frame.Set(Target, new DecimalColumn(type, frame.Rows, result, default, bits, nulls));
    }

    /// <summary>Reads the shortest text: digits, maybe a point, maybe an exponent.</summary>
    private bool TryConvert(double value, out Int128 unscaled)
    {
        unscaled = default;
        if (!double.IsFinite(value)) return false;
        Span<byte> text = stackalloc byte[32];
        value.TryFormat(text, out var length, "R", CultureInfo.InvariantCulture);
        long mantissa = 0;
        var (scale, at, behindPoint) = (0, value < 0 || text[0] == '-' ? 1 : 0, false);
        for (; at < length && text[at] is not (byte)'E'; at++)
        {
            if (text[at] == '.')
            {
                behindPoint = true;
                continue;
            }
            mantissa = mantissa * 10 + (text[at] - '0');
            if (behindPoint) scale++;
        }
        if (at < length) scale -= int.Parse(text[(at + 1)..length], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        Int128 exact = value < 0 ? -mantissa : mantissa;
        if (scale - type.Scale > DecimalType.MaxPrecision) return true;
        if (type.Scale - scale > DecimalType.MaxPrecision) return exact == Int128.Zero;
        return Decimals.TryRescale(exact, scale, type.Scale, DecimalRounding.HalfUp, out unscaled);
    }
}

/// <summary>An exact number as the nearest floating point one.</summary>
internal sealed class DecimalToDouble(Operand operand) : Operation
{
    /// <summary>Powers of ten that a double holds exactly: with a mantissa below 2^53 the quotient is the nearest number.</summary>
    private const int ExactPower = 22;
    private const long ExactMantissa = 1L << 53;

    public override void Run(Frame frame)
    {
        var from = (DecimalColumn)operand.Of(frame);
        var result = ColumnBuffer.Rent<double>(frame.Memory, frame.Rows);
        var values = from.Values;
        var to = result.As<double>();
        var scale = from.Type.Scale;
        var power = Math.Pow(10, scale);
        for (var row = 0; row < values.Length; row++)
        {
            var value = values[row];
            to[row] = scale <= ExactPower && value < ExactMantissa && value > -ExactMantissa ? (long)value / power : Exactly(value, scale);
        }
        var (bits, nulls) = Validities.Of(from);
        frame.Set(Target, new FixedColumn<double>(DataType.Double, frame.Rows, result, bits, nulls));
    }

    private static double Exactly(Int128 value, int scale)
    {
        Span<byte> text = stackalloc byte[64];
        value.TryFormat(text, out var length, default, CultureInfo.InvariantCulture);
        length += Encoding.UTF8.GetBytes("E-", text[length..]);
        scale.TryFormat(text[length..], out var digits, default, CultureInfo.InvariantCulture);
        return double.Parse(text[..(length + digits)], NumberStyles.Float, CultureInfo.InvariantCulture);
    }
}

/// <summary>An exact number at another scale. What the type cannot hold fails the row.</summary>
internal sealed class DecimalRescale(Operand operand, DecimalType type, DecimalRounding rounding, bool checkPrecision, Operand? guard, Syntax where) : Operation
{
    public override void Run(Frame frame)
    {
        var from = (DecimalColumn)operand.Of(frame);
        var result = ColumnBuffer.Rent<Int128>(frame.Memory, frame.Rows);
        var values = from.Values;
        var to = result.As<Int128>();
        var scale = from.Type.Scale;
        to.Clear();
        foreach (var row in new SetBits(frame.RowsToDo(guard, from)))
        {
            if (!Decimals.TryRescale(values[row], scale, type.Scale, rounding, out to[row]) || (checkPrecision && !Decimals.Fits(to[row], type.Precision)))
                frame.Fail(row, where, $"the number does not fit {type}");
        }
        var (bits, nulls) = Validities.Of(from);
        frame.Set(Target, new DecimalColumn(type, frame.Rows, result, default, bits, nulls));
    }
}

/// <summary>The exact number with the other sign.</summary>
internal sealed class DecimalNegation(Operand operand) : Operation
{
    public override void Run(Frame frame)
    {
        var from = (DecimalColumn)operand.Of(frame);
        var result = ColumnBuffer.Rent<Int128>(frame.Memory, frame.Rows);
        var values = from.Values;
        var to = result.As<Int128>();
        for (var row = 0; row < values.Length; row++) to[row] = unchecked(-values[row]);
        from.ShownScaleBuffer.Block?.Retain();
        var (bits, nulls) = Validities.Of(from);
        frame.Set(Target, new DecimalColumn(from.Type, frame.Rows, result, from.ShownScaleBuffer, bits, nulls));
    }
}
