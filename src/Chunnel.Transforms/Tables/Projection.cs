using Chunnel.Core;

namespace Chunnel.Transforms.Tables;

/// <summary>Columns of the table in another choice, order or under other names. No value is touched: blocks are shared.</summary>
internal sealed class Projection(TableSchema output, IReadOnlyList<int> sources) : IBatchTransform
{
    public TableSchema Output => output;

    public ColumnBatch? Apply(ColumnBatch batch)
    {
        using (batch)
        {
            var columns = new Column[sources.Count];
            for (var i = 0; i < columns.Length; i++)
            {
                columns[i] = batch[sources[i]];
                columns[i].Retain();
            }
            return batch.WithColumns(output, columns);
        }
    }

    public void Dispose()
    {
        // Holds nothing.
    }
}
