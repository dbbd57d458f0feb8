using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Apache.Arrow;
using Chunnel.Core;
using ParquetSharp;
using Column = Chunnel.Core.Column;
using Types = Apache.Arrow.Types;

namespace Chunnel.Formats.Parquet;

/// <summary>Writes one batch into a row group, leaf by leaf, in the order of the schema's leaves.</summary>
internal sealed class LeafWriter(RowGroupWriter group, BatchMemory memory, long firstRow, bool timestampsAsInt96)
{
    private const int Int96Bytes = 12;
    private const int JulianDayOfEpoch = 2_440_588;

    private int _leaf;

    /// <summary>Writes the leaves of a top column.</summary>
    /// <param name="name">The column's, for messages.</param>
    /// <param name="data">Its values as Arrow sees them.</param>
    /// <param name="column">The same as ours, which has the nanoseconds.</param>
    /// <param name="fixedAsInt96">Its bytes are INT96 values already.</param>
    public void Write(string name, ArrayData data, Column column, bool fixedAsInt96)
    {
        var rows = Levels.OfRows(data.Length);
        if (fixedAsInt96) Leaf(rows.Present(data, 0), 0, level => Int96Of(name, (TextColumn)column, level));
        else Write(data, column, rows, defined: 0, repeated: 0, optional: true);
    }

    private void Write(ArrayData data, Column? column, Levels levels, int defined, int repeated, bool optional)
    {
        if (optional) levels = levels.Present(data, defined++);
        switch (data.DataType)
        {
            case Types.MapType:
                var entries = levels.Elements(Values<int>(data), defined, repeated);
                var map = column as MapColumn;
                Write(data.Children[0].Children[0], map?.Keys, entries, defined + 1, repeated + 1, optional: false);
                Write(data.Children[0].Children[1], map?.Values, entries, defined + 1, repeated + 1, optional: true);
                break;
            case Types.ListType:
                Write(data.Children[0], (column as ListColumn)?.Elements, levels.Elements(Values<int>(data), defined, repeated), defined + 1, repeated + 1, optional: true);
                break;
            case Types.StructType:
                for (var i = 0; i < data.Children.Length; i++) Write(data.Children[i], (column as RowColumn)?.Fields[i], levels, defined, repeated, optional: true);
                break;
            default:
                Leaf(data, column, levels, repeated);
                break;
        }
    }

    private void Leaf(ArrayData data, Column? column, Levels levels, int repeated)
    {
        switch (data.DataType)
        {
            case Types.BooleanType: Leaf(levels, repeated, row => (data.Buffers[1].Span[row >> 3] >> (row & 7) & 1) != 0); break;
            case Types.Int8Type: Leaf(levels, repeated, row => (int)Values<sbyte>(data)[row]); break;
            case Types.Int16Type: Leaf(levels, repeated, row => (int)Values<short>(data)[row]); break;
            case Types.Int32Type or Types.Date32Type: Leaf(levels, repeated, row => Values<int>(data)[row]); break;
            case Types.FloatType: Leaf(levels, repeated, row => Values<float>(data)[row]); break;
            case Types.DoubleType: Leaf(levels, repeated, row => Values<double>(data)[row]); break;
            case Types.TimestampType when timestampsAsInt96: Leaf(levels, repeated, row => Int96Of(Values<long>(data)[row], NanosAt(column, row))); break;
            case Types.Decimal128Type: Decimals(data, levels, repeated); break;
            case Types.StringType or Types.BinaryType: Leaf(levels, repeated, row => BytesAt(data, row)); break;
            default: Leaf(levels, repeated, row => Values<long>(data)[row]); break;
        }
    }

    private void Leaf<T>(Levels levels, int repeated, Func<int, T> valueAt) where T : unmanaged
    {
        var values = new T[Math.Max(1, levels.Count)];
        var count = 0;
        foreach (var row in levels.Rows)
        {
            if (row >= 0) values[count++] = valueAt(row);
        }
        using var writer = (ColumnWriter<T>)group.Column(_leaf++);
        writer.WriteBatch(levels.Count, levels.Defined, repeated == 0 ? default : levels.Repeated, values.AsSpan(0, Math.Max(1, count)));
    }

    /// <summary>Parquet's decimals have the highest byte first.</summary>
    private unsafe void Decimals(ArrayData data, Levels levels, int repeated)
    {
        var block = memory.Rent(Math.Max(1, data.Length * Int96Schema.DecimalBytes));
        try
        {
            var from = Values<Int128>(data);
            var bytes = block.GetSpan();
            for (var i = 0; i < data.Length; i++) BinaryPrimitives.WriteInt128BigEndian(bytes[(i * Int96Schema.DecimalBytes)..], from[i]);
            var start = (nint)block.Pointer;
            Leaf(levels, repeated, row => new FixedLenByteArray(start + row * Int96Schema.DecimalBytes));
        }
        finally
        {
            block.Release();
        }
    }

    /// <summary>Points into our block, which does not move and is held by the batch.</summary>
    private static unsafe ByteArray BytesAt(ArrayData data, int row)
    {
        var offsets = Values<int>(data);
        var bytes = data.Buffers[2].Span;
        return new ByteArray((nint)Unsafe.AsPointer(ref MemoryMarshal.GetReference(bytes)) + offsets[row], offsets[row + 1] - offsets[row]);
    }

    private Int96 Int96Of(string name, TextColumn column, int row)
    {
        var bytes = column[row];
        if (bytes.Length != Int96Bytes)
        {
            throw new ChunnelException(CommonErrors.IllegalArgument, $"Column '{name}', row {firstRow + row}: {bytes.Length} bytes are no INT96.")
            {
                Mend = "An INT96 has twelve bytes: take the column out of parquet_avro_write_fixed_as_int96.",
            };
        }
        var parts = MemoryMarshal.Cast<byte, int>(bytes);
        return new Int96(parts[0], parts[1], parts[2]);
    }

    private static Int96 Int96Of(long micros, int nanos)
    {
        var day = Math.DivRem(micros, CivilTime.MicrosPerDay, out var ofDay);
        if (ofDay < 0)
        {
            day--;
            ofDay += CivilTime.MicrosPerDay;
        }
        var nanosOfDay = ofDay * 1000 + nanos;
        return new Int96((int)nanosOfDay, (int)(nanosOfDay >> 32), (int)(day + JulianDayOfEpoch));
    }

    private static int NanosAt(Column? column, int row) => column is TimestampColumn { Nanos: { IsEmpty: false } nanos } ? nanos[row] : 0;

    private static ReadOnlySpan<T> Values<T>(ArrayData data) where T : unmanaged => MemoryMarshal.Cast<byte, T>(data.Buffers[1].Span);
}
