using System.Collections.Concurrent;
using Chunnel.Core;
using Chunnel.Plugins;
using Chunnel.TestKit;
using Chunnel.Transforms.Tests.Tables;

namespace Chunnel.Transforms.Tests.Providers;

/// <summary>Runs a transform that asks a model, on a clock that hurries.</summary>
internal sealed class Asking(TransformPlugin plugin, string settings)
{
    public HurriedClock Clock { get; } = new();

    public ConcurrentDictionary<string, long> Counts { get; } = new();

    public List<SkippedRow> Skipped { get; } = [];

    public TableSchema? Table { get; private set; }

    public TableLineage? Lineage { get; private set; }

    public int BatchRows { get; private set; }

    public async Task<IReadOnlyList<BoxedRow>> ApplyAsync(TableSchema table, params BoxedRow[] rows)
    {
        var stop = TestContext.Current.CancellationToken;
        var memory = new TestMemory();
        await using var transform = await Transforming.MakeAsync(plugin, settings, table);
        (Table, Lineage, BatchRows) = (transform.Tables.ShouldHaveSingleItem(), transform.Lineage.ShouldHaveSingleItem(), transform.BatchRows);
        await transform.OpenAsync(new TransformRuntime
        {
            Subtask = 0,
            Memory = memory.Memory,
            Clock = Clock,
            Skipped = Skipped.Add,
            Count = (name, amount) => Counts.AddOrUpdate(name, amount, (_, before) => before + amount),
        }, stop);
        var output = new Output();
        try
        {
            await transform.ApplyAsync(BoxedRows.ToBatch(table, rows, memory.Memory), output, stop);
        }
        finally
        {
            memory.MustBeBack();
        }
        return output.Rows;
    }

    private sealed class Output : ITransformOutput
    {
        public List<BoxedRow> Rows { get; } = [];

        public ValueTask EmitAsync(ColumnBatch batch, CancellationToken stop)
        {
            using (batch) Rows.AddRange(BoxedRows.Of(batch));
            return ValueTask.CompletedTask;
        }
    }
}
