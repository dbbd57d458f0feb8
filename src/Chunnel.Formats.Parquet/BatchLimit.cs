using Apache.Arrow;
using Chunnel.Core;
using Types = Apache.Arrow.Types;

namespace Chunnel.Formats.Parquet;

/// <summary>Cuts records so that a batch stays near <see cref="ColumnBatch.AimBytes"/>.</summary>
internal static class BatchLimit
{
    /// <summary>How many rows from a start on make a batch: at least one, at most as many as are wanted.</summary>
    public static int Rows(RecordBatch records, int start, int most)
    {
        var rows = Math.Min(records.Length - start, most);
        while (rows > 1 && Bytes(records, start, rows) > ColumnBatch.AimBytes) rows = (rows + 1) / 2;
        return rows;
    }

    private static long Bytes(RecordBatch records, int start, int rows)
    {
        long bytes = 0;
        foreach (var array in records.Arrays) bytes += Bytes(array.Data, start, rows);
        return bytes;
    }

    private static long Bytes(ArrayData data, int start, int rows)
    {
        var at = data.Offset + start;
        switch (data.DataType)
        {
            case Types.StringType or Types.BinaryType:
                return rows * sizeof(int) + Length(data, at, rows);
            case Types.ListType or Types.MapType:
                var first = data.Buffers[1].Span.Length == 0 ? 0 : data.Buffers[1].CastInt(at);
                return rows * sizeof(int) + Bytes(data.Children[0], first, (int)Length(data, at, rows));
            case Types.StructType:
                long bytes = 0;
                foreach (var child in data.Children) bytes += Bytes(child, at, rows);
                return bytes;
            case Types.FixedWidthType fixedWidth:
                return (long)rows * fixedWidth.BitWidth / 8;
            default:
                return 0;
        }
    }

    private static long Length(ArrayData data, int at, int rows) =>
        data.Buffers[1].Span.Length == 0 ? 0 : (long)data.Buffers[1].CastInt(at + rows) - data.Buffers[1].CastInt(at);

    private static int CastInt(this ArrowBuffer offsets, int at) =>
        System.Buffers.Binary.BinaryPrimitives.ReadInt32LittleEndian(offsets.Span[(at * sizeof(int))..]);
}
