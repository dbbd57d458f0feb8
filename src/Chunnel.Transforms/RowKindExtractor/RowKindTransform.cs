using Chunnel.Core;
using Chunnel.Plugins;
using Chunnel.Transforms.Tables;

namespace Chunnel.Transforms.RowKindExtractor;

/// <summary>The rows with their kinds as a column, all of them inserts.</summary>
internal sealed class RowKindTransform(OutputColumns columns, KindTexts kinds) : IBatchTransform
{
    public TableSchema Output => columns.Table;

    public TableLineage LineageOf(TableSchema input) => columns.LineageOf(input);

    public ColumnBatch? Apply(ColumnBatch batch)
    {
        using (batch)
        {
            var combined = columns.Combine(batch, [kinds.Of(batch)]);
            batch.SelectionBuffer.Block?.Retain();
            return new ColumnBatch(Output, batch.Rows, combined, batch.SelectionBuffer, batch.Selected, default, batch.Memory) { FirstRow = batch.FirstRow };
        }
    }

    public void Dispose()
    {
        // Holds nothing.
    }
}
