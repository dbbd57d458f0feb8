using System.Runtime.Intrinsics;

namespace Chunnel.Connectors.Fake;

/// <summary>
/// Chance by number: draw i of a seed is a mix of both (the finaliser of SplitMix64 over a Weyl sequence), so that any row can be made
/// again without those before it. That makes a position within a split a plain row number.
/// </summary>
internal static class Draws
{
    private const ulong Weyl = 0x9E3779B97F4A7C15;
    private const int LetterCount = 52;
    private const int BlockBytes = 16;

    /// <summary>A seed of its own for each path, such as a table's column.</summary>
    public static ulong Seed(ulong seed, string path)
    {
        // FNV-1a over UTF-16, then mixed: paths that differ in a letter draw nothing alike.
        var hash = 0xCBF29CE484222325UL;
        foreach (var c in path) hash = (hash ^ c) * 0x100000001B3;
        return Mix(seed + Mix(hash));
    }

    public static ulong At(ulong seed, long index) => Mix(seed + (ulong)(index + 1) * Weyl);

    public static ulong Mix(ulong value)
    {
        value = (value ^ value >> 30) * 0xBF58476D1CE4E5B9;
        value = (value ^ value >> 27) * 0x94D049BB133111EB;
        return value ^ value >> 31;
    }

    /// <summary>Draws from an index on.</summary>
    public static void Fill(Span<ulong> to, ulong seed, long first)
    {
        var state = seed + (ulong)(first + 1) * Weyl;
        for (var i = 0; i < to.Length; i++)
        {
            to[i] = Mix(state);
            state += Weyl;
        }
    }

    /// <summary>
    /// For each row so many draws that lie apart by at least 2^64 / count: whatever maps draws to n >= count values in order gives each value once.
    /// </summary>
    public static void FillApart(Span<ulong> to, ulong seed, long firstRow, int count)
    {
        if (count == 1)
        {
            Fill(to, seed, firstRow);
            return;
        }
        var step = ulong.MaxValue / (ulong)count + 1;
        for (var row = 0; row * count < to.Length; row++)
        {
            var draw = Below(At(seed, firstRow + row), step - (ulong)count);
            for (var i = 0; i < count; i++, draw += step) to[row * count + i] = draw;
        }
    }

    /// <summary>The draw as a number from 0 to below a bound, in the draws' order.</summary>
    public static ulong Below(ulong draw, ulong bound) => Math.BigMul(draw, bound, out _);

    /// <summary>Takes a number below a bound out of a draw and leaves the rest for the next.</summary>
    public static int TakeBelow(ref ulong draw, int bound) => (int)Math.BigMul(draw, (ulong)bound, out draw);

    /// <summary>The draw as a number from 0 to below 1.</summary>
    public static double Unit(ulong draw) => (draw >> 11) * (1.0 / (1UL << 53));

    /// <summary>Letters A to Z and a to z from a place on in an endless text. The first letters of the alphabet come up to a quarter oftener.</summary>
    public static void Letters(Span<byte> to, ulong seed, long first)
    {
        var block = first / BlockBytes;
        var skip = (int)(first % BlockBytes);
        Span<byte> whole = stackalloc byte[BlockBytes];
        if (skip > 0)
        {
            LetterBlock(seed, block++).CopyTo(whole);
            var head = Math.Min(BlockBytes - skip, to.Length);
            whole.Slice(skip, head).CopyTo(to);
            to = to[head..];
        }
        while (to.Length >= BlockBytes)
        {
            LetterBlock(seed, block++).CopyTo(to);
            to = to[BlockBytes..];
        }
        if (to.IsEmpty) return;
        LetterBlock(seed, block).CopyTo(whole);
        whole[..to.Length].CopyTo(to);
    }

    /// <summary>Letters of one value out of one draw, in the draws' order.</summary>
    public static void Letters(Span<byte> to, ulong draw)
    {
        const int lettersOfADraw = 8;
        var rest = draw;
        for (var i = 0; i < to.Length; i++)
        {
            if (i > 0 && i % lettersOfADraw == 0) rest = draw = Mix(draw);
            var letter = TakeBelow(ref rest, LetterCount);
            to[i] = (byte)(letter < 26 ? 'A' + letter : 'a' + letter - 26);
        }
    }

    private static Vector128<byte> LetterBlock(ulong seed, long block)
    {
        var bytes = Vector128.Create(At(seed, block * 2), At(seed, block * 2 + 1)).AsByte();
        var (low, high) = Vector128.Widen(bytes);
        var letters = Vector128.Narrow(low * (ushort)LetterCount >> 8, high * (ushort)LetterCount >> 8);
        // 'a' follows 'Z' after six signs.
        var lower = Vector128.GreaterThan(letters, Vector128.Create((byte)25)) & Vector128.Create((byte)6);
        return letters + Vector128.Create((byte)'A') + lower;
    }
}
