using System.Numerics;

namespace Chunnel.Core;

/// <summary>Bit columns: bit r of word r/64 is row r, least significant first, as in Arrow.</summary>
public static class Bits
{
    /// <summary>Words that so many rows need.</summary>
    public static int Words(int rows) => (rows + 63) >> 6;

    public static bool Get(ReadOnlySpan<ulong> words, int row) => (words[row >> 6] >> row & 1) != 0;

    public static void Set(Span<ulong> words, int row) => words[row >> 6] |= 1UL << row;

    public static void Clear(Span<ulong> words, int row) => words[row >> 6] &= ~(1UL << row);

    public static void Put(Span<ulong> words, int row, bool value)
    {
        if (value) Set(words, row);
        else Clear(words, row);
    }

    /// <summary>How many of the first rows are set.</summary>
    public static int Count(ReadOnlySpan<ulong> words, int rows)
    {
        var count = 0;
        var whole = rows >> 6;
        for (var i = 0; i < whole; i++) count += BitOperations.PopCount(words[i]);
        if ((rows & 63) != 0) count += BitOperations.PopCount(words[whole] & LastMask(rows));
        return count;
    }

    /// <summary>The bits of the last word that belong to rows; all of them when it is full.</summary>
    public static ulong LastMask(int rows) => (rows & 63) == 0 ? ulong.MaxValue : (1UL << rows) - 1;

    /// <summary>Sets the first rows, leaving the rest of the last word clear.</summary>
    public static void FillOnes(Span<ulong> words, int rows)
    {
        var count = Words(rows);
        if (count == 0) return;
        words[..count].Fill(ulong.MaxValue);
        words[count - 1] = LastMask(rows);
    }

    /// <summary>Copies rows from a bit start to bit 0.</summary>
    public static void CopyFrom(ReadOnlySpan<ulong> from, int start, Span<ulong> to, int rows)
    {
        var word = start >> 6;
        var shift = start & 63;
        var count = Words(rows);
        for (var i = 0; i < count; i++)
        {
            var low = from[word + i] >> shift;
            var high = shift != 0 && word + i + 1 < from.Length ? from[word + i + 1] << (64 - shift) : 0;
            to[i] = low | high;
        }
        if (count > 0) to[count - 1] &= LastMask(rows);
    }

    /// <summary>Gathers the bits of chosen rows.</summary>
    public static void Take(ReadOnlySpan<ulong> from, ReadOnlySpan<int> rows, Span<ulong> to)
    {
        to[..Words(rows.Length)].Clear();
        for (var i = 0; i < rows.Length; i++) to[i >> 6] |= (from[rows[i] >> 6] >> rows[i] & 1) << i;
    }
}
