using System.Buffers.Binary;
using System.Text;
using Chunnel.Core;

namespace Chunnel.Transforms.DynamicCompile;

/// <summary>Values of columns as objects of .NET's types.</summary>
internal static class FieldValues
{
    private const int MostDecimalScale = 28;
    private static readonly Int128 MostDecimal = (Int128)(UInt128.One << 96) - 1;
    private static readonly DateTime Epoch = DateTime.UnixEpoch;

    public static object? Read(Column column, int row) => column.IsNull(row) ? null : column switch
    {
        BoolColumn flags => Bits.Get(flags.Values, row),
        FixedColumn<sbyte> numbers => numbers.Values[row],
        FixedColumn<short> numbers => numbers.Values[row],
        FixedColumn<int> days when column.Type.Kind == TypeKind.Date => DateOnly.FromDayNumber(DateOnly.FromDateTime(Epoch).DayNumber + days.Values[row]),
        FixedColumn<int> numbers => numbers.Values[row],
        FixedColumn<long> nanos when column.Type.Kind == TypeKind.Time => new TimeOnly(nanos.Values[row] / TimeSpan.NanosecondsPerTick),
        FixedColumn<long> numbers => numbers.Values[row],
        FixedColumn<float> numbers => numbers.Values[row],
        FixedColumn<double> numbers => numbers.Values[row],
        DecimalColumn numbers => Decimal(numbers, row),
        TimestampColumn times => Time(times, row),
        TextColumn text => Text(text, row),
        ListColumn list => Items(list.Elements, list.Offsets[row], list.Offsets[row + 1]),
        MapColumn map => Pairs(map, row),
        RowColumn fields => fields.Fields.Select(field => Read(field, row)).ToArray(),
        _ => null,
    };

    private static object Text(TextColumn text, int row) => text.Type.Kind switch
    {
        TypeKind.String => Encoding.UTF8.GetString(text[row]),
        TypeKind.FloatVector => Floats(text[row]),
        _ => text[row].ToArray(),
    };

    private static float[] Floats(ReadOnlySpan<byte> bytes)
    {
        var values = new float[bytes.Length / sizeof(float)];
        for (var i = 0; i < values.Length; i++) values[i] = BinaryPrimitives.ReadSingleLittleEndian(bytes[(i * sizeof(float))..]);
        return values;
    }

    private static decimal Decimal(DecimalColumn column, int row)
    {
        var value = column.Values[row];
        var isNegative = Int128.IsNegative(value);
        var size = isNegative ? -value : value;
        var scale = column.Type.Scale;
        while ((size > MostDecimal || scale > MostDecimalScale) && scale > 0 && size % 10 == 0) (size, scale) = (size / 10, scale - 1);
        if (size < 0 || size > MostDecimal || scale > MostDecimalScale) throw new OverflowException($"A value of type {column.Type} has more digits than a decimal holds; GetText gives all of them.");
        var bits = (UInt128)size;
        return new decimal((int)(uint)bits, (int)(uint)(bits >> 32), (int)(uint)(bits >> 64), isNegative, (byte)scale);
    }

    private static object Time(TimestampColumn column, int row)
    {
        var micros = column.Micros[row];
        if (micros is TimestampColumn.PositiveInfinity or TimestampColumn.NegativeInfinity) throw new OverflowException("An infinite time is no DateTime; GetText gives it.");
        var local = Epoch.AddTicks(checked(micros * TimeSpan.TicksPerMicrosecond)).AddTicks(column.Nanos.IsEmpty ? 0 : column.Nanos[row] / TimeSpan.NanosecondsPerTick);
        if (column.Type.Kind == TypeKind.Timestamp) return DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
        var offset = TimeSpan.FromMinutes(column.OffsetMinutes.IsEmpty ? 0 : column.OffsetMinutes[row]);
        return new DateTimeOffset(DateTime.SpecifyKind(local, DateTimeKind.Utc)).ToOffset(offset);
    }

    private static object?[] Items(Column elements, int start, int end)
    {
        var items = new object?[end - start];
        for (var i = 0; i < items.Length; i++) items[i] = Read(elements, start + i);
        return items;
    }

    private static Dictionary<object, object?> Pairs(MapColumn map, int row)
    {
        var pairs = new Dictionary<object, object?>();
        for (var i = map.Offsets[row]; i < map.Offsets[row + 1]; i++) pairs[Read(map.Keys, i) ?? ""] = Read(map.Values, i);
        return pairs;
    }
}
