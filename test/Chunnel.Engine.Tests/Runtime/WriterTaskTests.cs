using Chunnel.Control;
using Chunnel.Core;
using Chunnel.Plugins;

namespace Chunnel.Engine.Tests;

/// <summary>The sink loop beside the engine: what must hold however the two loops of a subtask overtake each other.</summary>
public sealed class WriterTaskTests
{
    private static readonly TableSchema _table = new(TablePath.Parse("t"), [new ColumnDef("n", DataType.BigInt)]);

    private readonly MemoryBudget _budget = new("test", 8 << 20);
    private readonly BlockPool _pool = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>The reader may hear that the checkpoint is complete, and hand the change on, before the writer hears of it.</summary>
    [Fact, Trait("spec", "engine.md 6.8")]
    public async Task A_change_that_overtakes_the_news_of_its_checkpoint_waits_for_the_commit()
    {
        var sink = new Recording();
        var work = new JobWork([], TimeProvider.System);
        using var input = new FlowChannel(FlowChannel.AimBytes, TimeProvider.System);
        await using var writer = new WriterTask(new WriterTaskParts
        {
            Location = new TaskLocation(new TaskGroupLocation(1, 1, 1), 1),
            Vertex = "Sink[0]-Recording",
            Attempt = 1,
            Subtask = 0,
            Parallelism = 1,
            Replicas = 1,
            Input = input,
            Work = work,
            Transforms = [new ChainStep(sink, "Recording", RefusedRows.Fail, new VertexWork(1, "transform", 1))],
            Sinks = new Dictionary<string, ISink> { ["t"] = sink },
            Memory = new BatchMemory(_pool, _budget),
            Clock = TimeProvider.System,
            Meters = new SinkMeters(TimeProvider.System),
            Desk = Desks.Silent(new BatchMemory(_pool, _budget)),
            Reports = sink,
            Print = _ => { },
            Warn = _ => { },
            Skipped = _ => { },
            Count = (_, _) => { },
        });
        await writer.OpenAsync(Stop);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var running = writer.RunAsync(end.Token);
        var before = new Barrier(1, CheckpointKind.SchemaChangeBefore);
        await input.WriteAsync(FlowItem.Of(before), Stop);
        await sink.Acknowledgement.Task.WaitAsync(Stop);
        await input.WriteAsync(FlowItem.Of(new DropColumn(_table.Path, "x"), before), Stop);
        await sink.Mapping.Task.WaitAsync(Stop);    // it has the change in its hands
        sink.Done.ShouldBe(["prepare"]);
        writer.Notify(before, completed: true);
        await sink.Change.Task.WaitAsync(Stop);
        sink.Done.ShouldBe(["prepare", "commit", "apply"]);
        await end.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(running);
    }

    /// <summary>A transform, a sink, its writer, its committer and who is told, in one: keeps what is done in its order.</summary>
    private sealed class Recording : ITransform, ISink, ISinkWriter, ISinkCommitter, ITaskReports
    {
        public List<string> Done { get; } = [];

        public TaskCompletionSource Acknowledgement { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Mapping { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Change { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TableSchema Table => _table;

        public IReadOnlyList<TableSchema> Tables => [_table];

        public SinkDelivery Delivery => SinkDelivery.ExactlyOnce;

        public SchemaChange? Map(SchemaChange change)
        {
            Mapping.SetResult();
            return change;
        }

        public ValueTask ApplyAsync(ColumnBatch batch, ITransformOutput output, CancellationToken stop) => throw new InvalidOperationException("There are no rows.");

        public ISinkWriter CreateWriter(WriterContext context, IReadOnlyList<byte[]> states) => this;

        public ISinkCommitter CreateCommitter() => this;

        public ValueTask WriteAsync(ColumnBatch batch, CancellationToken stop) => throw new InvalidOperationException("There are no rows.");

        public ValueTask<byte[]?> PrepareCommitAsync(long checkpointId, CancellationToken stop)
        {
            Done.Add("prepare");
            return new([1]);
        }

        public ValueTask ApplyAsync(SchemaChange change, CancellationToken stop)
        {
            Done.Add("apply");
            Change.SetResult();
            return ValueTask.CompletedTask;
        }

        public ValueTask<IReadOnlyList<byte[]>> CommitAsync(IReadOnlyList<byte[]> infos, CancellationToken stop)
        {
            Done.Add("commit");
            return new([]);
        }

        public ValueTask AbortAsync(IReadOnlyList<byte[]> infos, CancellationToken stop) => ValueTask.CompletedTask;

        public void ReadyToClose(TaskLocation task) => throw new InvalidOperationException("No reader is here.");

        public void SchemaChangeFound(TaskLocation task) => throw new InvalidOperationException("No reader is here.");

        public void SchemaChangePassed(TaskLocation task) => throw new InvalidOperationException("No reader is here.");

        public void Acknowledged(TaskLocation task, long checkpointId, TaskSnapshot snapshot) => Acknowledgement.SetResult();

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
