using Chunnel.Core;
using Chunnel.Plugins;

namespace Chunnel.Transforms.Tables;

/// <summary>Leaves a table as it is.</summary>
internal sealed class PassThrough(TableSchema table) : IBatchTransform
{
    public TableSchema Output => table;

    public TableLineage LineageOf(TableSchema input) => TableLineage.Same(table);

    public ColumnBatch? Apply(ColumnBatch batch) => batch;

    public void Dispose()
    {
        // Holds nothing.
    }
}
