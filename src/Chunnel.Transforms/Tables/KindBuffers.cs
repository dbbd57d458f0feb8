using Chunnel.Core;

namespace Chunnel.Transforms.Tables;

/// <summary>Kinds for rows that come of others.</summary>
internal static class KindBuffers
{
    /// <summary>The kinds of the chosen rows, held by the caller; empty when all are inserts.</summary>
    public static ColumnBuffer Take(ColumnBatch from, ReadOnlySpan<int> rows)
    {
        if (from.KindsBuffer.IsEmpty) return default;
        var taken = ColumnBuffer.Rent<byte>(from.Memory, rows.Length);
        var kinds = taken.As<byte>();
        for (var row = 0; row < kinds.Length; row++) kinds[row] = from.Kinds[rows[row]];
        return taken;
    }
}
