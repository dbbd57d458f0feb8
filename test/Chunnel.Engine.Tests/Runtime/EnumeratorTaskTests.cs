using Chunnel.Control;
using Chunnel.Core;
using Chunnel.Plugins;

namespace Chunnel.Engine.Tests;

/// <summary>The head of a pipeline beside the engine.</summary>
public sealed class EnumeratorTaskTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Whoever does not hear of a barrier's way sends it again.</summary>
    [Fact, Trait("spec", "engine.md 6.3")]
    public async Task A_barrier_that_comes_again_is_passed_on_once()
    {
        var source = new Recording();
        var enumerator = new EnumeratorTask(new TaskLocation(new TaskGroupLocation(1, 1, 1), 0), source, [], source, new SourceProgress(), state: null, back: []);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        foreach (var id in (long[])[1, 1, 2, 1, 2, long.MaxValue, long.MaxValue]) enumerator.RequestBarrier(new Barrier(id, id == long.MaxValue ? CheckpointKind.CompletedPoint : CheckpointKind.Checkpoint));
        var running = enumerator.RunAsync(end.Token);
        await source.Last.Task.WaitAsync(Stop);
        source.Acknowledgements.ShouldBe([1, 2, long.MaxValue]);
        await end.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(running);
        await enumerator.DisposeAsync();
    }

    /// <summary>A source without splits, its enumerator, and who is told, in one.</summary>
    private sealed class Recording : ISource, ISplitEnumerator, ITaskReports
    {
        public List<long> Acknowledgements { get; } = [];

        public TaskCompletionSource Last { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool IsBounded => true;

        public IReadOnlyList<TableSchema> Tables => [];

        public SourceReplay Replay => SourceReplay.None;

        public ISplitEnumerator CreateEnumerator(IEnumeratorContext context, byte[]? state) => this;

        public ISourceReader CreateReader(ReaderContext context) => throw new NotSupportedException();

        public byte[] WriteSplit(SourceSplit split) => throw new NotSupportedException();

        public SourceSplit ReadSplit(byte[] bytes) => throw new NotSupportedException();

        public ValueTask OpenAsync(CancellationToken stop) => ValueTask.CompletedTask;

        public ValueTask AddReaderAsync(int subtask, CancellationToken stop) => ValueTask.CompletedTask;

        public ValueTask RunAsync(CancellationToken stop) => ValueTask.CompletedTask;

        public ValueTask HandleSplitRequestAsync(int subtask, CancellationToken stop) => ValueTask.CompletedTask;

        public ValueTask AddSplitsBackAsync(IReadOnlyList<SourceSplit> splits, int subtask, CancellationToken stop) => ValueTask.CompletedTask;

        public byte[] Snapshot(long checkpointId) => [];

        public void ReadyToClose(TaskLocation task)
        {
        }

        public void SchemaChangeFound(TaskLocation task)
        {
        }

        public void SchemaChangePassed(TaskLocation task)
        {
        }

        public void Acknowledged(TaskLocation task, long checkpointId, TaskSnapshot snapshot)
        {
            Acknowledgements.Add(checkpointId);
            if (checkpointId == long.MaxValue) Last.TrySetResult();
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
