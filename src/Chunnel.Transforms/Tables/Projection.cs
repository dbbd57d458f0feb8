using Chunnel.Core;
using Chunnel.Plugins;

namespace Chunnel.Transforms.Tables;

/// <summary>Columns of the table in another choice, order or under other names. No value is touched: blocks are shared.</summary>
/// <param name="output">The table that comes out.</param>
/// <param name="sources">Which column of the input each one is.</param>
/// <param name="rename">How names change, when they do by a rule.</param>
internal sealed class Projection(TableSchema output, IReadOnlyList<int> sources, Func<string, string>? rename = null) : IBatchTransform
{
    public TableSchema Output => output;

    public string NameOut(string column) => rename is null ? column : rename(column);

    public TableLineage LineageOf(TableSchema input) => new()
    {
        Input = input.TableId,
        Output = output,
        Columns = [.. output.Columns.Zip(sources, (column, source) => ColumnOrigin.Of(input.Columns[source].Name, column.Name))],
    };

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
