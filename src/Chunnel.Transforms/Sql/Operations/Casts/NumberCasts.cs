using System.Globalization;
using System.Numerics;
using Chunnel.Core;
using Chunnel.Transforms.Sql.Kernels.Selections;
using Chunnel.Transforms.Sql.Operations.Columns;
using Chunnel.Transforms.Sql.Operations.Numbers;
using Chunnel.Transforms.Sql.Parsing;
using Chunnel.Transforms.Sql.Programs;

namespace Chunnel.Transforms.Sql.Operations.Casts;

/// <summary>A number as a whole one, if it is whole and 64 bits hold it.</summary>
internal interface IWhole<T> where T : unmanaged
{
    static abstract bool TryGet(T value, out long whole);
}

internal readonly struct WholeInteger<T> : IWhole<T> where T : unmanaged, IBinaryInteger<T>
{
    public static bool TryGet(T value, out long whole)
    {
        whole = long.CreateTruncating(value);
        return true;
    }
}

internal readonly struct WholeDouble : IWhole<double>
{
    public static bool TryGet(double value, out long whole)
    {
        const double TwoTo63 = 9223372036854775808.0;
        var fits = value is >= -TwoTo63 and < TwoTo63 && Math.Floor(value) == value;
        whole = fits ? (long)value : 0;
        return fits;
    }
}

/// <summary>A number as an integer type: a fraction, or a value out of its range, fails the row.</summary>
internal sealed class ToInteger<TWhole, TFrom, TTo>(Operand operand, DataType type, Operand? guard, Syntax where) : Operation
    where TWhole : struct, IWhole<TFrom> where TFrom : unmanaged, INumber<TFrom> where TTo : unmanaged, IBinaryInteger<TTo>, IMinMaxValue<TTo>
{
    public override void Run(Frame frame)
    {
        var from = (FixedColumn<TFrom>)operand.Of(frame);
        var result = ColumnBuffer.Rent<TTo>(frame.Memory, frame.Rows);
        var values = from.Values;
        var to = result.As<TTo>();
        var (least, most) = (long.CreateTruncating(TTo.MinValue), long.CreateTruncating(TTo.MaxValue));
        to.Clear();
        foreach (var row in new SetBits(frame.RowsToDo(guard, from)))
        {
            if (TWhole.TryGet(values[row], out var whole) && whole >= least && whole <= most) to[row] = TTo.CreateTruncating(whole);
            else frame.Fail(row, where, string.Create(CultureInfo.InvariantCulture, $"For input string: \"{values[row]}\" is no {type}"));
        }
        var (bits, nulls) = Validities.Of(from);
        frame.Set(Target, new FixedColumn<TTo>(type, frame.Rows, result, bits, nulls));
    }
}

/// <summary>An exact number as an integer type: a fraction, or a value out of its range, fails the row.</summary>
internal sealed class DecimalToInteger<TTo>(Operand operand, DataType type, Operand? guard, Syntax where) : Operation
    where TTo : unmanaged, IBinaryInteger<TTo>, IMinMaxValue<TTo>
{
    public override void Run(Frame frame)
    {
        var from = (DecimalColumn)operand.Of(frame);
        var result = ColumnBuffer.Rent<TTo>(frame.Memory, frame.Rows);
        var values = from.Values;
        var to = result.As<TTo>();
        var power = Decimals.Power(from.Type.Scale);
        var (least, most) = ((Int128)long.CreateTruncating(TTo.MinValue), (Int128)long.CreateTruncating(TTo.MaxValue));
        to.Clear();
        foreach (var row in new SetBits(frame.RowsToDo(guard, from)))
        {
            var whole = values[row] / power;
            if (whole * power == values[row] && whole >= least && whole <= most) to[row] = TTo.CreateTruncating(whole);
            else frame.Fail(row, where, $"For input string: \"{DecimalText.ToText(values[row], from.Type.Scale)}\" is no {type}");
        }
        var (bits, nulls) = Validities.Of(from);
        frame.Set(Target, new FixedColumn<TTo>(type, frame.Rows, result, bits, nulls));
    }
}
