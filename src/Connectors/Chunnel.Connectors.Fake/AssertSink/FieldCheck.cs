using Chunnel.Core;

namespace Chunnel.Connectors.Fake;

/// <summary>A column's rules, ready to look at batches.</summary>
internal sealed class FieldCheck : IDisposable
{
    private readonly FieldRule _rule;
    private readonly Column?[] _expected;

    /// <exception cref="ChunnelException">An expected value is none of the column's type.</exception>
    public FieldCheck(FieldRule rule, ColumnDef column)
    {
        _rule = rule;
        _expected = [.. rule.Values.Select(value => value.EqualTo is { } to ? Expected(to, column) : null)];
    }

    public FieldRule Rule => _rule;

    /// <summary>The first of the rows that count, from 0 to below a bound, that breaks the rule; -1 when none does.</summary>
    public int FirstBroken(ColumnBatch batch, int column, int bound)
    {
        var values = batch[column];
        if (_rule.Type is { } type && type.Kind != TypeKind.Null && !TypeMatch.Fits(values.Type, type)) return bound > 0 ? 0 : -1;
        for (var i = 0; i < bound; i++)
        {
            if (!Holds(values, batch.RowAt(i))) return i;
        }
        return -1;
    }

    public void Dispose()
    {
        foreach (var expected in _expected) expected?.Release();
    }

    private bool Holds(Column values, int row)
    {
        var isNull = values.IsNull(row);
        if (_rule.Type is { } type)
        {
            // A null has no type but null, and a value is never of type null (as recorded).
            if (isNull != (type.Kind == TypeKind.Null)) return false;
            if (!isNull && values is DecimalColumn decimals && !TypeMatch.Fits(decimals, row, (DecimalType)type)) return false;
        }
        for (var i = 0; i < _expected.Length; i++)
        {
            var rule = _rule.Values[i];
            if (rule.Type is { } asked && !Holds(asked, rule.Bound ?? 0, values, row, isNull)) return false;
            if (rule.EqualTo is not null && !isNull && (_expected[i] is not { } expected || !CellEquality.Same(values, row, expected, 0))) return false;
        }
        return true;
    }

    private static bool Holds(RuleType type, double bound, Column values, int row, bool isNull) => type switch
    {
        RuleType.NotNull => !isNull,
        RuleType.Null => isNull,
        RuleType.Min => !isNull && NumberAt(values, row) >= bound,
        RuleType.Max => !isNull && NumberAt(values, row) <= bound,
        RuleType.MinLength => !isNull && values is TextColumn { Type.Kind: TypeKind.String } text && Utf16Length(text[row]) >= bound,
        RuleType.MaxLength => !isNull && values is TextColumn { Type.Kind: TypeKind.String } text && Utf16Length(text[row]) <= bound,
        _ => true,
    };

    /// <summary>The value as a double; NaN, which keeps no bound, when it is no number.</summary>
    private static double NumberAt(Column values, int row) => values switch
    {
        FixedColumn<sbyte> tiny => tiny.Values[row],
        FixedColumn<short> small => small.Values[row],
        FixedColumn<int> { Type.Kind: TypeKind.Int } ints => ints.Values[row],
        FixedColumn<long> { Type.Kind: TypeKind.BigInt } longs => longs.Values[row],
        FixedColumn<float> floats => floats.Values[row],
        FixedColumn<double> doubles => doubles.Values[row],
        DecimalColumn decimals => double.Parse(DecimalText.ToText(decimals.Values[row], decimals.Type.Scale), System.Globalization.CultureInfo.InvariantCulture),
        _ => double.NaN,
    };

    /// <summary>Characters as Java counts them: one outside the basic plane is two.</summary>
    private static int Utf16Length(ReadOnlySpan<byte> utf8)
    {
        var length = 0;
        foreach (var b in utf8) length += (b & 0xC0) == 0x80 ? 0 : b >= 0xF0 ? 2 : 1;
        return length;
    }

    /// <summary>The value as a column of one row; null when the column's type cannot hold it, so that nothing is equal to it.</summary>
    private static Column? Expected(SettingsNode to, ColumnDef column)
    {
        if (column.Type.Kind == TypeKind.Null) throw new ChunnelException(AssertErrors.TypeNotSupported, $"The column '{column.Name}' is of type null, which nothing is equal to.") { Where = to.Where };
        var writer = new CellWriter(DateTimeOffset.UnixEpoch);
        using var builder = ColumnBuilder.For(column.Type, BatchMemory.Unlimited(), capacity: 1);
        writer.PutValue(builder, 0, to, column.Name);
        return writer.Rounded > 0 ? null : builder.Build(1);
    }
}
