using Chunnel.Control;
using Chunnel.Core;
using Chunnel.Plugins;

namespace Chunnel.Engine.Tests;

/// <summary>What each call of a sink is told as. Every call takes another time: each a power of two, so that a sum says what is in it.</summary>
public sealed class SinkTimeTests : IAsyncDisposable
{
    private readonly ManualClock _clock = new();
    private readonly VertexWork _work = new(1, "sink", 1);
    private readonly JobWork _job;
    private readonly SlowSink _sink;

    public SinkTimeTests()
    {
        _job = new JobWork([], _clock);
        _sink = new SlowSink(_clock);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_writers()
    {
        var memory = new BatchMemory(new BlockPool(), new MemoryBudget("test", 8 << 20));
        await using var writers = new TableWriters(
            new Dictionary<string, ISink> { ["t"] = _sink },
            new WriterContext { Subtask = 0, Parallelism = 1, Memory = memory },
            new WrittenRows(new Meter(_clock)),
            _work,
            _job.Begin(),
            [new TableBytes("t", [1], IsPrepared: true)]);
        await writers.OpenAsync(Stop);
        Told.ShouldBe((0, 0, SlowSink.Committing, 0), "what an earlier attempt had prepared is committed again; opening is none of it");
        await writers.WriteAsync(BatchOf(memory), Stop);
        await writers.ApplyAsync(new DropColumn(_sink.Table.Path, "x"), Stop);
        await writers.EndOfInputAsync(Stop);
        Told.ShouldBe((SlowSink.Writing + SlowSink.Altering + SlowSink.Ending, 0, SlowSink.Committing, 0));
        await writers.PrepareCommitAsync(1, Stop);
        await writers.SnapshotAsync(1, Stop);
        Told.Prepare.ShouldBe(SlowSink.Preparing + SlowSink.Snapshotting);
        await writers.CommitAsync(1, Stop);
        Told.Commit.ShouldBe(2 * SlowSink.Committing);
        await writers.PrepareCommitAsync(2, Stop);
        await writers.AbortPrepareAsync(2, Stop);
        Told.ShouldBe((SlowSink.Writing + SlowSink.Altering + SlowSink.Ending, 2 * SlowSink.Preparing + SlowSink.Snapshotting, 2 * SlowSink.Committing, SlowSink.Dropping + SlowSink.Aborting));
        _work[Work.SinkRowsIn].Value.ShouldBe(3);
    }

    [Fact]
    public async Task Of_a_committer()
    {
        await using var committer = new CommitterTask(
            new TaskLocation(new(1, 1, 1), 1), new Dictionary<string, ISink> { ["t"] = _sink }, 1, _work, _job.Begin(), new NoReports(), [new TableBytes("t", [1])]);
        await committer.OpenAsync(Stop);
        Told.ShouldBe((0, 0, SlowSink.Repeating, 0));
        var barrier = new Barrier(2, CheckpointKind.Checkpoint);
        committer.Offer(barrier, 0, [new TableBytes("t", [2])]);
        committer.Notify(barrier, completed: false);
        await committer.TakeLastNewsAsync(Stop);
        Told.ShouldBe((0, 0, SlowSink.Repeating, SlowSink.Aborting));
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var running = committer.RunAsync(end.Token);
        var last = new Barrier(3, CheckpointKind.CompletedPoint);
        committer.Offer(last, 0, [new TableBytes("t", [3])]);
        committer.Notify(last, completed: true);
        await running;
        Told.ShouldBe((0, 0, SlowSink.Repeating + SlowSink.Committing, SlowSink.Aborting));
    }

    public ValueTask DisposeAsync() => _sink.DisposeAsync();

    private (long Write, long Prepare, long Commit, long Abort) Told =>
        (Seconds(Work.SinkWrite), Seconds(Work.SinkPrepareCommit), Seconds(Work.SinkCommit), Seconds(Work.SinkAbort));

    private long Seconds(Work work) => _work[work].Value / 1_000_000_000;

    private ColumnBatch BatchOf(BatchMemory memory)
    {
        using var builder = new BatchBuilder(_sink.Table, memory, 3);
        builder.Fixed<long>(0)[..3].Clear();
        return builder.Build(3, 0);
    }

    private sealed class NoReports : ITaskReports
    {
        public void ReadyToClose(TaskLocation task) => throw new InvalidOperationException("No reader is here.");

        public void SchemaChangeFound(TaskLocation task) => throw new InvalidOperationException("No reader is here.");

        public void SchemaChangePassed(TaskLocation task) => throw new InvalidOperationException("No reader is here.");

        public void Acknowledged(TaskLocation task, long checkpointId, TaskSnapshot snapshot)
        {
            // Nobody waits for it.
        }
    }

    /// <summary>A sink, its writer and its committers in one, whose calls move the clock.</summary>
    private sealed class SlowSink(ManualClock clock) : ISink, ISinkWriter, ISinkCommitter, IAggregatedCommitter
    {
        public const long Opening = 1, Writing = 2, Altering = 4, Ending = 8, Preparing = 16, Snapshotting = 32, Committing = 64, Repeating = 128, Aborting = 256, Dropping = 512;

        public TableSchema Table { get; } = new(TablePath.Parse("t"), [new ColumnDef("n", DataType.BigInt)]);

        public SinkDelivery Delivery => SinkDelivery.ExactlyOnce;

        public ISinkWriter CreateWriter(WriterContext context, IReadOnlyList<byte[]> states) => this;

        public ISinkCommitter CreateCommitter() => this;

        public IAggregatedCommitter CreateAggregatedCommitter() => this;

        public byte[] Combine(IReadOnlyList<byte[]> infos) => infos[0];

        public ValueTask OpenAsync(CancellationToken stop) => TakeAsync(Opening);

        public ValueTask WriteAsync(ColumnBatch batch, CancellationToken stop)
        {
            batch.Dispose();
            return TakeAsync(Writing);
        }

        public ValueTask ApplyAsync(SchemaChange change, CancellationToken stop) => TakeAsync(Altering);

        public ValueTask EndOfInputAsync(CancellationToken stop) => TakeAsync(Ending);

        public ValueTask<byte[]?> PrepareCommitAsync(long checkpointId, CancellationToken stop)
        {
            Take(Preparing);
            return new([(byte)checkpointId]);
        }

        public ValueTask<IReadOnlyList<byte[]>> SnapshotAsync(long checkpointId, CancellationToken stop)
        {
            Take(Snapshotting);
            return new([]);
        }

        public ValueTask<IReadOnlyList<byte[]>> CommitAsync(IReadOnlyList<byte[]> infos, CancellationToken stop)
        {
            Take(Committing);
            return new([]);
        }

        public ValueTask RestoreCommitAsync(IReadOnlyList<byte[]> aggregates, CancellationToken stop) => TakeAsync(Repeating);

        public ValueTask AbortAsync(IReadOnlyList<byte[]> infos, CancellationToken stop) => TakeAsync(Aborting);

        public ValueTask AbortPrepareAsync(long checkpointId, CancellationToken stop) => TakeAsync(Dropping);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;

        private void Take(long seconds) => clock.Advance(TimeSpan.FromSeconds(seconds));

        private ValueTask TakeAsync(long seconds)
        {
            Take(seconds);
            return ValueTask.CompletedTask;
        }
    }
}
