using System.Diagnostics;
using System.Numerics;
using Chunnel.Core;
using Chunnel.Transforms.Sql.Kernels.Selections;
using Chunnel.Transforms.Sql.Operations.Columns;
using Chunnel.Transforms.Sql.Operations.Numbers;
using Chunnel.Transforms.Sql.Parsing;
using Chunnel.Transforms.Sql.Programs;

namespace Chunnel.Transforms.Sql.Functions.Numbers;

internal enum RoundingKind
{
    Abs,
    Ceiling,
    Floor,
    HalfUp,
    Down,
}

/// <summary>A number without its sign, or rounded to some digits behind (negative: before) the point; in its own type.</summary>
internal sealed class RoundOperation(Operand number, Operand digits, RoundingKind kind, Operand? guard, Syntax where) : Operation
{
    public override void Run(Frame frame)
    {
        var column = number.Of(frame);
        var places = (FixedColumn<long>)digits.Of(frame);
        switch (column)
        {
            case FixedColumn<sbyte> from: Integers(frame, from, places); break;
            case FixedColumn<short> from: Integers(frame, from, places); break;
            case FixedColumn<int> from: Integers(frame, from, places); break;
            case FixedColumn<long> from: Integers(frame, from, places); break;
            case FixedColumn<float> from: Floats(frame, from, places); break;
            case FixedColumn<double> from: Floats(frame, from, places); break;
            case DecimalColumn from: Exact(frame, from, places); break;
            default: throw new UnreachableException($"{column.Type} is no number.");
        }
    }

    private void Integers<T>(Frame frame, FixedColumn<T> from, FixedColumn<long> places) where T : unmanaged, IBinaryInteger<T>
    {
        var result = ColumnBuffer.Rent<T>(frame.Memory, frame.Rows);
        var values = from.Values;
        var to = result.As<T>();
        var digits = places.Values;
        for (var row = 0; row < values.Length; row++)
        {
            to[row] = kind == RoundingKind.Abs ? (T.IsNegative(values[row]) ? unchecked(T.Zero - values[row]) : values[row])
                : digits[row] >= 0 ? values[row]
                : T.CreateTruncating(Rounded(Int128.CreateTruncating(values[row]), -digits[row]));
        }
        var (bits, nulls) = Validities.Both(frame, from, places);
        frame.Set(Target, new FixedColumn<T>(from.Type, frame.Rows, result, bits, nulls));
    }

    private void Floats<T>(Frame frame, FixedColumn<T> from, FixedColumn<long> places) where T : unmanaged, IFloatingPoint<T>
    {
        var result = ColumnBuffer.Rent<T>(frame.Memory, frame.Rows);
        var values = from.Values;
        var to = result.As<T>();
        var digits = places.Values;
        for (var row = 0; row < values.Length; row++)
        {
            var value = double.CreateTruncating(values[row]);
            to[row] = kind switch
            {
                RoundingKind.Abs => T.Abs(values[row]),
                RoundingKind.Ceiling => T.Ceiling(values[row]),
                RoundingKind.Floor => T.Floor(values[row]),
                _ => T.CreateTruncating(DoubleRounding.Round(value, digits[row], kind == RoundingKind.Down)),
            };
        }
        var (bits, nulls) = Validities.Both(frame, from, places);
        frame.Set(Target, new FixedColumn<T>(from.Type, frame.Rows, result, bits, nulls));
    }

    private void Exact(Frame frame, DecimalColumn from, FixedColumn<long> places)
    {
        var result = ColumnBuffer.Rent<Int128>(frame.Memory, frame.Rows);
        var values = from.Values;
        var to = result.As<Int128>();
        var digits = places.Values;
        to.Clear();
        foreach (var row in new SetBits(frame.RowsToDo(guard, from, places)))
        {
            var drop = from.Type.Scale - digits[row];
            to[row] = kind == RoundingKind.Abs ? Int128.Abs(values[row]) : drop <= 0 ? values[row] : Rounded(values[row], drop);
            if (!Decimals.Fits(to[row], Decimals.MaxPrecision)) frame.Fail(row, where, $"the result has more than {Decimals.MaxPrecision} digits");
        }
        var (bits, nulls) = Validities.Both(frame, from, places);
        frame.Set(Target, new DecimalColumn(from.Type, frame.Rows, result, ShownScale(frame, from, digits), bits, nulls));
    }

    /// <summary>Rounded numbers show only the digits that are left: 123.45 to one digit is 123.5, not 123.50.</summary>
    private ColumnBuffer ShownScale(Frame frame, DecimalColumn from, ReadOnlySpan<long> digits)
    {
        if (kind == RoundingKind.Abs)
        {
            from.ShownScaleBuffer.Block?.Retain();
            return from.ShownScaleBuffer;
        }
        var shown = ColumnBuffer.Rent<sbyte>(frame.Memory, frame.Rows);
        var to = shown.As<sbyte>();
        for (var row = 0; row < to.Length; row++) to[row] = (sbyte)Math.Clamp(digits[row], 0, from.ShownScale.IsEmpty ? from.Type.Scale : Math.Max((sbyte)0, from.ShownScale[row]));
        return shown;
    }

    /// <summary>The number with so many of its last digits rounded to zeros.</summary>
    private Int128 Rounded(Int128 value, long drop)
    {
        if (drop > Decimals.MaxPrecision) return Int128.Zero;
        var power = Decimals.Power((int)drop);
        return Decimals.Divide(value, power, kind switch
        {
            RoundingKind.Ceiling => DecimalRounding.Ceiling,
            RoundingKind.Floor => DecimalRounding.Floor,
            RoundingKind.Down => DecimalRounding.Down,
            _ => DecimalRounding.HalfUp,
        }) * power;
    }
}
