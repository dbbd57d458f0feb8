using Chunnel.Core;
using Chunnel.Plugins;
using Xunit;

namespace Chunnel.TestKit;

/// <summary>
/// What every source keeps: inherit it, say which plug-in and which settings, and xunit runs the rest. The settings should give some
/// thousand rows, so that there is more than one batch, and the same rows each time.
/// </summary>
public abstract class SourceContract
{
    /// <summary>A wait that should end at once has this long before it counts as hanging.</summary>
    private static readonly TimeSpan Promptly = TimeSpan.FromSeconds(10);

    /// <summary>Batch borders at which the position is tried: all of short runs, some of long ones.</summary>
    private const int MostBorders = 12;

    protected abstract SourcePlugin Plugin { get; }

    /// <summary>Settings that give rows.</summary>
    protected abstract SettingsObject Settings { get; }

    /// <summary>Settings that give no row, if there are any.</summary>
    protected virtual SettingsObject? SettingsWithoutRows => null;

    protected virtual int Readers => 2;

    /// <summary>Rows of a run; null when the test cannot know.</summary>
    protected virtual long? ExpectedRows => null;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public void Every_option_explains_itself() => PluginPromises.OptionsExplainThemselves(Plugin);

    [Fact]
    public void The_settings_are_in_order() => PluginPromises.SettingsAreInOrder(Plugin, Settings);

    [Fact]
    public void An_unknown_option_is_a_warning() => PluginPromises.UnknownOptionIsWarned(Plugin, Settings);

    [Fact]
    public async Task It_gives_all_rows_and_every_byte_back()
    {
        var memory = new TestMemory();
        await using (var source = await CreateAsync(Settings))
        {
            var rows = await new SourceDrive(source, Readers, memory.Memory).AllRowsAsync(Stop);
            Assert.NotEmpty(rows);
            if (ExpectedRows is { } expected) Assert.Equal(expected, rows.Count);
            Assert.Subset(source.Tables.Select(table => table.TableId).ToHashSet(), rows.Select(row => row.Table).ToHashSet());
        }
        memory.MustBeBack();
    }

    [Fact]
    public async Task Batches_keep_their_size_and_carry_a_table_of_the_source()
    {
        var memory = new TestMemory();
        await using var source = await CreateAsync(Settings);
        var drive = new SourceDrive(source, Readers, memory.Memory);
        var splits = await drive.EnumerateAsync(Stop);
        for (var subtask = 0; subtask < Readers; subtask++)
        {
            await using var reader = await drive.OpenReaderAsync(subtask, splits[subtask], Stop);
            while (await drive.NextAsync(reader, Stop) is { } batch)
            {
                using (batch)
                {
                    Assert.InRange(batch.Rows, 1, ColumnBatch.MostRows);
                    Assert.True(batch.Rows == 1 || batch.Bytes <= 4L * ColumnBatch.AimBytes, $"A batch of {batch.Rows} rows takes {batch.Bytes:N0} bytes.");
                    Assert.Contains(source.Tables, table => ReferenceEquals(table, batch.Schema));
                }
            }
        }
        memory.MustBeBack();
    }

    /// <summary>Under a speed limit barriers and commits must not wait behind a large batch (spec config.md 7).</summary>
    [Fact]
    public async Task Told_to_make_small_batches_it_makes_small_ones()
    {
        const int Most = 7;
        var memory = new TestMemory();
        await using var source = await CreateAsync(Settings);
        var whole = await new SourceDrive(source, Readers, memory.Memory).AllRowsAsync(Stop);
        var drive = new SourceDrive(source, Readers, memory.Memory, batchRows: Most);
        var splits = await drive.EnumerateAsync(Stop);
        var rows = new List<SourceRow>();
        for (var subtask = 0; subtask < Readers; subtask++)
        {
            await using var reader = await drive.OpenReaderAsync(subtask, splits[subtask], Stop);
            while (await drive.NextAsync(reader, Stop) is { } batch)
            {
                using (batch)
                {
                    Assert.InRange(batch.Rows, 1, Most);
                    rows.AddRange(BoxedRows.Of(batch).Select(row => new SourceRow(batch.Schema.TableId, row)));
                }
            }
        }
        if (source.Replay != SourceReplay.None) Assert.Equal(Sorted(whole), Sorted(rows));
        memory.MustBeBack();
    }

    [Fact]
    public async Task What_it_says_of_its_progress_adds_up()
    {
        await using var source = await CreateAsync(Settings);
        var drive = new SourceDrive(source, Readers, new TestMemory().Memory);
        var splits = await drive.EnumerateAsync(Stop);
        for (var subtask = 0; subtask < Readers; subtask++)
        {
            await using var reader = await drive.OpenReaderAsync(subtask, splits[subtask], Stop);
            if (reader.Done is not { } before) return;
            Assert.Equal(0, before.Splits);
            var whole = SplitAmount.LeftOf(splits[subtask]);
            while (await drive.NextAsync(reader, Stop) is { } batch)
            {
                batch.Dispose();
                var done = reader.Done!.Value;
                Assert.InRange(done.Splits, before.Splits, whole.Splits);
                if (whole.Size is { } size) Assert.InRange(done.Size!.Value, before.Size!.Value, size);
                before = done;
            }
            Assert.Equal(whole, reader.Done);
        }
    }

    [Fact]
    public async Task From_every_batch_border_a_new_reader_goes_on_with_the_very_next_row()
    {
        var memory = new TestMemory();
        await using var source = await CreateAsync(Settings);
        if (source.Replay == SourceReplay.None) return;
        var drive = new SourceDrive(source, Readers, memory.Memory);
        var splits = await drive.EnumerateAsync(Stop);
        for (var subtask = 0; subtask < Readers; subtask++)
        {
            await using var straight = await drive.OpenReaderAsync(subtask, splits[subtask], Stop);
            var whole = await drive.RowsAsync(straight, Stop);
            var more = true;
            for (var border = 0; more && border < MostBorders; border++)
            {
                var (before, snapshot, hadMore) = await ReadUpToAsync(drive, source, subtask, splits[subtask], border);
                await using var next = await drive.OpenReaderAsync(subtask, snapshot, Stop);
                var rows = before.Concat(await drive.RowsAsync(next, Stop)).ToList();
                Assert.Equal(Sorted(whole), Sorted(rows));
                more = hadMore;
            }
        }
        memory.MustBeBack();
    }

    [Fact]
    public async Task A_checkpoint_between_two_batches_changes_nothing()
    {
        var memory = new TestMemory();
        await using var source = await CreateAsync(Settings);
        var drive = new SourceDrive(source, Readers, memory.Memory);
        var splits = await drive.EnumerateAsync(Stop);
        await using (var straight = await drive.OpenReaderAsync(0, splits[0], Stop))
        await using (var disturbed = await drive.OpenReaderAsync(0, splits[0], Stop))
        {
            var whole = source.Replay == SourceReplay.Exact ? await drive.RowsAsync(straight, Stop) : null;
            var rows = new List<SourceRow>();
            for (long checkpoint = 1; await drive.NextAsync(disturbed, Stop) is { } batch; checkpoint++)
            {
                using (batch) rows.AddRange(BoxedRows.Of(batch).Select(row => new SourceRow(batch.Schema.TableId, row)));
                var first = disturbed.Snapshot(checkpoint).Select(source.WriteSplit).ToList();
                var again = disturbed.Snapshot(checkpoint).Select(source.WriteSplit).ToList();
                Assert.Equal(first, again);
                if (checkpoint % 2 == 0) await disturbed.CheckpointAbortedAsync(checkpoint, Stop);
                else await disturbed.CheckpointCompletedAsync(checkpoint, Stop);
            }
            Assert.Empty(disturbed.Snapshot(long.MaxValue));
            if (whole is not null) Assert.Equal(Sorted(whole), Sorted(rows));
        }
        memory.MustBeBack();
    }

    [Fact]
    public async Task Splits_come_back_from_bytes_as_they_were()
    {
        await using var source = await CreateAsync(Settings);
        var splits = await new SourceDrive(source, Readers, new TestMemory().Memory).EnumerateAsync(Stop);
        var all = splits.SelectMany(own => own).ToList();
        Assert.NotEmpty(all);
        Assert.Equal(all.Count, all.Select(split => split.Id).Distinct().Count());
        Assert.All(all, split =>
        {
            var bytes = source.WriteSplit(split);
            var read = source.ReadSplit(bytes);
            Assert.Equal(split.Id, read.Id);
            Assert.Equal(bytes, source.WriteSplit(read));
        });
    }

    [Fact]
    public async Task A_restored_enumerator_hands_out_what_the_first_had_left()
    {
        await using var source = await CreateAsync(Settings);
        var drive = new SourceDrive(source, Readers, new TestMemory().Memory);
        var fresh = await drive.EnumerateAsync(Stop);
        var restored = await drive.EnumerateAsync(Stop, await drive.EnumeratorStateAsync(Stop));
        Assert.Equal(Ids(fresh), Ids(restored));

        static IEnumerable<string> Ids(IReadOnlyList<IReadOnlyList<SourceSplit>> splits) => splits.SelectMany(own => own).Select(split => split.Id).Order(StringComparer.Ordinal);
    }

    [Fact]
    public async Task Splits_that_come_back_are_handed_out_again()
    {
        await using var source = await CreateAsync(Settings);
        var splits = (await new SourceDrive(source, Readers, new TestMemory().Memory).EnumerateAsync(Stop)).SelectMany(own => own).ToList();
        var assigned = new List<SourceSplit>();
        var context = new RecordingContext(Readers, assigned);
        // The state of an enumerator that has handed everything out.
        byte[] state;
        await using (var first = source.CreateEnumerator(new RecordingContext(Readers, []), null))
        {
            await first.OpenAsync(Stop);
            for (var reader = 0; reader < Readers; reader++) await first.AddReaderAsync(reader, Stop);
            await first.RunAsync(Stop);
            for (var i = 0; i <= splits.Count; i++)
            {
                for (var reader = 0; reader < Readers; reader++) await first.HandleSplitRequestAsync(reader, Stop);
            }
            state = first.Snapshot(checkpointId: 1);
        }
        await using var second = source.CreateEnumerator(context, state);
        await second.OpenAsync(Stop);
        await second.AddSplitsBackAsync(splits, subtask: 0, Stop);
        for (var reader = 0; reader < Readers; reader++) await second.AddReaderAsync(reader, Stop);
        await second.RunAsync(Stop);
        for (var i = 0; i <= splits.Count; i++)
        {
            for (var reader = 0; reader < Readers; reader++) await second.HandleSplitRequestAsync(reader, Stop);
        }
        Assert.Equal(splits.Select(split => split.Id).Order(StringComparer.Ordinal), assigned.Select(split => split.Id).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task It_stops_when_told_while_it_waits_for_memory()
    {
        var memory = new TestMemory(limitBytes: 1 << 20);
        await using (var source = await CreateAsync(Settings))
        {
            var drive = new SourceDrive(source, Readers, memory.Memory);
            var splits = await drive.EnumerateAsync(Stop);
            await using var reader = await drive.OpenReaderAsync(0, splits[0], Stop);
            var taken = memory.TakeAll();
            using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Stop);
            var read = reader.ReadAsync(cancel.Token).AsTask();
            await cancel.CancelAsync();
            await EndsPromptlyAsync(read);
            taken.Release();
        }
        memory.MustBeBack();
    }

    [Fact]
    public async Task A_stop_that_came_before_ends_a_read_at_once()
    {
        var memory = new TestMemory();
        await using (var source = await CreateAsync(Settings))
        {
            var drive = new SourceDrive(source, Readers, memory.Memory);
            var splits = await drive.EnumerateAsync(Stop);
            await using var reader = await drive.OpenReaderAsync(0, splits[0], Stop);
            await EndsPromptlyAsync(ReadAsync(reader, new CancellationToken(canceled: true)));
        }
        memory.MustBeBack();
    }

    [Fact]
    public async Task A_reader_may_be_disposed_at_any_time()
    {
        var memory = new TestMemory();
        await using (var source = await CreateAsync(Settings))
        {
            var drive = new SourceDrive(source, Readers, memory.Memory);
            var splits = await drive.EnumerateAsync(Stop);
            await source.CreateReader(new ReaderContext { Subtask = 0, Parallelism = Readers, Memory = memory.Memory }).DisposeAsync();
            await (await drive.OpenReaderAsync(0, splits[0], Stop)).DisposeAsync();
            var begun = await drive.OpenReaderAsync(0, splits[0], Stop);
            (await drive.NextAsync(begun, Stop))?.Dispose();
            await begun.DisposeAsync();
        }
        memory.MustBeBack();
    }

    [Fact]
    public async Task A_reader_without_splits_ends()
    {
        await using var source = await CreateAsync(Settings);
        if (!source.IsBounded) return;
        var drive = new SourceDrive(source, Readers, new TestMemory().Memory);
        await using var reader = await drive.OpenReaderAsync(0, [], Stop);
        Assert.Equal(ReadResultKind.End, (await reader.ReadAsync(Stop)).Kind);
    }

    [Fact]
    public async Task No_rows_are_no_trouble()
    {
        if (SettingsWithoutRows is not { } settings) return;
        var memory = new TestMemory();
        await using (var source = await CreateAsync(settings))
        {
            Assert.Empty(await new SourceDrive(source, Readers, memory.Memory).AllRowsAsync(Stop));
        }
        memory.MustBeBack();
    }

    private ValueTask<ISource> CreateAsync(SettingsObject settings) => Plugin.CreateAsync(new SourceContext { Settings = settings }, Stop);

    private static async Task<ReadResult> ReadAsync(ISourceReader reader, CancellationToken stop) => await reader.ReadAsync(stop);

    private static async Task EndsPromptlyAsync(Task<ReadResult> read)
    {
        try
        {
            (await read.WaitAsync(Promptly, Stop)).Batch?.Dispose();
        }
        catch (OperationCanceledException) when (!Stop.IsCancellationRequested)
        {
            // It stopped, as told. A read that needs no wait may as well end with its batch.
        }
    }

    private static async ValueTask<(List<SourceRow> Rows, IReadOnlyList<SourceSplit> Snapshot, bool More)> ReadUpToAsync(
        SourceDrive drive, ISource source, int subtask, IReadOnlyList<SourceSplit> splits, int batches)
    {
        var rows = new List<SourceRow>();
        await using var reader = await drive.OpenReaderAsync(subtask, splits, Stop);
        var read = 0;
        while (read < batches && await drive.NextAsync(reader, Stop) is { } batch)
        {
            using (batch) rows.AddRange(BoxedRows.Of(batch).Select(row => new SourceRow(batch.Schema.TableId, row)));
            read++;
        }
        return (rows, [.. reader.Snapshot(checkpointId: 1).Select(source.WriteSplit).Select(source.ReadSplit)], read == batches);
    }

    private static IEnumerable<string> Sorted(IEnumerable<SourceRow> rows) => rows.Select(row => row.ToString()).Order(StringComparer.Ordinal);

    private sealed class RecordingContext(int parallelism, List<SourceSplit> assigned) : IEnumeratorContext
    {
        public int Parallelism => parallelism;

        public void Assign(int subtask, IReadOnlyList<SourceSplit> splits) => assigned.AddRange(splits);

        public void NoMoreSplits(int subtask)
        {
            // Only what is handed out counts here.
        }
    }
}
