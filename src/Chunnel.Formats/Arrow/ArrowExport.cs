using System.Runtime.InteropServices;
using Apache.Arrow;
using Chunnel.Core;
using Column = Chunnel.Core.Column;
using Types = Apache.Arrow.Types;

namespace Chunnel.Formats.Arrow;

/// <summary>Lays Arrow's view over the columns of one batch. What must be converted is rented and listed; the rest is shared.</summary>
internal sealed class ArrowExport(ColumnBatch batch, ArrowOptions options)
{
    private string _name = "";

    /// <summary>Buffers made here, each held once.</summary>
    public List<ColumnBuffer> Converted { get; } = [];

    public long Rounded { get; private set; }

    public long OutOfRange { get; private set; }

    public ArrayData Column(string name, Column column, Types.IArrowType type)
    {
        _name = name;
        return Data(column, type);
    }

    private ArrayData Data(Column column, Types.IArrowType type) => column switch
    {
        NullColumn => type is Types.StringType ? NoText(column.Length) : new NullArray(column.Length).Data,
        BoolColumn c => Flat(c, type, c.ValueBuffer),
        FixedColumn<sbyte> c => Flat(c, type, c.ValueBuffer),
        FixedColumn<short> c => Flat(c, type, c.ValueBuffer),
        FixedColumn<int> c => Flat(c, type, c.ValueBuffer),
        FixedColumn<long> c => Flat(c, type, c.ValueBuffer),
        FixedColumn<float> c => Flat(c, type, c.ValueBuffer),
        FixedColumn<double> c => Flat(c, type, c.ValueBuffer),
        DecimalColumn c => Flat(c, type, c.ValueBuffer),
        TimestampColumn c => Timestamps(c, (Types.TimestampType)type),
        TextColumn c when c.Type.IsVector && c.Type.Kind != TypeKind.BinaryVector => Vector(c, type),
        TextColumn c => new ArrayData(type, c.Length, c.NullCount, 0, [Bits(c), Buffer(c.OffsetBuffer), Buffer(c.ByteBuffer)]),
        ListColumn c => new ArrayData(type, c.Length, c.NullCount, 0, [Bits(c), Buffer(c.OffsetBuffer)], [Data(c.Elements, ((Types.ListType)type).ValueDataType)]),
        MapColumn c => Map(c, (Types.MapType)type),
        RowColumn c => new ArrayData(type, c.Length, c.NullCount, 0, [Bits(c)], [.. c.Fields.Select((field, i) => Data(field, ((Types.StructType)type).Fields[i].DataType))]),
        _ => throw new System.Diagnostics.UnreachableException($"No Arrow view of {column.GetType().Name}."),
    };

    private static ArrayData Flat(Column column, Types.IArrowType type, ColumnBuffer values) =>
        new(type, column.Length, column.NullCount, 0, [Bits(column), Buffer(values)]);

    private static ArrowBuffer Bits(Column column) => Buffer(column.ValidityBuffer);

    private static ArrowBuffer Buffer(ColumnBuffer buffer) =>
        buffer.Block is { } block ? new ArrowBuffer(block.Memory.Slice(buffer.Offset, buffer.Bytes)) : ArrowBuffer.Empty;

    private ColumnBuffer Rent<T>(int count) where T : unmanaged
    {
        var buffer = ColumnBuffer.Rent<T>(batch.Memory, count);
        Converted.Add(buffer);
        return buffer;
    }

    private ArrayData NoText(int rows)
    {
        var bits = Rent<ulong>(Chunnel.Core.Bits.Words(rows));
        bits.As<ulong>().Clear();
        var offsets = Rent<int>(rows + 1);
        offsets.As<int>().Clear();
        return new ArrayData(Types.StringType.Default, rows, rows, 0, [Buffer(bits), Buffer(offsets), ArrowBuffer.Empty]);
    }

    private ArrayData Map(MapColumn column, Types.MapType type)
    {
        var entries = new ArrayData(
            type.KeyValueType, column.Keys.Length, 0, 0, [ArrowBuffer.Empty], [Data(column.Keys, type.KeyField.DataType), Data(column.Values, type.ValueField.DataType)]);
        return new ArrayData(type, column.Length, column.NullCount, 0, [Bits(column), Buffer(column.OffsetBuffer)], [entries]);
    }

    private ArrayData Timestamps(TimestampColumn column, Types.TimestampType type)
    {
        var micros = column.Micros;
        if (type.Unit == Types.TimeUnit.Microsecond)
        {
            if (!column.Nanos.IsEmpty) CountNanos(column);
            if (options.OutOfRange is null || !HasInfinity(column)) return Flat(column, type, column.MicrosBuffer);
        }
        var values = Rent<long>(column.Length);
        var to = values.As<long>();
        var validity = column.ValidityBuffer;
        var nulls = column.NullCount;
        for (var row = 0; row < column.Length; row++)
        {
            if (column.IsNull(row))
            {
                to[row] = 0;
                continue;
            }
            var nanos = column.Nanos.IsEmpty ? 0 : column.Nanos[row];
            if (TryConvert(type.Unit, micros[row], nanos, row, out to[row])) continue;
            OutOfRange++;
            switch (options.OutOfRange)
            {
                case Chunnel.Core.OutOfRange.Clamp:
                    to[row] = Nearest(type.Unit, micros[row] > 0);
                    break;
                case Chunnel.Core.OutOfRange.Null:
                    if (validity.Block == column.ValidityBuffer.Block) validity = OwnBits(column);
                    Chunnel.Core.Bits.Clear(validity.As<ulong>(), row);
                    to[row] = 0;
                    nulls++;
                    break;
                default:
                    throw ArrowErrors.OutOfRange(_name, batch.FirstRow + row, Show(micros[row], nanos), ArrowTypes.NameOf(type));
            }
        }
        return new ArrayData(type, column.Length, nulls, 0, [Buffer(validity), Buffer(values)]);
    }

    /// <summary>The value in the unit, floored; false when it does not fit.</summary>
    private bool TryConvert(Types.TimeUnit unit, long micros, int nanos, int row, out long value)
    {
        value = micros;
        if (micros is TimestampColumn.PositiveInfinity or TimestampColumn.NegativeInfinity) return false;
        switch (unit)
        {
            case Types.TimeUnit.Nanosecond:
                if (micros is > long.MaxValue / 1000 - 1 or < long.MinValue / 1000 + 1) return false;
                value = micros * 1000 + nanos;
                return true;
            case Types.TimeUnit.Millisecond:
                value = Math.DivRem(micros, 1000, out var rest);
                if (rest < 0) value--;
                if (rest != 0 || nanos != 0) CountRounded(micros, nanos, row, "milliseconds");
                return true;
            default:
                return true;
        }
    }

    /// <summary>The last microsecond of the year 9999, or the first of year 1: what other programs read, where the unit reaches so far.</summary>
    private static long Nearest(Types.TimeUnit unit, bool up)
    {
        const long first = -62_135_596_800_000_000;
        const long last = 253_402_300_799_999_999;
        return unit switch
        {
            Types.TimeUnit.Nanosecond => up ? long.MaxValue : long.MinValue + 1,
            Types.TimeUnit.Millisecond => up ? last / 1000 : first / 1000,
            _ => up ? last : first,
        };
    }

    private ColumnBuffer OwnBits(Column column)
    {
        var bits = Rent<ulong>(Chunnel.Core.Bits.Words(column.Length));
        if (column.HasNulls) column.Validity.CopyTo(bits.As<ulong>());
        else Chunnel.Core.Bits.FillOnes(bits.As<ulong>(), column.Length);
        return bits;
    }

    private void CountNanos(TimestampColumn column)
    {
        for (var row = 0; row < column.Length; row++)
        {
            if (column.Nanos[row] != 0 && !column.IsNull(row)) CountRounded(column.Micros[row], column.Nanos[row], row, "microseconds");
        }
    }

    private void CountRounded(long micros, int nanos, int row, string target)
    {
        if (options.PrecisionLoss == PrecisionLoss.Fail) throw ArrowErrors.LosesDigits(_name, batch.FirstRow + row, Show(micros, nanos), target);
        Rounded++;
    }

    private static string Show(long micros, int nanos) => JavaTime.TimestampToText(micros, nanos);

    private static bool HasInfinity(TimestampColumn column)
    {
        var micros = column.Micros;
        if (!micros.ContainsAny(TimestampColumn.PositiveInfinity, TimestampColumn.NegativeInfinity)) return false;
        for (var row = 0; row < micros.Length; row++)
        {
            if (micros[row] is TimestampColumn.PositiveInfinity or TimestampColumn.NegativeInfinity && !column.IsNull(row)) return true;
        }
        return false;
    }

    private ArrayData Vector(TextColumn column, Types.IArrowType type)
    {
        var kind = column.Type.Kind;
        var width = VectorValues.ElementBytes(kind);
        var first = column.Offsets[0];
        var elements = (column.Offsets[^1] - first) / width;
        var offsets = Rent<int>(column.Length + 1);
        var to = offsets.As<int>();
        for (var row = 0; row <= column.Length; row++) to[row] = (column.Offsets[row] - first) / width;
        var bytes = column.Utf8[first..];
        if (kind == TypeKind.SparseFloatVector) return Sparse(column, (Types.MapType)type, offsets, bytes, elements);
        ColumnBuffer values;
        if (kind == TypeKind.FloatVector)
        {
            values = column.ByteBuffer.Slice(first, elements * width);
        }
        else
        {
            values = Rent<float>(elements);
            var floats = values.As<float>();
            for (var i = 0; i < elements; i++) floats[i] = VectorValues.Read(bytes[(i * width)..], VectorValues.WidthOf(kind));
        }
        var child = new ArrayData(Types.FloatType.Default, elements, 0, 0, [ArrowBuffer.Empty, Buffer(values)]);
        return new ArrayData(type, column.Length, column.NullCount, 0, [Bits(column), Buffer(offsets)], [child]);
    }

    private ArrayData Sparse(TextColumn column, Types.MapType type, ColumnBuffer offsets, ReadOnlySpan<byte> bytes, int elements)
    {
        var keys = Rent<int>(elements);
        var values = Rent<float>(elements);
        var entries = MemoryMarshal.Cast<byte, int>(bytes[..(elements * VectorValues.SparseEntryBytes)]);
        for (var i = 0; i < elements; i++)
        {
            keys.As<int>()[i] = entries[2 * i];
            values.As<float>()[i] = BitConverter.Int32BitsToSingle(entries[2 * i + 1]);
        }
        var pairs = new ArrayData(type.KeyValueType, elements, 0, 0, [ArrowBuffer.Empty],
        [
            new ArrayData(Types.Int32Type.Default, elements, 0, 0, [ArrowBuffer.Empty, Buffer(keys)]),
            new ArrayData(Types.FloatType.Default, elements, 0, 0, [ArrowBuffer.Empty, Buffer(values)]),
        ]);
        return new ArrayData(type, column.Length, column.NullCount, 0, [Bits(column), Buffer(offsets)], [pairs]);
    }
}
