using System.Buffers.Binary;
using Apache.Arrow;
using Chunnel.Core;
using Types = Apache.Arrow.Types;

namespace Chunnel.Formats.Arrow;

internal sealed partial class ArrowImport
{
    /// <summary>Bytes of Parquet's oldest timestamp: nanoseconds of the day, then the Julian day.</summary>
    private const int Int96Bytes = 12;
    private const int JulianDayOfEpoch = 2_440_588;

    private FixedColumn<int> Dates(ArrayData data, int start, int rows)
    {
        switch (data.DataType)
        {
            case Types.Date32Type:
                var days = Values<int>(data, start, rows);
                var (bits, nulls) = Validity(data, start, rows);
                return new FixedColumn<int>(DataType.Date, rows, Copy(days), bits, nulls);
            case Types.Date64Type:
                var millis = Values<long>(data, start, rows);
                (bits, nulls) = Validity(data, start, rows);
                return new FixedColumn<int>(DataType.Date, rows, Days(millis, data, bits), bits, nulls);
            default: throw Cannot(data, DataType.Date);
        }
    }

    private ColumnBuffer Days(ReadOnlySpan<long> millis, ArrayData data, ColumnBuffer bits)
    {
        var buffer = ColumnBuffer.Rent<int>(memory, millis.Length);
        try
        {
            var to = buffer.As<int>();
            for (var row = 0; row < to.Length; row++)
            {
                var day = FloorDiv(millis[row], 86_400_000);
                to[row] = (int)day;
                if (to[row] == day || (!bits.IsEmpty && !Bits.Get(bits.As<ulong>(), row))) continue;
                to[row] = 0;
                TooLarge(row, $"{millis[row]} as {ArrowTypes.NameOf(data.DataType)}", DataType.Date);
            }
            return buffer;
        }
        catch
        {
            buffer.Block!.Release();
            bits.Block?.Release();
            throw;
        }
    }

    private FixedColumn<long> Times(ArrayData data, int start, int rows)
    {
        var factor = data.DataType switch
        {
            Types.Time32Type { Unit: Types.TimeUnit.Second } => CivilTime.NanosPerSecond,
            Types.Time32Type => 1_000_000,
            Types.Time64Type { Unit: Types.TimeUnit.Microsecond } => 1000,
            Types.Time64Type => 1,
            _ => throw Cannot(data, DataType.Time),
        };
        var buffer = ColumnBuffer.Rent<long>(memory, rows);
        ColumnBuffer bits = default;
        try
        {
            var to = buffer.As<long>();
            if (data.DataType is Types.Time32Type)
            {
                var from = Values<int>(data, start, rows);
                for (var row = 0; row < rows; row++) to[row] = from[row];
            }
            else
            {
                Values<long>(data, start, rows).CopyTo(to);
            }
            (bits, var nulls) = Validity(data, start, rows);
            var most = CivilTime.NanosPerDay / factor;
            for (var row = 0; row < rows; row++)
            {
                if (nulls > 0 && !Bits.Get(bits.As<ulong>(), row)) to[row] = 0;
                else if (to[row] >= 0 && to[row] < most) to[row] *= factor;
                else
                {
                    TooLarge(row, $"{to[row]} as {ArrowTypes.NameOf(data.DataType)}", DataType.Time);
                    to[row] = 0;
                }
            }
            return new FixedColumn<long>(DataType.Time, rows, buffer, bits, nulls);
        }
        catch
        {
            buffer.Block!.Release();
            bits.Block?.Release();
            throw;
        }
    }

    private TimestampColumn Timestamps(ArrayData data, DataType type, int start, int rows)
    {
        if (data.DataType is Types.FixedSizeBinaryType { ByteWidth: Int96Bytes }) return Int96(data, type, start, rows);
        if (data.DataType is not Types.TimestampType moment) throw Cannot(data, type);
        var from = Values<long>(data, start, rows);
        var (bits, nulls) = Validity(data, start, rows);
        if (moment.Unit == Types.TimeUnit.Microsecond) return new TimestampColumn(type, rows, Copy(from), default, default, bits, nulls);

        var micros = ColumnBuffer.Rent<long>(memory, rows);
        ColumnBuffer nanos = default;
        var to = micros.As<long>();
        if (moment.Unit == Types.TimeUnit.Nanosecond)
        {
            for (var row = 0; row < rows; row++)
            {
                to[row] = FloorDiv(from[row], 1000);
                var rest = (short)(from[row] - to[row] * 1000);
                if (rest == 0) continue;
                if (nanos.IsEmpty)
                {
                    nanos = ColumnBuffer.Rent<short>(memory, rows);
                    nanos.As<short>().Clear();
                }
                nanos.As<short>()[row] = rest;
            }
            return new TimestampColumn(type, rows, micros, nanos, default, bits, nulls);
        }
        var factor = moment.Unit == Types.TimeUnit.Second ? CivilTime.MicrosPerSecond : 1000;
        try
        {
            for (var row = 0; row < rows; row++)
            {
                to[row] = unchecked(from[row] * factor);
                if (from[row] <= long.MaxValue / factor && from[row] >= long.MinValue / factor) continue;
                if (nulls > 0 && !Bits.Get(bits.As<ulong>(), row)) continue;
                to[row] = 0;
                TooLarge(row, $"{from[row]} as {ArrowTypes.NameOf(moment)}", type);
            }
            return new TimestampColumn(type, rows, micros, default, default, bits, nulls);
        }
        catch
        {
            micros.Block!.Release();
            bits.Block?.Release();
            throw;
        }
    }

    private TimestampColumn Int96(ArrayData data, DataType type, int start, int rows)
    {
        var bytes = data.Buffers[1].Span;
        if ((data.Offset + start + (long)rows) * Int96Bytes > bytes.Length) throw Damaged($"its buffer has only {bytes.Length} bytes");
        using var builder = new TimestampBuilder(type, memory, Math.Max(1, rows));
        var (bits, nulls) = Validity(data, start, rows);
        try
        {
            for (var row = 0; row < rows; row++)
            {
                if (nulls > 0 && !Bits.Get(bits.As<ulong>(), row))
                {
                    builder.AppendNullAt(row);
                    continue;
                }
                var value = bytes.Slice((data.Offset + start + row) * Int96Bytes, Int96Bytes);
                var ofDay = BinaryPrimitives.ReadInt64LittleEndian(value);
                var ofDayMicros = FloorDiv(ofDay, 1000);
                var micros = (Int128)(BinaryPrimitives.ReadInt32LittleEndian(value[8..]) - (long)JulianDayOfEpoch) * CivilTime.MicrosPerDay + ofDayMicros;
                builder.Micros[row] = (long)micros;
                if (ofDay - ofDayMicros * 1000 is not 0 and var rest) builder.Nanos[row] = (short)rest;
                if (micros != (long)micros) TooLarge(row, $"0x{Convert.ToHexString(value)} as INT96", type);
            }
            return (TimestampColumn)builder.Build(rows);
        }
        finally
        {
            bits.Block?.Release();
        }
    }

    private static long FloorDiv(long value, long by)
    {
        var quotient = Math.DivRem(value, by, out var rest);
        return rest < 0 ? quotient - 1 : quotient;
    }
}
