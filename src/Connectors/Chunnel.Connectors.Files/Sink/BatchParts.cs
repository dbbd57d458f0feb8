using System.Runtime.InteropServices;
using Chunnel.Core;

namespace Chunnel.Connectors.Files;

/// <summary>Parts of a batch that share its columns.</summary>
internal static class BatchParts
{
    /// <summary>Some of the rows that count, from the i-th on. The batch stays its owner's.</summary>
    public static ColumnBatch Part(ColumnBatch batch, int from, int count)
    {
        if (!batch.HasSelection) return batch.Slice(from, count);
        return Chosen(batch, batch.Selection.Slice(from, count));
    }

    /// <summary>The rows of these numbers. The batch stays its owner's.</summary>
    public static ColumnBatch Chosen(ColumnBatch batch, List<ushort> rows) => Chosen(batch, CollectionsMarshal.AsSpan(rows));

    private static ColumnBatch Chosen(ColumnBatch batch, ReadOnlySpan<ushort> rows)
    {
        var selection = ColumnBuffer.Rent<ushort>(batch.Memory, rows.Length);
        rows.CopyTo(selection.As<ushort>());
        return batch.WithSelection(selection, rows.Length);
    }
}
