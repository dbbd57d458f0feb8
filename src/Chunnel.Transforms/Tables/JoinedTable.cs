using Chunnel.Core;
using Chunnel.Plugins;

namespace Chunnel.Transforms.Tables;

/// <summary>A transform some of whose rows belong to tables that another one gives already.</summary>
/// <param name="transform">The transform.</param>
/// <param name="known">What its own tables are called by those behind: tables that are not here stay what they are.</param>
internal sealed class JoinedTable(ITableTransform transform, IReadOnlyDictionary<TableSchema, TableSchema> known) : ITableTransform
{
    private readonly Relabelled _relabelled = new(known);

    public TableSchema Output => known.GetValueOrDefault(transform.Output, transform.Output);

    public IReadOnlyList<TableSchema> SideOutputs => [.. transform.SideOutputs.Select(side => known.GetValueOrDefault(side, side))];

    public int BatchRows => transform.BatchRows;

    public string NameOut(string column) => transform.NameOut(column);

    public TableLineage LineageOf(TableSchema input) => Known(transform.LineageOf(input));

    public IReadOnlyList<TableLineage> SideLineageOf(TableSchema input) => [.. transform.SideLineageOf(input).Select(Known)];

    public void Open(TransformRuntime runtime) => transform.Open(runtime);

    public ValueTask ApplyAsync(ColumnBatch batch, ITransformOutput output, CancellationToken stop)
    {
        _relabelled.To = output;
        return transform.ApplyAsync(batch, _relabelled, stop);
    }

    public void Dispose() => transform.Dispose();

    private TableLineage Known(TableLineage lineage) => lineage with { Output = known.GetValueOrDefault(lineage.Output, lineage.Output) };

    private sealed class Relabelled(IReadOnlyDictionary<TableSchema, TableSchema> known) : ITransformOutput
    {
        public ITransformOutput? To { get; set; }

        public ValueTask EmitAsync(ColumnBatch batch, CancellationToken stop)
        {
            if (!known.TryGetValue(batch.Schema, out var table)) return To!.EmitAsync(batch, stop);
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
