using System.Globalization;
using System.Numerics;
using System.Text;
using Chunnel.Core;
using Chunnel.Plugins;
using Chunnel.Transforms.Sql.Kernels.Numbers;
using Chunnel.Transforms.Sql.Operations.Numbers;
using Chunnel.Transforms.Sql.Typing;

namespace Chunnel.Transforms.DataValidator.Checks;

/// <summary>Makes the check of a RANGE rule for a column: bounds are read as values of its type.</summary>
internal sealed class RangeChecks(FieldRule rule, string transform, ColumnDef column, int index)
{
    private static readonly Int128 Least = Int128.MinValue + 1;
    private static readonly Int128 Most = Int128.MaxValue - 1;

    private readonly string? _min = FieldRule.Min.TryRead(rule.Settings, out var min) ? min : null;
    private readonly string? _max = FieldRule.Max.TryRead(rule.Settings, out var max) ? max : null;
    private readonly bool _withMin = FieldRule.MinInclusive.Read(rule.Settings);
    private readonly bool _withMax = FieldRule.MaxInclusive.Read(rule.Settings);

    private string Shown => $"{(_min is not null && _withMin ? '[' : '(')}{_min ?? "-∞"}, {_max ?? "∞"}{(_max is not null && _withMax ? ']' : ')')}";

    /// <exception cref="ProblemsException">A bound is no value of the column's type, or no value lies between them.</exception>
    public ValueCheck Make() => column.Type.Kind switch
    {
        TypeKind.TinyInt => Whole<sbyte>(),
        TypeKind.SmallInt => Whole<short>(),
        TypeKind.Int => Whole<int>(),
        TypeKind.BigInt => Whole<long>(),
        TypeKind.Float => Floating<float>(),
        TypeKind.Double => Floating<double>(),
        TypeKind.Decimal => Decimal((DecimalType)column.Type),
        TypeKind.Date => Between(Time(_min, Days), Time(_max, Days), int.MinValue, int.MaxValue),
        TypeKind.Time => Between(Time(_min, Nanos), Time(_max, Nanos), long.MinValue, long.MaxValue),
        TypeKind.Timestamp or TypeKind.TimestampTz => Timestamp(),
        _ => throw Refused(CommonErrors.UnsupportedType(transform, column.Type.ToString(), column.Name), $"A RANGE rule is for numbers, dates and times, and '{column.Name}' holds {column.Type}.", "CAST it in a Sql transform before."),
    };

    private NumberRange<T, GreaterOrEqual, LessOrEqual> Whole<T>() where T : unmanaged, INumber<T>, IMinMaxValue<T>
    {
        var (low, high) = Scaled(0);
        if (low > Int128.CreateChecked(T.MaxValue) || high < Int128.CreateChecked(T.MinValue)) throw Empty();
        return new(column.Name, index, rule.Message, Shown, T.CreateSaturating(low), T.CreateSaturating(high));
    }

    private DecimalRange Decimal(DecimalType type)
    {
        var (low, high) = Scaled(type.Scale);
        return new DecimalRange(column.Name, index, rule.Message, Shown, low, high);
    }

    /// <summary>The least and the greatest unscaled number at the scale that lie within.</summary>
    private (Int128 Low, Int128 High) Scaled(int scale)
    {
        var low = _min is null ? Least : Exact(FieldRule.Min, _min, scale, up: _withMin) + (_withMin ? 0 : 1);
        var high = _max is null ? Most : Exact(FieldRule.Max, _max, scale, up: !_withMax) - (_withMax ? 0 : 1);
        return low > high ? throw Empty() : (low, high);
    }

    /// <summary>A bound at the scale: rounded up, or down, where it has more digits.</summary>
    private Int128 Exact(Option<string> option, string text, int scale, bool up)
    {
        if (!ExactNumber.TryRead(text, out var unscaled, out var type)) throw NoValue(option, text);
        if (scale >= type.Scale) return Decimals.TryMultiply(unscaled, Decimals.Power(scale - type.Scale), out var product) ? product : unscaled < 0 ? Least : Most;
        var (quotient, rest) = Int128.DivRem(unscaled, Decimals.Power(type.Scale - scale));
        if (up && rest > 0) return quotient + 1;
        return !up && rest < 0 ? quotient - 1 : quotient;
    }

    private ValueCheck Floating<T>() where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var low = _min is null ? T.NegativeInfinity : Float<T>(FieldRule.Min, _min);
        var high = _max is null ? T.PositiveInfinity : Float<T>(FieldRule.Max, _max);
        if (low > high || low == high && !(_withMin && _withMax)) throw Empty();
        return (_min is null || _withMin, _max is null || _withMax) switch
        {
            (true, true) => new NumberRange<T, GreaterOrEqual, LessOrEqual>(column.Name, index, rule.Message, Shown, low, high),
            (true, false) => new NumberRange<T, GreaterOrEqual, Less>(column.Name, index, rule.Message, Shown, low, high),
            (false, true) => new NumberRange<T, Greater, LessOrEqual>(column.Name, index, rule.Message, Shown, low, high),
            _ => new NumberRange<T, Greater, Less>(column.Name, index, rule.Message, Shown, low, high),
        };
    }

    private T Float<T>(Option<string> option, string text) where T : IBinaryFloatingPointIeee754<T> =>
        T.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && !T.IsNaN(number) ? number : throw NoValue(option, text);

    private NumberRange<T, GreaterOrEqual, LessOrEqual> Between<T>(long? min, long? max, T least, T most) where T : unmanaged, INumber<T>
    {
        var low = min is { } from ? T.CreateChecked(from) + (_withMin ? T.Zero : T.One) : least;
        var high = max is { } to ? T.CreateChecked(to) - (_withMax ? T.Zero : T.One) : most;
        return low > high ? throw Empty() : new(column.Name, index, rule.Message, Shown, low, high);
    }

    private long? Time(string? text, Func<Column, long> number) => text is null ? null : Parsed(ReferenceEquals(text, _min) ? FieldRule.Min : FieldRule.Max, text, number);

    private static long Days(Column one) => ((FixedColumn<int>)one).Values[0];

    private static long Nanos(Column one) => ((FixedColumn<long>)one).Values[0];

    private static (long Micros, int Nanos) Moment(Column one) => (((TimestampColumn)one).Micros[0], ((TimestampColumn)one).Nanos.IsEmpty ? 0 : ((TimestampColumn)one).Nanos[0]);

    private TimestampRange Timestamp()
    {
        var low = _min is null ? (long.MinValue, 0) : Parsed(FieldRule.Min, _min, Moment);
        var high = _max is null ? (long.MaxValue, 999) : Parsed(FieldRule.Max, _max, Moment);
        if (_min is not null && !_withMin) low = low.Item2 == 999 ? (low.Item1 + 1, 0) : (low.Item1, low.Item2 + 1);
        if (_max is not null && !_withMax) high = high.Item2 == 0 ? (high.Item1 - 1, 999) : (high.Item1, high.Item2 - 1);
        return low.CompareTo(high) > 0 ? throw Empty() : new TimestampRange(column.Name, index, rule.Message, Shown, low, high);
    }

    /// <summary>What a bound is as a value of the column.</summary>
    private T Parsed<T>(Option<string> option, string text, Func<Column, T> read)
    {
        using var builder = ColumnBuilder.For(column.Type, BatchMemory.Unlimited(), 1);
        var outcome = ValueParser.TryParse(Encoding.UTF8.GetBytes(text), builder, 0, TextFormat.Console);
        var one = builder.Build(1);
        try
        {
            return outcome == ParseOutcome.Exact && !one.IsNull(0) ? read(one) : throw NoValue(option, text);
        }
        finally
        {
            one.Release();
        }
    }

    private ProblemsException NoValue(Option<string> option, string text) =>
        Refused(CommonErrors.OptionValidateFailed, $"The value '{text}' of '{option.Key}' is no {column.Type}, which '{column.Name}' holds.", null, option.Find(rule.Settings)!.Value.Where);

    private ProblemsException Empty() =>
        Refused(CommonErrors.OptionValidateFailed, $"No {column.Type} is within {Shown}: every value of '{column.Name}' would break the rule.", "Exchange the bounds, or widen them.");

    private ProblemsException Refused(ErrorCode code, string what, string? mend, TextPosition? where = null) => new([new Problem(code, what) { Where = where ?? rule.Settings.Where, Mend = mend }]);
}
