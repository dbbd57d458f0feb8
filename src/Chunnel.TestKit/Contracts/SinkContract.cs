using Chunnel.Core;
using Chunnel.Plugins;
using Xunit;

namespace Chunnel.TestKit;

/// <summary>
/// What every sink keeps: inherit it, say which plug-in, settings and table, how the target shows its rows and how a row is to look there;
/// xunit runs the rest. Each test has an instance of its own: give each a fresh target.
/// </summary>
public abstract class SinkContract
{
    private static readonly TimeSpan Promptly = TimeSpan.FromSeconds(10);

    private readonly TestMemory _memory = new();
    private readonly List<string> _printed = [];
    private int _seed;

    protected abstract SinkPlugin Plugin { get; }

    protected abstract SettingsObject Settings { get; }

    /// <summary>The table that is written.</summary>
    protected virtual TableSchema Table { get; } = new(new TablePath(null, null, "t"), [new ColumnDef("id", DataType.BigInt), new ColumnDef("name", DataType.String), new ColumnDef("n", DataType.Int)]);

    /// <summary>Whether rows other than inserts may be written.</summary>
    protected virtual bool TakesKinds => true;

    /// <summary>False for a sink that keeps no rows that anyone could see.</summary>
    protected virtual bool LeavesRows => true;

    /// <summary>Lines that the writers printed.</summary>
    protected IReadOnlyList<string> Printed => _printed;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>The rows that a reader of the target sees now, as texts.</summary>
    protected abstract ValueTask<IReadOnlyList<string>> VisibleAsync();

    /// <summary>How <see cref="VisibleAsync"/> shows a row.</summary>
    protected abstract string Show(BoxedRow row);

    /// <summary>Rows of the table by chance; override for tables with rules of their own (keys, lengths).</summary>
    protected virtual IReadOnlyList<BoxedRow> Rows(int count, bool kinds) => new RandomRows(++_seed) { Plain = true }.Rows(Table, count, kinds);

    [Fact]
    public void Every_option_explains_itself() => PluginPromises.OptionsExplainThemselves(Plugin);

    [Fact]
    public void The_settings_are_in_order() => PluginPromises.SettingsAreInOrder(Plugin, Settings);

    [Fact]
    public void An_unknown_option_is_a_warning() => PluginPromises.UnknownOptionIsWarned(Plugin, Settings);

    [Fact]
    public async Task What_is_written_and_committed_is_there()
    {
        var rows = Rows(1000, kinds: false);
        await using (var sink = await CreateAsync())
        {
            var infos = await WriteAsync(sink, subtask: 0, BoxedRows.ToBatch(Table, rows, _memory.Memory));
            await CommitAsync(sink, infos);
        }
        await MustShowAsync(rows);
        _memory.MustBeBack();
    }

    [Fact]
    public async Task Only_selected_rows_are_written()
    {
        var rows = Rows(500, kinds: false);
        await using (var sink = await CreateAsync())
        {
            var infos = await WriteAsync(sink, subtask: 0, Select(BoxedRows.ToBatch(Table, rows, _memory.Memory), row => row % 3 == 1));
            await CommitAsync(sink, infos);
        }
        await MustShowAsync([.. rows.Where((_, index) => index % 3 == 1)]);
        _memory.MustBeBack();
    }

    [Fact]
    public async Task Row_kinds_are_respected()
    {
        if (!TakesKinds) return;
        var rows = Rows(200, kinds: true);
        await using (var sink = await CreateAsync())
        {
            await CommitAsync(sink, await WriteAsync(sink, subtask: 0, BoxedRows.ToBatch(Table, rows, _memory.Memory)));
        }
        await MustShowAsync(rows);
        _memory.MustBeBack();
    }

    [Fact]
    public async Task No_rows_and_empty_batches_are_no_trouble()
    {
        await using (var sink = await CreateAsync())
        {
            await CommitAsync(sink, await WriteAsync(sink, subtask: 0));
            await CommitAsync(sink, await WriteAsync(sink, subtask: 0, BoxedRows.ToBatch(Table, [], _memory.Memory), Select(BoxedRows.ToBatch(Table, Rows(10, kinds: false), _memory.Memory), _ => false)));
        }
        await MustShowAsync([]);
        _memory.MustBeBack();
    }

    [Fact]
    public async Task Rows_of_several_checkpoints_and_writers_are_there_once()
    {
        var parts = Enumerable.Range(0, 4).Select(_ => Rows(100, kinds: false)).ToList();
        await using (var sink = await CreateAsync())
        {
            await using var first = await OpenAsync(sink, 0, []);
            await using var second = await OpenAsync(sink, 1, []);
            for (var checkpoint = 0; checkpoint < 2; checkpoint++)
            {
                await first.WriteAsync(BoxedRows.ToBatch(Table, parts[checkpoint * 2], _memory.Memory), Stop);
                await second.WriteAsync(BoxedRows.ToBatch(Table, parts[checkpoint * 2 + 1], _memory.Memory), Stop);
                byte[]?[] infos = [await first.PrepareCommitAsync(checkpoint + 1, Stop), await second.PrepareCommitAsync(checkpoint + 1, Stop)];
                await first.SnapshotAsync(checkpoint + 1, Stop);
                await second.SnapshotAsync(checkpoint + 1, Stop);
                await CommitAsync(sink, [.. infos.OfType<byte[]>()]);
            }
        }
        await MustShowAsync([.. parts.SelectMany(rows => rows)]);
        _memory.MustBeBack();
    }

    [Fact]
    public async Task A_commit_may_be_repeated()
    {
        var rows = Rows(100, kinds: false);
        IReadOnlyList<byte[]> committed;
        await using (var sink = await CreateAsync())
        {
            var infos = await WriteAsync(sink, subtask: 0, BoxedRows.ToBatch(Table, rows, _memory.Memory));
            await CommitAsync(sink, infos);
            await CommitAsync(sink, infos);
            committed = infos;
        }
        // After a restore another process commits once more.
        await using (var again = await CreateAsync()) await CommitAsync(again, committed, restored: true);
        await MustShowAsync(rows);
    }

    [Fact]
    public async Task What_is_not_committed_is_not_seen_and_what_is_aborted_never_comes()
    {
        await using var sink = await CreateAsync();
        if (sink.Delivery != SinkDelivery.ExactlyOnce) return;
        var infos = await WriteAsync(sink, subtask: 0, BoxedRows.ToBatch(Table, Rows(100, kinds: false), _memory.Memory));
        await MustShowAsync([]);
        if (sink.CreateCommitter() is { } committer)
        {
            await using (committer) await committer.AbortAsync(infos, Stop);
        }
        if (sink.CreateAggregatedCommitter() is { } aggregated)
        {
            await using (aggregated)
            {
                await aggregated.OpenAsync(Stop);
                if (infos.Count > 0) await aggregated.AbortAsync([aggregated.Combine(infos)], Stop);
            }
        }
        await MustShowAsync([]);
        _memory.MustBeBack();
    }

    /// <summary>The commit of one checkpoint may be under way while the next one fails, at any of its steps.</summary>
    [Fact]
    public async Task An_abort_of_the_next_checkpoint_drops_nothing_of_the_one_before()
    {
        var rows = Rows(50, kinds: false);
        await using (var sink = await CreateAsync())
        {
            await using var writer = await OpenAsync(sink, 0, []);
            await writer.WriteAsync(BoxedRows.ToBatch(Table, rows, _memory.Memory), Stop);
            var info = await writer.PrepareCommitAsync(1, Stop);
            await writer.AbortPrepareAsync(2, Stop);
            await CommitAsync(sink, info is null ? [] : [info]);
        }
        await MustShowAsync(rows);
    }

    [Fact]
    public async Task A_writer_made_from_a_snapshot_goes_on()
    {
        var (before, after) = (Rows(100, kinds: false), Rows(100, kinds: false));
        await using (var sink = await CreateAsync())
        {
            IReadOnlyList<byte[]> states;
            var infos = new List<byte[]>();
            await using (var writer = await OpenAsync(sink, 0, []))
            {
                await writer.WriteAsync(BoxedRows.ToBatch(Table, before, _memory.Memory), Stop);
                if (await writer.PrepareCommitAsync(1, Stop) is { } info) infos.Add(info);
                states = await writer.SnapshotAsync(1, Stop);
            }
            await CommitAsync(sink, infos);
            infos.Clear();
            await using (var writer = await OpenAsync(sink, 0, states))
            {
                await writer.WriteAsync(BoxedRows.ToBatch(Table, after, _memory.Memory), Stop);
                await writer.EndOfInputAsync(Stop);
                if (await writer.PrepareCommitAsync(2, Stop) is { } info) infos.Add(info);
            }
            await CommitAsync(sink, infos);
        }
        await MustShowAsync([.. before, .. after]);
        _memory.MustBeBack();
    }

    [Fact]
    public async Task A_write_that_is_told_to_stop_ends_promptly_and_gives_the_batch_back()
    {
        await using (var sink = await CreateAsync())
        {
            await using var writer = await OpenAsync(sink, 0, []);
            try
            {
                await WriteOneAsync(writer, BoxedRows.ToBatch(Table, Rows(100, kinds: false), _memory.Memory), new CancellationToken(canceled: true)).WaitAsync(Promptly, Stop);
            }
            catch (OperationCanceledException) when (!Stop.IsCancellationRequested)
            {
                // It stopped, as told. A write that never waits may as well be done.
            }
        }
        _memory.MustBeBack();
    }

    [Fact]
    public async Task A_writer_may_be_disposed_at_any_time()
    {
        await using (var sink = await CreateAsync())
        {
            await sink.CreateWriter(Context(0), []).DisposeAsync();
            await (await OpenAsync(sink, 0, [])).DisposeAsync();
            var begun = await OpenAsync(sink, 0, []);
            await begun.WriteAsync(BoxedRows.ToBatch(Table, Rows(100, kinds: false), _memory.Memory), Stop);
            await begun.DisposeAsync();
        }
        _memory.MustBeBack();
    }

    private static async Task WriteOneAsync(ISinkWriter writer, ColumnBatch batch, CancellationToken stop) => await writer.WriteAsync(batch, stop);

    private ValueTask<ISink> CreateAsync() => Plugin.CreateAsync(new SinkContext { Settings = Settings, Table = Table, TablesOfBlock = [Table.TableId] }, Stop);

    private WriterContext Context(int subtask) => new() { Subtask = subtask, Parallelism = 2, Memory = _memory.Memory, Print = _printed.Add };

    private async ValueTask<ISinkWriter> OpenAsync(ISink sink, int subtask, IReadOnlyList<byte[]> states)
    {
        var writer = sink.CreateWriter(Context(subtask), states);
        await writer.OpenAsync(Stop);
        return writer;
    }

    /// <summary>Writes with a writer of its own up to the end; returns what is to be committed.</summary>
    private async ValueTask<IReadOnlyList<byte[]>> WriteAsync(ISink sink, int subtask, params ColumnBatch[] batches)
    {
        await using var writer = await OpenAsync(sink, subtask, []);
        foreach (var batch in batches) await writer.WriteAsync(batch, Stop);
        await writer.EndOfInputAsync(Stop);
        return await writer.PrepareCommitAsync(1, Stop) is { } info ? [info] : [];
    }

    private static async ValueTask CommitAsync(ISink sink, IReadOnlyList<byte[]> infos, bool restored = false)
    {
        if (sink.CreateCommitter() is { } committer)
        {
            await using (committer)
            {
                if (infos.Count > 0) Assert.Empty(await committer.CommitAsync(infos, Stop));
            }
        }
        if (sink.CreateAggregatedCommitter() is not { } aggregated) return;
        await using (aggregated)
        {
            await aggregated.OpenAsync(Stop);
            if (infos.Count == 0) return;
            var combined = aggregated.Combine(infos);
            if (restored) await aggregated.RestoreCommitAsync([combined], Stop);
            else Assert.Empty(await aggregated.CommitAsync([combined], Stop));
        }
    }

    private ColumnBatch Select(ColumnBatch batch, Func<int, bool> keep)
    {
        using (batch)
        {
            var kept = Enumerable.Range(0, batch.Rows).Where(keep).ToArray();
            var selection = ColumnBuffer.Rent<ushort>(_memory.Memory, batch.Rows);
            for (var i = 0; i < kept.Length; i++) selection.As<ushort>()[i] = (ushort)kept[i];
            return batch.WithSelection(selection, kept.Length);
        }
    }

    private async ValueTask MustShowAsync(IReadOnlyList<BoxedRow> rows)
    {
        var visible = await VisibleAsync();
        if (LeavesRows) Assert.Equal(rows.Select(Show).Order(StringComparer.Ordinal), visible.Order(StringComparer.Ordinal));
        else Assert.Empty(visible);
    }
}
