namespace Chunnel.Core;

/// <summary>Gathers the ranges that list-like rows point at.</summary>
internal static class Ranges
{
    /// <summary>New offsets for the chosen rows, and the child rows that they hold, in order.</summary>
    public static (ColumnBuffer Offsets, int[] ChildRows) Take(ReadOnlySpan<int> offsets, ReadOnlySpan<int> rows, BatchMemory memory)
    {
        var taken = ColumnBuffer.Rent<int>(memory, rows.Length + 1);
        var to = taken.As<int>();
        to[0] = 0;
        for (var i = 0; i < rows.Length; i++) to[i + 1] = to[i] + offsets[rows[i] + 1] - offsets[rows[i]];
        var children = new int[to[rows.Length]];
        var at = 0;
        foreach (var row in rows)
        {
            for (var child = offsets[row]; child < offsets[row + 1]; child++) children[at++] = child;
        }
        return (taken, children);
    }
}
