using Chunnel.Core;
using Chunnel.Plugins;
using Xunit;

namespace Chunnel.TestKit;

/// <summary>
/// What every transform keeps: inherit it, say which plug-in, settings and table; xunit runs the rest. It holds for transforms whose
/// output rows depend on one input row each.
/// </summary>
public abstract class TransformContract
{
    private static readonly TimeSpan Promptly = TimeSpan.FromSeconds(10);

    private readonly TestMemory _memory = new();

    protected abstract TransformPlugin Plugin { get; }

    protected abstract SettingsObject Settings { get; }

    /// <summary>The table that comes in.</summary>
    protected abstract TableSchema Table { get; }

    /// <summary>Whether every row that comes out has the kind of the row that went in.</summary>
    protected virtual bool KeepsKinds => true;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Rows of the table by chance; override for values with rules of their own.</summary>
    protected virtual IReadOnlyList<BoxedRow> Rows(int count, bool kinds) => new RandomRows(count) { Plain = true }.Rows(Table, count, kinds);

    [Fact]
    public void Every_option_explains_itself() => PluginPromises.OptionsExplainThemselves(Plugin);

    [Fact]
    public void The_settings_are_in_order() => PluginPromises.SettingsAreInOrder(Plugin, Settings);

    [Fact]
    public void An_unknown_option_is_a_warning() => PluginPromises.UnknownOptionIsWarned(Plugin, Settings);

    [Fact]
    public async Task Batches_that_come_out_carry_a_declared_table_and_every_byte_comes_back()
    {
        await using var transform = await OpenAsync();
        foreach (var batch in await ApplyAsync(transform, BoxedRows.ToBatch(Table, Rows(1000, kinds: false), _memory.Memory)))
        {
            using (batch) Assert.Contains(transform.Tables, table => ReferenceEquals(table, batch.Schema));
        }
        _memory.MustBeBack();
    }

    [Fact]
    public async Task Rows_that_do_not_count_change_nothing()
    {
        var rows = Rows(600, kinds: true);
        var kept = Enumerable.Range(0, rows.Count).Where(row => row % 7 is 2 or 3).ToArray();
        await using var transform = await OpenAsync();
        var whole = await RowsOfAsync(transform, BoxedRows.ToBatch(Table, [.. kept.Select(row => rows[row])], _memory.Memory));
        ColumnBatch selected;
        using (var batch = BoxedRows.ToBatch(Table, rows, _memory.Memory))
        {
            var selection = ColumnBuffer.Rent<ushort>(_memory.Memory, kept.Length);
            for (var i = 0; i < kept.Length; i++) selection.As<ushort>()[i] = (ushort)kept[i];
            selected = batch.WithSelection(selection, kept.Length);
        }
        Assert.Equal(Texts(whole), Texts(await RowsOfAsync(transform, selected)));
        _memory.MustBeBack();
    }

    [Fact]
    public async Task Cut_in_two_a_batch_gives_the_same_rows()
    {
        var rows = Rows(300, kinds: true);
        await using var transform = await OpenAsync();
        var whole = await RowsOfAsync(transform, BoxedRows.ToBatch(Table, rows, _memory.Memory));
        var first = await RowsOfAsync(transform, BoxedRows.ToBatch(Table, [.. rows.Take(101)], _memory.Memory));
        var second = await RowsOfAsync(transform, BoxedRows.ToBatch(Table, [.. rows.Skip(101)], _memory.Memory));
        Assert.Equal(Texts(whole), Texts([.. first, .. second]));
        _memory.MustBeBack();
    }

    [Fact]
    public async Task Row_kinds_stay()
    {
        if (!KeepsKinds) return;
        await using var transform = await OpenAsync();
        foreach (var kind in Enum.GetValues<RowKind>())
        {
            var rows = Rows(50, kinds: false).Select(row => row with { Kind = kind }).ToList();
            Assert.All(await RowsOfAsync(transform, BoxedRows.ToBatch(Table, rows, _memory.Memory)), row => Assert.Equal(kind, row.Kind));
        }
    }

    [Fact]
    public async Task A_shared_batch_is_not_changed_for_its_other_owner()
    {
        var rows = Rows(100, kinds: true);
        await using var transform = await OpenAsync();
        using (var batch = BoxedRows.ToBatch(Table, rows, _memory.Memory))
        {
            await RowsOfAsync(transform, batch.Share());
            Assert.Equal(Texts(rows), Texts(BoxedRows.Of(batch)));
        }
        _memory.MustBeBack();
    }

    [Fact]
    public async Task No_rows_are_no_trouble()
    {
        await using var transform = await OpenAsync();
        Assert.Empty(await RowsOfAsync(transform, BoxedRows.ToBatch(Table, [], _memory.Memory)));
        _memory.MustBeBack();
    }

    [Fact]
    public async Task Told_to_stop_it_ends_promptly_and_gives_everything_back()
    {
        await using var transform = await OpenAsync();
        var output = new Output();
        try
        {
            await transform.ApplyAsync(BoxedRows.ToBatch(Table, Rows(100, kinds: false), _memory.Memory), output, new CancellationToken(canceled: true)).AsTask().WaitAsync(Promptly, Stop);
        }
        catch (OperationCanceledException) when (!Stop.IsCancellationRequested)
        {
            // It stopped, as told. A transform that never waits may as well be done.
        }
        foreach (var batch in output.Batches) batch.Dispose();
        _memory.MustBeBack();
    }

    private async ValueTask<ITransform> OpenAsync()
    {
        var transform = await Plugin.CreateAsync(new TransformContext { Settings = Settings, Tables = [Table], OutputName = "out" }, Stop);
        await transform.OpenAsync(new TransformRuntime { Subtask = 0, Memory = _memory.Memory }, Stop);
        return transform;
    }

    private static async ValueTask<IReadOnlyList<ColumnBatch>> ApplyAsync(ITransform transform, ColumnBatch batch)
    {
        var output = new Output();
        await transform.ApplyAsync(batch, output, Stop);
        return output.Batches;
    }

    private static async ValueTask<IReadOnlyList<BoxedRow>> RowsOfAsync(ITransform transform, ColumnBatch batch)
    {
        var rows = new List<BoxedRow>();
        foreach (var made in await ApplyAsync(transform, batch))
        {
            using (made) rows.AddRange(BoxedRows.Of(made));
        }
        return rows;
    }

    private static IEnumerable<string> Texts(IEnumerable<BoxedRow> rows) => rows.Select(row => row.ToString());

    private sealed class Output : ITransformOutput
    {
        public List<ColumnBatch> Batches { get; } = [];

        public ValueTask EmitAsync(ColumnBatch batch, CancellationToken stop)
        {
            Batches.Add(batch);
            return ValueTask.CompletedTask;
        }
    }
}
