using System.Numerics;

namespace Chunnel.Transforms.Sql.Kernels.Selections;

/// <summary>From bits to row numbers.</summary>
internal static class SelectKernels
{
    /// <summary>Writes the numbers of the set bits, rising. Returns how many.</summary>
    public static int Select(ReadOnlySpan<ulong> bits, Span<ushort> rows)
    {
        var count = 0;
        for (var word = 0; word < bits.Length; word++)
        {
            var left = bits[word];
            var first = word << 6;
            if (left == ulong.MaxValue)
            {
                var run = rows.Slice(count, 64);
                for (var i = 0; i < run.Length; i++) run[i] = (ushort)(first + i);
                count += 64;
                continue;
            }
            while (left != 0)
            {
                rows[count++] = (ushort)(first + BitOperations.TrailingZeroCount(left));
                left &= left - 1;
            }
        }
        return count;
    }

    /// <summary>The same as wider numbers, for taking rows out of columns.</summary>
    public static int Select(ReadOnlySpan<ulong> bits, Span<int> rows)
    {
        var count = 0;
        for (var word = 0; word < bits.Length; word++)
        {
            for (var left = bits[word]; left != 0; left &= left - 1) rows[count++] = (word << 6) + BitOperations.TrailingZeroCount(left);
        }
        return count;
    }
}
