using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Text;

namespace Chunnel.Core;

/// <summary>
/// Writes values of a job file into column builders: what <c>rows</c>, column defaults and <c>equals_to</c> mean to a type. Numbers may be texts,
/// bytes are base64, times are found by their form; CURRENT_DATE, CURRENT_TIME and CURRENT_TIMESTAMP are the time given here.
/// </summary>
/// <param name="now">What the CURRENT_ words mean.</param>
public sealed class CellWriter(DateTimeOffset now)
{
    private SettingsNode _whole = SettingsObject.Empty;

    /// <summary>How many decimals had more digits than their column keeps.</summary>
    public int Rounded { get; private set; }

    /// <summary>Writes a list or an object as the row of a table: what is missing is null, what is too much is left out.</summary>
    public void PutRow(BatchBuilder builder, int row, SettingsNode fields)
    {
        _whole = fields;
        for (var i = 0; i < builder.ColumnCount; i++)
        {
            var name = builder.Schema.Columns[i].Name;
            Put(builder[i], row, FieldOf(fields, i, name), name);
        }
    }

    /// <summary>Writes one value.</summary>
    public void PutValue(ColumnBuilder builder, int row, SettingsNode value, string field)
    {
        _whole = value;
        Put(builder, row, value, field);
    }

    private static SettingsNode? FieldOf(SettingsNode fields, int index, string name) => fields switch
    {
        SettingsList list => index < list.Items.Count ? list.Items[index] : null,
        SettingsObject named => named.Entry(name)?.Value,
        _ => null,
    };

    private void Put(ColumnBuilder builder, int row, SettingsNode? node, string field)
    {
        if (node is null or SettingsScalar { Kind: ScalarKind.Null })
        {
            PutNull(builder, row);
            return;
        }
        switch (builder)
        {
            case BoolBuilder bits: Bits.Put(bits.Values, row, SettingsConvert.ToText(node).Trim().Equals("true", StringComparison.OrdinalIgnoreCase)); break;
            case FixedBuilder<sbyte> tiny: tiny.Values[row] = Whole<sbyte>(node, field); break;
            case FixedBuilder<short> small: small.Values[row] = Whole<short>(node, field); break;
            case FixedBuilder<int> date when date.Type.Kind == TypeKind.Date: date.Values[row] = Date(node, field); break;
            case FixedBuilder<int> ints: ints.Values[row] = Whole<int>(node, field); break;
            case FixedBuilder<long> time when time.Type.Kind == TypeKind.Time: time.Values[row] = Time(node, field); break;
            case FixedBuilder<long> longs: longs.Values[row] = Whole<long>(node, field); break;
            case FixedBuilder<float> floats: floats.Values[row] = (float)Real(node, field, float.MaxValue); break;
            case FixedBuilder<double> doubles: doubles.Values[row] = Real(node, field, double.MaxValue); break;
            case DecimalBuilder decimals: PutDecimal(decimals, row, node, field); break;
            case TimestampBuilder timestamps: PutTimestamp(timestamps, row, node, field); break;
            case TextBuilder text: text.Append(BytesOf(text.Type, node, field)); break;
            case ListBuilder list: PutList(list, node, field); break;
            case MapBuilder map: PutMap(map, node, field); break;
            case RowBuilder nested: PutNested(nested, row, node, field); break;
        }
    }

    /// <summary>A null, with a defined value in its slot.</summary>
    public static void PutNull(ColumnBuilder builder, int row)
    {
        switch (builder)
        {
            case TextBuilder text: text.AppendNull(); return;
            case ListBuilder list: list.AppendNull(); return;
            case MapBuilder map: map.AppendNull(); return;
            case NullBuilder: return;
            case FixedBuilder<sbyte> tiny: tiny.Values[row] = 0; break;
            case FixedBuilder<short> small: small.Values[row] = 0; break;
            case FixedBuilder<int> ints: ints.Values[row] = 0; break;
            case FixedBuilder<long> longs: longs.Values[row] = 0; break;
            case FixedBuilder<float> floats: floats.Values[row] = 0; break;
            case FixedBuilder<double> doubles: doubles.Values[row] = 0; break;
            case DecimalBuilder decimals: decimals.Values[row] = 0; break;
            case TimestampBuilder timestamps: timestamps.Micros[row] = 0; break;
            case RowBuilder nested:
                foreach (var child in nested.Fields) PutNull(child, row);
                break;
        }
        builder.SetNull(row);
    }

    private T Whole<T>(SettingsNode node, string field) where T : struct, INumber<T>, IMinMaxValue<T>
    {
        var text = SettingsConvert.ToText(node).Trim();
        if (T.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)) return value;
        // 5.0 and 1e3 are whole numbers too.
        if (decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number == decimal.Truncate(number)
            && number >= decimal.CreateChecked(T.MinValue) && number <= decimal.CreateChecked(T.MaxValue))
        {
            return T.CreateChecked(number);
        }
        throw Wrong(node, field, $"For input string: \"{text}\".");
    }

    private double Real(SettingsNode node, string field, double most)
    {
        var text = SettingsConvert.ToText(node).Trim();
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && (!double.IsFinite(value) || Math.Abs(value) <= most)) return value;
        throw Wrong(node, field, $"For input string: \"{text}\".");
    }

    private void PutDecimal(DecimalBuilder decimals, int row, SettingsNode node, string field)
    {
        var text = SettingsConvert.ToText(node).Trim();
        var outcome = DecimalText.TryParse(Encoding.UTF8.GetBytes(text), decimals.Type.Precision, decimals.Type.Scale, out var value, out var shown);
        if (outcome is ParseOutcome.Malformed or ParseOutcome.OutOfRange) throw Wrong(node, field, $"\"{text}\" is no {decimals.Type}.");
        if (outcome == ParseOutcome.Rounded) Rounded++;
        decimals.Values[row] = value;
        if (shown != decimals.Type.Scale && shown >= 0) decimals.ShownScale[row] = shown;
    }

    private int Date(SettingsNode node, string field)
    {
        var text = SettingsConvert.ToText(node).Trim();
        if (text == "CURRENT_DATE") return (int)CivilDate.ToDays(now.Year, now.Month, now.Day);
        if (TimeDetection.TryParseDate(Encoding.UTF8.GetBytes(text), out var days) == ParseOutcome.Exact) return days;
        throw Wrong(node, field, $"{CommonErrors.DateFormat(text, field)}");
    }

    private long Time(SettingsNode node, string field)
    {
        var text = SettingsConvert.ToText(node).Trim();
        if (text == "CURRENT_TIME") return now.TimeOfDay.Ticks * 100;
        if (TimeDetection.TryParseTime(Encoding.UTF8.GetBytes(text), out var nanos) == ParseOutcome.Exact) return nanos;
        throw Wrong(node, field, $"\"{text}\" is no time of day. Write HH:mm:ss.");
    }

    private void PutTimestamp(TimestampBuilder timestamps, int row, SettingsNode node, string field)
    {
        var zoned = timestamps.Type.Kind == TypeKind.TimestampTz;
        var time = Moment(node, zoned, field);
        if (time.HasOffset && !zoned) throw Wrong(node, field, $"\"{SettingsConvert.ToText(node)}\" has an offset, which a timestamp does not. Declare the column as timestamp_tz.");
        if (!(zoned ? time.TryToInstant(out var micros, out var nanos) : time.TryToMicros(out micros, out nanos)))
        {
            throw Wrong(node, field, $"The year {time.Year} is beyond what a timestamp holds.");
        }
        timestamps.Micros[row] = micros;
        if (nanos != 0) timestamps.Nanos[row] = nanos;
        if (zoned && time.OffsetMinutes != 0) timestamps.OffsetMinutes[row] = (short)time.OffsetMinutes;
    }

    private CivilTime Moment(SettingsNode node, bool zoned, string field)
    {
        var text = SettingsConvert.ToText(node).Trim();
        if (text == "CURRENT_TIMESTAMP")
        {
            var micros = (now.DateTime - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
            return CivilTime.FromMicros(micros, now.Nanosecond) with { OffsetMinutes = zoned ? (int)now.Offset.TotalMinutes : 0, HasOffset = zoned };
        }
        // A date alone is no timestamp (as recorded): it is rather a slip than a midnight.
        if (text.Length > "yyyy-MM-dd".Length && TimeDetection.TryParse(Encoding.UTF8.GetBytes(text), out var time)) return time;
        throw Wrong(node, field, $"{CommonErrors.DateTimeFormat(text, field)}");
    }

    private byte[] BytesOf(DataType type, SettingsNode node, string field) => type switch
    {
        { Kind: TypeKind.String } => Encoding.UTF8.GetBytes(SettingsConvert.ToText(node)),
        VectorType vector => Vector(vector, node, field),
        _ => Base64(node, field),
    };

    private byte[] Base64(SettingsNode node, string field)
    {
        var text = SettingsConvert.ToText(node);
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var count) ? bytes[..count] : throw Wrong(node, field, $"\"{text}\" is no base64.");
    }

    private byte[] Vector(VectorType vector, SettingsNode node, string field)
    {
        if (vector.Kind == TypeKind.BinaryVector) return node is SettingsList bits ? [.. bits.Items.Select(item => unchecked((byte)Whole<short>(item, field)))] : Base64(node, field);
        if (vector.Kind == TypeKind.SparseFloatVector)
        {
            var pairs = SettingsConvert.ToObject(field, node).Entries;
            var sparse = new byte[pairs.Count * VectorValues.SparseEntryBytes];
            for (var i = 0; i < pairs.Count; i++)
            {
                BinaryPrimitives.WriteInt32LittleEndian(sparse.AsSpan(i * VectorValues.SparseEntryBytes), Whole<int>(new SettingsScalar(pairs[i].Key, ScalarKind.Text) { Where = node.Where }, field));
                BinaryPrimitives.WriteSingleLittleEndian(sparse.AsSpan(i * VectorValues.SparseEntryBytes + sizeof(int)), (float)Real(pairs[i].Value, field, float.MaxValue));
            }
            return sparse;
        }
        var items = SettingsConvert.ToList(field, node);
        var bytes = new byte[items.Count * VectorValues.ElementBytes(vector.Kind)];
        for (var i = 0; i < items.Count; i++) VectorValues.Write(bytes.AsSpan(i * VectorValues.ElementBytes(vector.Kind)), (float)Real(items[i], field, float.MaxValue), VectorValues.WidthOf(vector.Kind));
        return bytes;
    }

    private void PutList(ListBuilder list, SettingsNode node, string field)
    {
        var items = SettingsConvert.ToList(field, node);
        var at = list.ElementCount;
        list.Elements.EnsureCapacity(at + items.Count);
        foreach (var item in items) Put(list.Elements, at++, item, field);
        list.CloseRow(items.Count);
    }

    private void PutMap(MapBuilder map, SettingsNode node, string field)
    {
        var entries = SettingsConvert.ToObject(field, node).Entries;
        var at = map.PairCount;
        map.Keys.EnsureCapacity(at + entries.Count);
        map.Values.EnsureCapacity(at + entries.Count);
        foreach (var entry in entries)
        {
            Put(map.Keys, at, new SettingsScalar(entry.Key, ScalarKind.Text) { Where = entry.KeyWhere }, field);
            Put(map.Values, at++, entry.Value, field);
        }
        map.CloseRow(entries.Count);
    }

    private void PutNested(RowBuilder nested, int row, SettingsNode node, string field)
    {
        if (node is SettingsScalar) node = SettingsConvert.ToObject(field, node);
        var type = (RowType)nested.Type;
        for (var i = 0; i < type.Fields.Count; i++)
        {
            nested.Fields[i].EnsureCapacity(row + 1);
            Put(nested.Fields[i], row, FieldOf(node, i, type.Fields[i].Name), $"{field}.{type.Fields[i].Name}");
        }
    }

    private ChunnelException Wrong(SettingsNode node, string field, string reason) =>
        new(CommonErrors.JsonFailed("Common", "convert/parse", SettingsJson.Compact(_whole)), $"Field $.{field}: {reason}") { Where = node.Where };
}
