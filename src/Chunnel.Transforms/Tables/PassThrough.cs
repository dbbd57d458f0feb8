using Chunnel.Core;

namespace Chunnel.Transforms.Tables;

/// <summary>Leaves a table as it is.</summary>
internal sealed class PassThrough(TableSchema table) : IBatchTransform
{
    public TableSchema Output => table;

    public ColumnBatch? Apply(ColumnBatch batch) => batch;

    public void Dispose()
    {
        // Holds nothing.
    }
}
