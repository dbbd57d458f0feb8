using Chunnel.Core;
using Chunnel.Plugins;
using Chunnel.TestKit;

namespace Chunnel.Transforms.Tests.Tables;

/// <summary>Runs one transform on rows, as the engine would.</summary>
internal static class Transforming
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>The tables and rows that come out of one table.</summary>
    public static async Task<(TableSchema Table, IReadOnlyList<BoxedRow> Rows)> ApplyAsync(TransformPlugin plugin, string settings, TableSchema table, params BoxedRow[] rows)
    {
        var (tables, output) = await ApplyAllAsync(plugin, settings, (table, rows));
        return (tables.ShouldHaveSingleItem(), [.. output.Select(row => row.Row)]);
    }

    /// <summary>The tables, and the rows with the tables that they belong to, that come out of several tables.</summary>
    public static async Task<(IReadOnlyList<TableSchema> Tables, IReadOnlyList<(string Table, BoxedRow Row)> Rows)> ApplyAllAsync(
        TransformPlugin plugin, string settings, params (TableSchema Table, BoxedRow[] Rows)[] inputs)
    {
        var memory = new TestMemory();
        await using var transform = await MakeAsync(plugin, settings, [.. inputs.Select(input => input.Table)]);
        await transform.OpenAsync(new TransformRuntime { Subtask = 0, Memory = memory.Memory }, Stop);
        var output = new Output();
        foreach (var (table, rows) in inputs) await transform.ApplyAsync(BoxedRows.ToBatch(table, rows, memory.Memory), output, Stop);
        foreach (var (table, _) in output.Batches) transform.Tables.ShouldContain(known => ReferenceEquals(known, table));
        memory.MustBeBack();
        return (transform.Tables, [.. output.Batches.SelectMany(batch => batch.Rows.Select(row => (batch.Table.TableId, row)))]);
    }

    public static async Task<ITransform> MakeAsync(TransformPlugin plugin, string settings, params TableSchema[] tables)
    {
        var parsed = TestSettings.Of(settings);
        plugin.Check(parsed).ShouldNotContain(problem => problem.Severity == Severity.Error);
        return await plugin.CreateAsync(new TransformContext { Settings = parsed, Tables = tables }, Stop);
    }

    /// <summary>The rows that come out of an open transform for rows of a table, with the tables that they belong to.</summary>
    public static async Task<IReadOnlyList<(TableSchema Table, BoxedRow Row)>> ApplyAsync(ITransform transform, TableSchema table, params BoxedRow[] rows)
    {
        var output = new Output();
        await transform.ApplyAsync(BoxedRows.ToBatch(table, rows, BatchMemory.Unlimited()), output, Stop);
        return [.. output.Batches.SelectMany(batch => batch.Rows.Select(row => (batch.Table, row)))];
    }

    /// <summary>What is wrong with the settings by themselves.</summary>
    public static IReadOnlyList<string> Wrong(TransformPlugin plugin, string settings) => [.. plugin.Check(TestSettings.Of(settings)).Select(problem => problem.What)];

    /// <summary>What is wrong with the settings for the table.</summary>
    public static async Task<Problem> RefusedAsync(TransformPlugin plugin, string settings, params TableSchema[] tables) =>
        (await Should.ThrowAsync<ProblemsException>(async () => await MakeAsync(plugin, settings, tables))).Problems.ShouldHaveSingleItem();

    private sealed class Output : ITransformOutput
    {
        public List<(TableSchema Table, IReadOnlyList<BoxedRow> Rows)> Batches { get; } = [];

        public ValueTask EmitAsync(ColumnBatch batch, CancellationToken stop)
        {
            using (batch) Batches.Add((batch.Schema, BoxedRows.Of(batch)));
            return ValueTask.CompletedTask;
        }
    }
}
