using Chunnel.Core;
using Chunnel.Formats;

namespace Chunnel.Connectors.Files;

/// <summary>How rows are refused: a value that the format or the encoding has no form for is found by halving the batch, of which nothing was written.</summary>
internal sealed partial class FileWriter
{
    /// <summary>The batch in hand, as it came in: parts of it may have other columns, and begin with another row.</summary>
    private ColumnBatch? _incoming;

    /// <summary>Writes the rows that have a form, and refuses the others.</summary>
    /// <returns>How many it wrote.</returns>
    private async ValueTask<int> WriteWhatFitsAsync(IRowFile file, ColumnBatch rows, CancellationToken stop)
    {
        try
        {
            await file.WriteAsync(rows, stop);
            return rows.Selected;
        }
        catch (UnwritableRowException wrong) when (!_context.Refusals.EndsJob)
        {
            if (rows.Selected > 1) return await WriteHalvesAsync(file, rows, stop);
            _context.Refusals.Refuse(_incoming!, (int)(rows.FirstRow - _incoming!.FirstRow) + rows.RowAt(0), wrong);
            return 0;
        }
    }

    private async ValueTask<int> WriteHalvesAsync(IRowFile file, ColumnBatch rows, CancellationToken stop)
    {
        var middle = rows.Selected / 2;
        int written;
        using (var first = BatchParts.Part(rows, 0, middle)) written = await WriteWhatFitsAsync(file, first, stop);
        using var second = BatchParts.Part(rows, middle, rows.Selected - middle);
        return written + await WriteWhatFitsAsync(file, second, stop);
    }
}
