using Chunnel.Core;
using Chunnel.Plugins;

namespace Chunnel.Transforms.Tables;

/// <summary>A transform whose rows belong to a table that another one gives already.</summary>
internal sealed class JoinedTable(ITableTransform transform, TableSchema output) : ITableTransform
{
    private readonly Relabelled _relabelled = new(output);

    public TableSchema Output => output;

    public string NameOut(string column) => transform.NameOut(column);

    public void Open(TransformRuntime runtime) => transform.Open(runtime);

    public ValueTask ApplyAsync(ColumnBatch batch, ITransformOutput output, CancellationToken stop)
    {
        _relabelled.To = output;
        return transform.ApplyAsync(batch, _relabelled, stop);
    }

    public void Dispose() => transform.Dispose();

    private sealed class Relabelled(TableSchema table) : ITransformOutput
    {
        public ITransformOutput? To { get; set; }

        public ValueTask EmitAsync(ColumnBatch batch, CancellationToken stop)
        {
            ColumnBatch relabelled;
            using (batch)
            {
                foreach (var column in batch.Columns) column.Retain();
                relabelled = batch.WithColumns(table, [.. batch.Columns]);
            }
            return To!.EmitAsync(relabelled, stop);
        }
    }
}
