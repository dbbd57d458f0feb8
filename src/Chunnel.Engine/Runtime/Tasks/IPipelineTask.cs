using Chunnel.Control;

namespace Chunnel.Engine;

/// <summary>One loop of a task group. It is started once, by its group, and ends when its work is done or it is told to stop.</summary>
internal interface IPipelineTask : IAsyncDisposable
{
    TaskLocation Location { get; }

    /// <summary>Gets ready: opens the plug-in. The pipeline starts when every task is.</summary>
    Task OpenAsync(CancellationToken stop);

    /// <summary>Works until the input has ended and its checkpoint is committed.</summary>
    Task RunAsync(CancellationToken stop);

    /// <summary>
    /// The loop has ended without having come to its end. What a complete checkpoint says is to be committed, is committed all the same, and
    /// what was prepared for one that will never be complete is dropped. Called once at most, after <see cref="RunAsync"/>.
    /// </summary>
    Task TakeLastNewsAsync(CancellationToken stop) => Task.CompletedTask;

    /// <summary>A checkpoint is complete or given up. Returns at once; the loop acts on it between two batches.</summary>
    void Notify(Barrier barrier, bool completed);
}
