using System.Globalization;
using System.Text;
using Chunnel.Core;
using Chunnel.TestKit;
using Chunnel.Transforms.Sql.Parsing;

namespace Chunnel.Transforms.Tests.Sql;

/// <summary>
/// The plain twin of the engine: walks an expression for one row of boxed values. int, long, double, string, bool and null are enough to
/// tell a fault of the columns from one of the meaning. It knows nothing of batches, registers or kernels.
/// </summary>
internal sealed class PlainInterpreter(IReadOnlyDictionary<string, object?> row)
{
    /// <summary>A value that cannot be computed.</summary>
    public sealed class RowFails : Exception;

    public object? Of(Syntax syntax) => syntax switch
    {
        GroupSyntax group => Of(group.Inner),
        NameSyntax name => row.TryGetValue(name.Parts[0], out var value) ? value : bool.Parse(name.Parts[0]),
        NumberSyntax { Integral: true } number => int.TryParse(number.Digits, CultureInfo.InvariantCulture, out var small) ? (object)small : long.Parse(number.Digits, CultureInfo.InvariantCulture),
        NumberSyntax number => double.Parse(number.Digits, CultureInfo.InvariantCulture),
        TextSyntax text => text.Value,
        NullSyntax => null,
        SignSyntax sign => Negate(Of(sign.Operand)),
        NotSyntax not => Of(not.Operand) is bool truth ? !truth : null,
        IsNullSyntax test => Of(test.Operand) is null != test.Negated,
        BinarySyntax binary => Binary(binary),
        BetweenSyntax between => Between(between),
        InSyntax list => In(list),
        LikeSyntax like => Like(like),
        CaseSyntax cases => Case(cases),
        TimeSyntax { Type.Kind: TypeKind.Date } time => new BoxedDate(DateOnly.Parse(time.Value, CultureInfo.InvariantCulture).DayNumber - DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber),
        CastSyntax { Type.Name: "STRING" } cast => Of(cast.Operand) is { } value ? Text(value) : null,
        CastSyntax { Type.Name: "INT" } cast => ToInt(Of(cast.Operand), cast.Try),
        CallSyntax call => Call(call),
        _ => throw new NotSupportedException(syntax.ToString()),
    };

    private object? Binary(BinarySyntax binary)
    {
        if (binary.Sign is BinarySign.And or BinarySign.Or)
        {
            var decides = binary.Sign == BinarySign.Or;
            var left = Of(binary.Left) as bool?;
            if (left == decides) return decides;
            var right = Of(binary.Right) as bool?;
            return right == decides ? decides : left is null || right is null ? null : !decides;
        }
        var (a, b) = (Of(binary.Left), Of(binary.Right));
        return binary.Sign switch
        {
            BinarySign.Concat => string.Concat(Text(a), Text(b)),
            >= BinarySign.Add => Arithmetic(binary.Sign, a, b),
            BinarySign.Equal => a is not null && b is not null && Order(a, b) == 0,
            BinarySign.NotEqual => a is null ? b is not null : b is null || Order(a, b) != 0,
            _ => Ordered(binary.Sign, a, b),
        };
    }

    private static object? Ordered(BinarySign sign, object? a, object? b)
    {
        if (a is null || b is null) return null;
        return sign switch
        {
            BinarySign.Less => Order(a, b) < 0,
            BinarySign.LessOrEqual => Order(a, b) <= 0,
            BinarySign.Greater => Order(a, b) > 0,
            _ => Order(a, b) >= 0,
        };
    }

    private static int Order(object a, object b) => (a, b) switch
    {
        (string x, string y) => string.CompareOrdinal(x, y),
        (bool x, bool y) => x.CompareTo(y),
        (BoxedDate x, BoxedDate y) => x.Days.CompareTo(y.Days),
        (double x, double y) => x.CompareTo(y),
        (double x, _) => decimal.Compare((decimal)x, Convert.ToDecimal(b, CultureInfo.InvariantCulture)),
        (_, double y) => decimal.Compare(Convert.ToDecimal(a, CultureInfo.InvariantCulture), (decimal)y),
        _ => Convert.ToInt64(a, CultureInfo.InvariantCulture).CompareTo(Convert.ToInt64(b, CultureInfo.InvariantCulture)),
    };

    private static object? Arithmetic(BinarySign sign, object? a, object? b)
    {
        if (a is null || b is null) return null;
        if (a is double || b is double)
        {
            var (x, y) = (Convert.ToDouble(a, CultureInfo.InvariantCulture), Convert.ToDouble(b, CultureInfo.InvariantCulture));
            return sign switch { BinarySign.Add => (object)(x + y), BinarySign.Subtract => x - y, BinarySign.Multiply => x * y, BinarySign.Divide => x / y, _ => x % y };
        }
        var (m, n) = (Convert.ToInt64(a, CultureInfo.InvariantCulture), Convert.ToInt64(b, CultureInfo.InvariantCulture));
        if (n == 0 && sign is BinarySign.Divide or BinarySign.Modulo && n == 0) throw new RowFails();
        var wide = sign switch
        {
            BinarySign.Add => unchecked(m + n),
            BinarySign.Subtract => unchecked(m - n),
            BinarySign.Multiply => unchecked(m * n),
            BinarySign.Divide => n == -1 ? unchecked(-m) : m / n,
            _ => n == -1 ? 0 : m % n,
        };
        if (a is int && b is int) return unchecked((int)wide);
        return wide;
    }

    private static object? Negate(object? value) => value switch
    {
        int n => (object)unchecked(-n),
        long n => unchecked(-n),
        double n => -n,
        _ => null,
    };

    private object? Between(BetweenSyntax between)
    {
        var value = Of(between.Operand);
        var low = Ordered(BinarySign.GreaterOrEqual, value, Of(between.Low)) as bool?;
        var within = low == false ? false : (low, Ordered(BinarySign.LessOrEqual, value, Of(between.High)) as bool?) switch
        {
            (_, false) => false,
            (true, true) => true,
            _ => (bool?)null,
        };
        return between.Negated ? !within : within;
    }

    private object? In(InSyntax list)
    {
        var value = Of(list.Operand);
        bool? any = false;
        foreach (var item in list.Items)
        {
            var other = Of(item);
            if (value is null || other is null) any = null;
            else if (Order(value, other) == 0) return !list.Negated;
        }
        return any is null ? null : list.Negated;
    }

    private object? Like(LikeSyntax like)
    {
        if (Of(like.Operand) is not string text || Of(like.Pattern) is not string pattern) return null;
        var matches = Matches([.. text.EnumerateRunes()], [.. pattern.EnumerateRunes()]);
        return matches != like.Negated;
    }

    private static bool Matches(ReadOnlySpan<Rune> text, ReadOnlySpan<Rune> pattern)
    {
        if (pattern.IsEmpty) return text.IsEmpty;
        if (pattern[0].Value == '%') return Matches(text, pattern[1..]) || (!text.IsEmpty && Matches(text[1..], pattern));
        return !text.IsEmpty && (pattern[0].Value == '_' || pattern[0] == text[0]) && Matches(text[1..], pattern[1..]);
    }

    private object? Case(CaseSyntax cases)
    {
        foreach (var branch in cases.Branches)
        {
            if (Of(branch.When) is true) return Widened(Of(branch.Then), Width(cases));
        }
        return cases.Else is null ? null : Widened(Of(cases.Else), Width(cases));
    }

    /// <summary>How wide the numbers of an expression are, whatever the row: 1 int, 2 bigint, 3 double; 0 for anything else.</summary>
    private static int Width(Syntax syntax) => syntax switch
    {
        GroupSyntax group => Width(group.Inner),
        NameSyntax { Parts: ["i" or "j"] } => 1,
        NameSyntax { Parts: ["l"] } => 2,
        NameSyntax { Parts: ["d"] } => 3,
        NumberSyntax { Integral: true } number => int.TryParse(number.Digits, CultureInfo.InvariantCulture, out _) ? 1 : 2,
        NumberSyntax => 3,
        SignSyntax sign => Width(sign.Operand),
        BinarySyntax { Sign: >= BinarySign.Add } binary => Math.Max(1, Math.Max(Width(binary.Left), Width(binary.Right))),
        CaseSyntax cases => cases.Branches.Select(branch => Width(branch.Then)).Append(cases.Else is null ? 0 : Width(cases.Else)).Max(),
        CallSyntax { Name: "COALESCE" or "ABS" } call => call.Arguments.Max(Width),
        CallSyntax { Name: "LENGTH" or "DATEDIFF" } => 2,
        CallSyntax { Name: "ASCII" or "LOCATE" or "SIGN" or "YEAR" or "MONTH" or "QUARTER" or "DAY_OF_MONTH" or "DAY_OF_YEAR" or "DAY_OF_WEEK" } => 1,
        CastSyntax { Type.Name: "INT" } => 1,
        _ => 0,
    };

    private static object? Widened(object? value, int width) => (value, width) switch
    {
        (int number, 2) => (long)number,
        (int or long, 3) => Convert.ToDouble(value, CultureInfo.InvariantCulture),
        _ => value,
    };

    private object? Call(CallSyntax call) => call.Name switch
    {
        "COALESCE" => Widened(call.Arguments.Select(Of).FirstOrDefault(value => value is not null), Width(call)),
        "UPPER" => (Of(call.Arguments[0]) as string)?.ToUpperInvariant(),
        "LENGTH" => Of(call.Arguments[0]) is string text ? (long)text.Length : null,
        "REPLACE" => Replace(Of(call.Arguments[0]) as string, Of(call.Arguments[1]) as string, Of(call.Arguments[2]) as string),
        "ABS" => Of(call.Arguments[0]) switch { int n => (object)(n < 0 ? unchecked(-n) : n), long n => n < 0 ? unchecked(-n) : n, double n => Math.Abs(n), _ => null },
        "INSERT" => PlainFunctions.Insert(Of(call.Arguments[0]) as string, Of(call.Arguments[1]), Of(call.Arguments[2]), Of(call.Arguments[3]) as string),
        "LOCATE" when call.Arguments.Select(Of).ToArray() is [{ } , null] => 0,
        "NULLIF" => NullIf(Of(call.Arguments[0]), Of(call.Arguments[1])),
        "SIGN" => Of(call.Arguments[0]) is { } number ? Math.Sign(Convert.ToDouble(number, CultureInfo.InvariantCulture)) : null,
        _ => call.Arguments.Select(Of).ToArray() is var arguments && arguments.Contains(null) ? null : PlainFunctions.Call(call.Name, arguments!),
    };

    private static object? NullIf(object? a, object? b) => a is not null && b is not null && Order(a, b) == 0 ? null : a;

    private static object? ToInt(object? value, bool attempt)
    {
        if (value is null) return null;
        if (int.TryParse(Text(value), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)) return number;
        return attempt ? null : throw new RowFails();
    }

    /// <summary>All arguments are computed first: one that fails lets the row fail, whatever the others are.</summary>
    private static string? Replace(string? text, string? find, string? with)
    {
        if (text is null || find is null) return null;
        return find.Length == 0 ? text : text.Replace(find, with ?? "", StringComparison.Ordinal);
    }

    private static string Text(object? value) => value switch
    {
        BoxedDate date => DateTime.UnixEpoch.AddDays(date.Days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        null => "",
        bool truth => truth ? "true" : "false",
        double number => JavaDouble.ToText(number),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => (string)value,
    };
}
