using Chunnel.Core;

namespace Chunnel.Transforms.Tables;

/// <summary>Leaves a table out, with all its rows: what it says it gives is none of the tables that come out.</summary>
internal sealed class Dropped(TableSchema table) : IBatchTransform
{
    public TableSchema Output => table;

    public ColumnBatch? Apply(ColumnBatch batch)
    {
        batch.Dispose();
        return null;
    }

    public void Dispose()
    {
        // Holds nothing.
    }
}
