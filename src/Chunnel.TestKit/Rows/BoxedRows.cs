using System.Text;
using Chunnel.Core;

namespace Chunnel.TestKit;

/// <summary>
/// The oracle: batches as boxed rows and back, value by value through the plainest calls there are. Only tests box rows.
/// </summary>
public static class BoxedRows
{
    /// <summary>The rows of the batch that count, in order. The batch stays its owner's.</summary>
    public static IReadOnlyList<BoxedRow> Of(ColumnBatch batch)
    {
        var rows = new BoxedRow[batch.Selected];
        for (var i = 0; i < rows.Length; i++)
        {
            var row = batch.RowAt(i);
            rows[i] = new BoxedRow(batch.KindAt(row), [.. batch.Columns.Select(column => ValueAt(column, row))]);
        }
        return rows;
    }

    /// <summary>A batch of the rows, which the caller owns.</summary>
    public static ColumnBatch ToBatch(TableSchema schema, IReadOnlyCollection<BoxedRow> rows, BatchMemory memory)
    {
        using var builder = new BatchBuilder(schema, memory, Math.Max(1, rows.Count));
        var at = 0;
        foreach (var row in rows)
        {
            for (var i = 0; i < schema.Columns.Count; i++) Put(builder[i], at, row[i]);
            if (row.Kind != RowKind.Insert) builder.Kinds[at] = (byte)row.Kind;
            at++;
        }
        return builder.Build(at);
    }

    /// <summary>A column of the values, which the caller owns.</summary>
    public static Column ToColumn(DataType type, IReadOnlyList<object?> values, BatchMemory memory)
    {
        using var builder = ColumnBuilder.For(type, memory, Math.Max(1, values.Count));
        for (var i = 0; i < values.Count; i++) Put(builder, i, values[i]);
        return builder.Build(values.Count);
    }

    /// <summary>One value, or null.</summary>
    public static object? ValueAt(Column column, int row)
    {
        if (column.IsNull(row)) return null;
        return column switch
        {
            BoolColumn c => Bits.Get(c.Values, row),
            FixedColumn<sbyte> c => c.Values[row],
            FixedColumn<short> c => c.Values[row],
            FixedColumn<int> c => c.Type.Kind == TypeKind.Date ? new BoxedDate(c.Values[row]) : c.Values[row],
            FixedColumn<long> c => c.Type.Kind == TypeKind.Time ? new BoxedTime(c.Values[row]) : c.Values[row],
            FixedColumn<float> c => c.Values[row],
            FixedColumn<double> c => c.Values[row],
            DecimalColumn c => new BoxedDecimal(c.Values[row], c.Type.Scale, c.ShownScale.IsEmpty ? c.Type.Scale : c.ShownScale[row]),
            TimestampColumn c => new BoxedTimestamp(c.Micros[row], c.Nanos.IsEmpty ? 0 : c.Nanos[row], c.OffsetMinutes.IsEmpty ? 0 : c.OffsetMinutes[row]),
            TextColumn c => c.Type.Kind == TypeKind.String ? Encoding.UTF8.GetString(c[row]) : new BoxedBytes(c[row].ToArray()),
            ListColumn c => new BoxedList([.. Range(c.Offsets[row], c.Offsets[row + 1]).Select(i => ValueAt(c.Elements, i))]),
            MapColumn c => new BoxedMap([.. Range(c.Offsets[row], c.Offsets[row + 1]).Select(i => KeyValuePair.Create(ValueAt(c.Keys, i)!, ValueAt(c.Values, i)))]),
            RowColumn c => new BoxedList([.. c.Fields.Select(field => ValueAt(field, row))]),
            ConstantColumn c => ValueAt(c.One, 0),
            _ => throw new ArgumentException($"No boxed form of {column.GetType().Name}.", nameof(column)),
        };
    }

    /// <summary>Writes a value into a builder's row; rows come in order.</summary>
    public static void Put(ColumnBuilder to, int row, object? value)
    {
        to.EnsureCapacity(row + 1);
        if (value is null)
        {
            to.AppendNullAt(row);
            return;
        }
        switch (to)
        {
            case BoolBuilder b: Bits.Put(b.Values, row, (bool)value); break;
            case FixedBuilder<sbyte> b: b.Values[row] = (sbyte)value; break;
            case FixedBuilder<short> b: b.Values[row] = (short)value; break;
            case FixedBuilder<int> b: b.Values[row] = value is BoxedDate date ? date.Days : (int)value; break;
            case FixedBuilder<long> b: b.Values[row] = value is BoxedTime time ? time.Nanos : (long)value; break;
            case FixedBuilder<float> b: b.Values[row] = (float)value; break;
            case FixedBuilder<double> b: b.Values[row] = (double)value; break;
            case DecimalBuilder b:
                var number = (BoxedDecimal)value;
                b.Values[row] = number.Unscaled;
                if (number.ShownScale != b.Type.Scale) b.ShownScale[row] = (sbyte)number.ShownScale;
                break;
            case TimestampBuilder b:
                var moment = (BoxedTimestamp)value;
                b.Micros[row] = moment.Micros;
                if (moment.Nanos != 0) b.Nanos[row] = (short)moment.Nanos;
                if (moment.OffsetMinutes != 0) b.OffsetMinutes[row] = (short)moment.OffsetMinutes;
                break;
            case TextBuilder b: b.Append(value is BoxedBytes bytes ? bytes.Bytes : Encoding.UTF8.GetBytes((string)value)); break;
            case ListBuilder b:
                var items = ((BoxedList)value).Items;
                var first = b.ElementCount;
                for (var i = 0; i < items.Count; i++) Put(b.Elements, first + i, items[i]);
                b.CloseRow(items.Count);
                break;
            case MapBuilder b:
                var pairs = ((BoxedMap)value).Pairs;
                var start = b.PairCount;
                for (var i = 0; i < pairs.Count; i++)
                {
                    Put(b.Keys, start + i, pairs[i].Key);
                    Put(b.Values, start + i, pairs[i].Value);
                }
                b.CloseRow(pairs.Count);
                break;
            case RowBuilder b:
                var fields = ((BoxedList)value).Items;
                for (var i = 0; i < b.Fields.Count; i++) Put(b.Fields[i], row, fields[i]);
                break;
            default: throw new ArgumentException($"No boxed form for {to.Type}.", nameof(to));
        }
    }

    private static IEnumerable<int> Range(int start, int end) => Enumerable.Range(start, end - start);
}
