using System.Diagnostics;
using Chunnel.Core;

namespace Chunnel.Transforms.Sql.Operations.Columns;

/// <summary>The same values with other nulls.</summary>
internal static class Reframe
{
    /// <summary>Shares the column's values; takes over the hold on the validity. The result is held by the caller.</summary>
    public static Column WithValidity(Column column, ColumnBuffer validity, int nulls)
    {
        switch (column)
        {
            case BoolColumn from: return new BoolColumn(from.Length, Held(from.ValueBuffer), validity, nulls);
            case FixedColumn<sbyte> from: return new FixedColumn<sbyte>(from.Type, from.Length, Held(from.ValueBuffer), validity, nulls);
            case FixedColumn<short> from: return new FixedColumn<short>(from.Type, from.Length, Held(from.ValueBuffer), validity, nulls);
            case FixedColumn<int> from: return new FixedColumn<int>(from.Type, from.Length, Held(from.ValueBuffer), validity, nulls);
            case FixedColumn<long> from: return new FixedColumn<long>(from.Type, from.Length, Held(from.ValueBuffer), validity, nulls);
            case FixedColumn<float> from: return new FixedColumn<float>(from.Type, from.Length, Held(from.ValueBuffer), validity, nulls);
            case FixedColumn<double> from: return new FixedColumn<double>(from.Type, from.Length, Held(from.ValueBuffer), validity, nulls);
            case DecimalColumn from: return new DecimalColumn(from.Type, from.Length, Held(from.ValueBuffer), Held(from.ShownScaleBuffer), validity, nulls);
            case TextColumn from: return new TextColumn(from.Type, from.Length, Held(from.OffsetBuffer), Held(from.ByteBuffer), validity, nulls);
            case TimestampColumn from:
                return new TimestampColumn(from.Type, from.Length, Held(from.MicrosBuffer), Held(from.NanosBuffer), Held(from.OffsetMinutesBuffer), validity, nulls);
            case ListColumn from:
                from.Elements.Retain();
                return new ListColumn((ArrayType)from.Type, from.Length, Held(from.OffsetBuffer), from.Elements, validity, nulls);
            case MapColumn from:
                from.Keys.Retain();
                from.Values.Retain();
                return new MapColumn((MapType)from.Type, from.Length, Held(from.OffsetBuffer), from.Keys, from.Values, validity, nulls);
            case RowColumn from:
                foreach (var field in from.Fields) field.Retain();
                return new RowColumn((RowType)from.Type, from.Length, from.Fields, validity, nulls);
            default: throw new UnreachableException($"No column of {column.Type} is known.");
        }
    }

    /// <summary>A column of chosen rows, null where none was found.</summary>
    public static Column Chosen(Column values, ReadOnlySpan<int> chosen, ReadOnlySpan<ulong> found, BatchMemory memory)
    {
        var rows = chosen.Length;
        if (values is NullColumn) return new NullColumn(rows);
        // Where no row of the batch has any value there is none to take.
        if (values.Length == 0) return Nulls.Column(ColumnBuilder.For(values.Type, memory, rows), rows);
        var taken = values.Take(chosen, memory);
        var validity = ColumnBuffer.RentBits(memory, rows);
        found.CopyTo(validity.As<ulong>());
        var result = WithValidity(taken, validity, rows - Bits.Count(found, rows));
        taken.Release();
        return result;
    }

    private static ColumnBuffer Held(ColumnBuffer buffer)
    {
        buffer.Block?.Retain();
        return buffer;
    }
}
