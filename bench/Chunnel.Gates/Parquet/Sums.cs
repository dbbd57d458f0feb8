using System.Runtime.InteropServices;
using Apache.Arrow;

namespace Chunnel.Gates.Parquet;

/// <summary>Sums of bytes that differ when any byte of the rows differs, wherever the rows were cut into batches of 4,096.</summary>
internal static class Sums
{
    public static ulong Of(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b, ReadOnlySpan<byte> c, ReadOnlySpan<byte> d, ReadOnlySpan<byte> e) =>
        unchecked(One(a) + 3 * One(b) + 5 * One(c) + 7 * One(d) + 11 * One(e));

    public static ulong Of(RecordBatch batch)
    {
        var name = (StringArray)batch.Column(3);
        var first = name.ValueOffsets[0];
        var sum = Of(
            MemoryMarshal.AsBytes(((Int64Array)batch.Column(0)).Values),
            MemoryMarshal.AsBytes(((Int32Array)batch.Column(1)).Values),
            MemoryMarshal.AsBytes(((DoubleArray)batch.Column(2)).Values),
            name.Values[first..name.ValueOffsets[batch.Length]],
            MemoryMarshal.AsBytes(((TimestampArray)batch.Column(4)).Values));
        GC.KeepAlive(batch);
        return sum;
    }

    private static ulong One(ReadOnlySpan<byte> bytes)
    {
        var hash = 14695981039346656037UL;
        foreach (var word in MemoryMarshal.Cast<byte, ulong>(bytes))
        {
            hash = unchecked((hash ^ word) * 1099511628211UL);
            hash ^= hash >> 29;
        }
        foreach (var one in bytes[(bytes.Length & ~7)..])
        {
            hash = unchecked((hash ^ one) * 1099511628211UL);
        }
        return hash;
    }
}
