using Chunnel.Core;

namespace Chunnel.Transforms.Tables;

/// <summary>Narrower selections of batches.</summary>
internal static class RowSelection
{
    /// <summary>The rows whose mark is one that stays, or null when there are none. The batch stays its owner's.</summary>
    /// <param name="batch">Where the rows stand.</param>
    /// <param name="marks">A number a row.</param>
    /// <param name="keeps">Whether rows with a number stay.</param>
    public static ColumnBatch? Keep(ColumnBatch batch, ReadOnlySpan<byte> marks, ReadOnlySpan<bool> keeps)
    {
        var buffer = ColumnBuffer.Rent<ushort>(batch.Memory, batch.Selected);
        var kept = buffer.As<ushort>();
        var count = 0;
        if (batch.HasSelection)
        {
            foreach (var row in batch.Selection)
            {
                kept[count] = row;
                if (keeps[marks[row]]) count++;
            }
        }
        else
        {
            for (var row = 0; row < batch.Rows; row++)
            {
                kept[count] = (ushort)row;
                if (keeps[marks[row]]) count++;
            }
        }
        if (count > 0) return batch.WithSelection(buffer, count);
        buffer.Block?.Release();
        return null;
    }
}
