using System.Numerics;
using System.Runtime.InteropServices;
using Chunnel.Core;

namespace Chunnel.Engine;

/// <summary>
/// A hash of each row's key, the same for equal keys wherever it is computed. Nested columns add nothing: their rows still keep together.
/// </summary>
internal static class KeyHash
{
    /// <summary>Odd, from the golden ratio: spreads neighbours far apart.</summary>
    private const ulong Spread = 0x9E3779B97F4A7C15;

    /// <summary>Stands for a null.</summary>
    private const ulong Null = 0x2545F4914F6CDD1D;

    /// <summary>Fills in a hash for every row of the batch, selected or not.</summary>
    public static void Fill(ColumnBatch batch, ReadOnlySpan<int> keyColumns, Span<ulong> hashes)
    {
        hashes.Clear();
        foreach (var column in keyColumns)
        {
            Add(batch[column], hashes);
        }
    }

    private static void Add(Column column, Span<ulong> hashes)
    {
        switch (column)
        {
            case FixedColumn<sbyte> bytes: AddWhole(bytes, bytes.Values, hashes); break;
            case FixedColumn<short> shorts: AddWhole(shorts, shorts.Values, hashes); break;
            case FixedColumn<int> ints: AddWhole(ints, ints.Values, hashes); break;
            case FixedColumn<long> longs: AddWhole(longs, longs.Values, hashes); break;
            case FixedColumn<float> floats: AddFloating(floats, floats.Values, hashes); break;
            case FixedColumn<double> doubles: AddFloating(doubles, doubles.Values, hashes); break;
            case DecimalColumn decimals: AddWhole(decimals, decimals.Values, hashes); break;
            case TimestampColumn times: AddWhole(times, times.Micros, hashes); break;
            case BoolColumn bits: AddBits(bits, hashes); break;
            case TextColumn texts: AddTexts(texts, hashes); break;
        }
    }

    private static void AddWhole<T>(Column column, ReadOnlySpan<T> values, Span<ulong> hashes) where T : IBinaryInteger<T>
    {
        for (var row = 0; row < values.Length; row++) hashes[row] = Mix(hashes[row], column.IsNull(row) ? Null : ulong.CreateTruncating(values[row]));
    }

    /// <summary>Both zeros are one key.</summary>
    private static void AddFloating<T>(Column column, ReadOnlySpan<T> values, Span<ulong> hashes) where T : IFloatingPoint<T>
    {
        for (var row = 0; row < values.Length; row++)
        {
            hashes[row] = Mix(hashes[row], column.IsNull(row) ? Null : BitConverter.DoubleToUInt64Bits(double.CreateTruncating(values[row]) + 0.0));
        }
    }

    private static void AddBits(BoolColumn column, Span<ulong> hashes)
    {
        for (var row = 0; row < column.Length; row++) hashes[row] = Mix(hashes[row], column.IsNull(row) ? Null : Bits.Get(column.Values, row) ? 1UL : 0UL);
    }

    private static void AddTexts(TextColumn column, Span<ulong> hashes)
    {
        for (var row = 0; row < column.Length; row++) hashes[row] = column.IsNull(row) ? Mix(hashes[row], Null) : MixBytes(hashes[row], column[row]);
    }

    private static ulong MixBytes(ulong hash, ReadOnlySpan<byte> bytes)
    {
        var words = MemoryMarshal.Cast<byte, ulong>(bytes);
        foreach (var word in words) hash = Mix(hash, word);
        ulong rest = (ulong)bytes.Length;
        foreach (var one in bytes[(words.Length * sizeof(ulong))..]) rest = (rest << 8) | one;
        return Mix(hash, rest);
    }

    private static ulong Mix(ulong hash, ulong value)
    {
        hash = (hash ^ value) * Spread;
        return hash ^ (hash >> 32);
    }
}
