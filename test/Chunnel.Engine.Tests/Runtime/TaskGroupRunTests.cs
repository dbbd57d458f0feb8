using Chunnel.Control;

namespace Chunnel.Engine.Tests;

public sealed class TaskGroupRunTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    /// <summary>engine.md 6.8, 5: who cancels runs the job's decisions, and must never stand behind what a plug-in does when it is told to stop.</summary>
    [Fact]
    public async Task A_cancel_is_answered_while_a_plug_in_blocks_whoever_tells_it()
    {
        using var loop = new BlockingLoop();
        var group = new TaskGroupRun([loop], _ => { });
        var running = group.RunAsync(() => { });
        group.Start();
        await loop.Waits.WaitAsync(Limit, TestContext.Current.CancellationToken);

        await Task.Run(group.Cancel, TestContext.Current.CancellationToken).WaitAsync(Limit, TestContext.Current.CancellationToken);

        running.IsCompleted.ShouldBeFalse();
        loop.LetGo();
        (await running.WaitAsync(Limit, TestContext.Current.CancellationToken)).End.ShouldBe(TaskGroupEnd.Canceled);
    }

    /// <summary>A double: told to stop, it blocks the thread that tells it, as a driver does that asks a silent server to break off.</summary>
    private sealed class BlockingLoop : IPipelineTask, IDisposable
    {
        private readonly TaskCompletionSource _waits = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly ManualResetEventSlim _mayGo = new();

        public TaskLocation Location { get; } = new(new TaskGroupLocation(1, 1, 1), 0);

        public Task Waits => _waits.Task;

        public void LetGo() => _mayGo.Set();

        public Task OpenAsync(CancellationToken stop) => Task.CompletedTask;

        public async Task RunAsync(CancellationToken stop)
        {
            using var registration = stop.Register(() => _mayGo.Wait(CancellationToken.None));
            var forever = Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop);
            _waits.SetResult();
            await forever;
        }

        public void Notify(Barrier barrier, bool completed)
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;

        public void Dispose() => _mayGo.Dispose();
    }
}
