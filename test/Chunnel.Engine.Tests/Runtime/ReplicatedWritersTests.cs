using System.Globalization;
using Chunnel.Core;
using Chunnel.Plugins;

namespace Chunnel.Engine.Tests;

/// <summary>Replicas of a sink's writers (spec engine.md 5.4): no row lost, the rows of one key in order (S11), all of them in a checkpoint.</summary>
public sealed class ReplicatedWritersTests
{
    private static readonly TableSchema _keyed = new(TablePath.Parse("keyed"), [new ColumnDef("v", DataType.BigInt), new ColumnDef("k", DataType.BigInt), new ColumnDef("n", DataType.String)])
    {
        PrimaryKey = new PrimaryKey("pk", ["k", "n"]),
    };

    private static readonly TableSchema _keyless = new(TablePath.Parse("keyless"), [new ColumnDef("v", DataType.BigInt), new ColumnDef("k", DataType.BigInt), new ColumnDef("n", DataType.String)]);

    private readonly MemoryBudget _budget = new("test", 64 << 20);
    private int _woken;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(8)]
    public async Task Rows_of_one_key_keep_their_order_and_none_is_lost(int replicas)
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var dice = new Random(seed);
            var takers = Takers(replicas, dice);
            await using var writers = Make(takers);
            await writers.OpenAsync(Stop);
            var sent = 0L;
            for (var batch = 0; batch < 30; batch++)
            {
                await writers.WriteAsync(Batch(_keyed, dice, ref sent, changes: true), Stop);
                if (dice.Next(10) == 0) await writers.PrepareCommitAsync(batch, Stop);
            }
            await writers.PrepareCommitAsync(99, Stop);
            takers.Sum(taker => taker.Rows.Count).ShouldBe((int)sent, $"seed {seed}");
            takers.Count(taker => taker.Rows.Count > 0).ShouldBe(replicas, $"seed {seed}");
            foreach (var key in takers.SelectMany((taker, at) => taker.Rows.Select(row => (row.Key, at))).GroupBy(row => row.Key, row => row.at)) key.Distinct().Count().ShouldBe(1, $"seed {seed}, key {key.Key}");
            foreach (var taker in takers)
            {
                foreach (var key in taker.Rows.GroupBy(row => row.Key, row => row.Number)) key.SequenceEqual(key.Order()).ShouldBeTrue($"seed {seed}, key {key.Key}");
            }
        }
        _budget.InUseBytes.ShouldBe(0);
    }

    [Fact]
    public async Task Inserts_without_a_key_go_in_turn_and_changes_one_way_behind_them()
    {
        var dice = new Random(1);
        var takers = Takers(3, dice);
        await using var writers = Make(takers);
        await writers.OpenAsync(Stop);
        var sent = 0L;
        for (var batch = 0; batch < 6; batch++) await writers.WriteAsync(Batch(_keyless, dice, ref sent, changes: false), Stop);
        var inserts = sent;
        await writers.WriteAsync(Batch(_keyless, dice, ref sent, changes: true), Stop);
        takers.Sum(taker => taker.Rows.Count(row => row.Number < inserts)).ShouldBe((int)inserts, "changes wait until the inserts before them are written");
        for (var batch = 0; batch < 6; batch++) await writers.WriteAsync(Batch(_keyless, dice, ref sent, changes: batch % 2 == 0), Stop);
        await writers.PrepareCommitAsync(1, Stop);
        takers.Sum(taker => taker.Rows.Count).ShouldBe((int)sent);
        takers.ShouldAllBe(taker => taker.Rows.Any(row => row.Number < inserts));
        var one = takers.Where(taker => taker.Rows.Exists(row => row.Number >= inserts)).ShouldHaveSingleItem();
        one.Rows.Select(row => row.Number).ShouldBe(one.Rows.Select(row => row.Number).Order());
    }

    /// <summary>The metric IntermediateQueueSize (spec rest-api.md 4.5): what waits for the replicas waits between two loops too.</summary>
    [Fact]
    public async Task Rows_that_wait_for_a_replica_are_counted()
    {
        var dice = new Random(3);
        var takers = Takers(2, dice);
        foreach (var taker in takers) taker.Hangs = true;
        await using var writers = Make(takers);
        await writers.OpenAsync(Stop);
        var sent = 0L;
        for (var batch = 0; batch < 2; batch++) await writers.WriteAsync(Batch(_keyless, dice, ref sent, changes: false), Stop);
        foreach (var taker in takers) await taker.Taken.Task.WaitAsync(TimeSpan.FromSeconds(30), Stop);
        writers.QueuedRows.ShouldBe(0);
        var taken = sent;
        for (var batch = 0; batch < 3; batch++) await writers.WriteAsync(Batch(_keyless, dice, ref sent, changes: false), Stop);
        writers.QueuedRows.ShouldBe(sent - taken);
    }

    [Fact]
    public async Task A_replica_that_fails_says_which_rows_and_stops_the_sink()
    {
        var dice = new Random(2);
        var takers = Takers(2, dice);
        takers[1].FailsAt = 40;
        var writers = Make(takers);
        await writers.OpenAsync(Stop);
        var sent = 0L;
        var fault = await Should.ThrowAsync<TaskFailedException>(async () =>
        {
            for (var batch = 0; batch < 500; batch++) await writers.WriteAsync(Batch(_keyed, dice, ref sent, changes: false), Stop);
        });
        fault.Table.ShouldBe("keyed");
        fault.InnerException!.Message.ShouldBe("the disk is full");
        (await Should.ThrowAsync<TaskFailedException>(async () => await writers.PrepareCommitAsync(1, Stop))).ShouldBeSameAs(fault);
        Should.Throw<TaskFailedException>(writers.ThrowIfFailed).ShouldBeSameAs(fault);
        await writers.AbortPrepareAsync(1, Stop);
        takers.ShouldAllBe(taker => taker.Aborted);
        _woken.ShouldBe(1);
        await writers.DisposeAsync();
        _budget.InUseBytes.ShouldBe(0);
    }

    [Fact]
    public async Task States_and_infos_tell_their_replica()
    {
        await using var writers = Make(Takers(3, new Random(3)));
        await writers.OpenAsync(Stop);
        var infos = await writers.PrepareCommitAsync(1, Stop);
        infos.Select(info => info.Replica).ShouldBe([0, 1, 2]);
        infos.Select(info => TableBytes.Unpack(info.Pack()).Replica).ShouldBe([0, 1, 2]);
        (await writers.SnapshotAsync(1, Stop)).Select(state => state.Replica).ShouldBe([0, 1, 2]);
    }

    [Fact]
    public async Task Stopping_lets_go_of_what_is_under_way()
    {
        var dice = new Random(4);
        var takers = Takers(2, dice);
        foreach (var taker in takers) taker.Hangs = true;
        var writers = Make(takers);
        await writers.OpenAsync(Stop);
        var sent = 0L;
        for (var batch = 0; batch < 5; batch++) await writers.WriteAsync(Batch(_keyed, dice, ref sent, changes: false), Stop);
        await writers.DisposeAsync();
        _budget.InUseBytes.ShouldBe(0);
    }

    private static Taker[] Takers(int count, Random dice) => [.. Enumerable.Range(0, count).Select(_ => new Taker(dice.Next()))];

    private ReplicatedWriters Make(Taker[] takers) => new(takers.Length, replica => takers[replica], 1 << 20, TimeProvider.System, () => Interlocked.Increment(ref _woken));

    private ColumnBatch Batch(TableSchema table, Random dice, ref long sent, bool changes)
    {
        var rows = dice.Next(1, 50);
        using var builder = new BatchBuilder(table, new BatchMemory(Pool, _budget), rows);
        var values = builder.Fixed<long>(0);
        var keys = builder.Fixed<long>(1);
        for (var row = 0; row < rows; row++)
        {
            values[row] = sent++;
            keys[row] = dice.Next(10);
            builder.Text(2).Append(System.Text.Encoding.UTF8.GetBytes($"name of some length {dice.Next(3)}"));
            if (changes) builder.Kinds[row] = (byte)dice.Next(4);
        }
        if (changes) builder.Kinds[0] = (byte)RowKind.Delete;
        return builder.Build(rows, sent - rows);
    }

    private static BlockPool Pool { get; } = new();

    /// <summary>Keeps rows, after a wait that differs from batch to batch.</summary>
    private sealed class Taker(int seed) : ITableWriters
    {
        private readonly Random _dice = new(seed);

        public List<(string Key, long Number)> Rows { get; } = [];

        public int FailsAt { get; set; } = int.MaxValue;

        public bool Hangs { get; set; }

        public bool Aborted { get; private set; }

        /// <summary>Completes when it has its first batch in hand.</summary>
        public TaskCompletionSource Taken { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public ValueTask OpenAsync(CancellationToken stop) => ValueTask.CompletedTask;

        public async ValueTask WriteAsync(ColumnBatch batch, CancellationToken stop)
        {
            using (batch)
            {
                Taken.TrySetResult();
                if (Hangs) await Task.Delay(Timeout.Infinite, stop);
                for (var i = _dice.Next(4); i > 0; i--) await Task.Yield();
                var values = ((FixedColumn<long>)batch[0]).Values;
                var keys = ((FixedColumn<long>)batch[1]).Values;
                var names = (TextColumn)batch[2];
                for (var i = 0; i < batch.Selected; i++)
                {
                    if (Rows.Count >= FailsAt) throw new InvalidOperationException("the disk is full");
                    var row = batch.RowAt(i);
                    Rows.Add((string.Create(CultureInfo.InvariantCulture, $"{keys[row]} {System.Text.Encoding.UTF8.GetString(names[row])}"), values[row]));
                }
            }
        }

        public void ThrowIfFailed()
        {
        }

        public ValueTask ApplyAsync(SchemaChange change, CancellationToken stop) => ValueTask.CompletedTask;

        public ValueTask EndOfInputAsync(CancellationToken stop) => ValueTask.CompletedTask;

        public ValueTask<IReadOnlyList<TableBytes>> PrepareCommitAsync(long checkpointId, CancellationToken stop) => new([new TableBytes("keyed", [1])]);

        public ValueTask<IReadOnlyList<TableBytes>> SnapshotAsync(long checkpointId, CancellationToken stop) => new([new TableBytes("keyed", [2])]);

        public ValueTask CommitAsync(long checkpointId, CancellationToken stop) => ValueTask.CompletedTask;

        public ValueTask AbortPrepareAsync(long checkpointId, CancellationToken stop)
        {
            Aborted = true;
            return ValueTask.CompletedTask;
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
