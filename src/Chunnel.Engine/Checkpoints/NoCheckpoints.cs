using Chunnel.Control;

namespace Chunnel.Engine;

/// <summary>For a job whose process is its whole life: states stay in memory.</summary>
internal sealed class NoCheckpoints : ICheckpointKeeper
{
    public ValueTask<string?> StoreAsync(int pipelineId, int attempt, PendingCheckpoint checkpoint, PipelineSnapshot snapshot, CancellationToken stop) => new((string?)null);

    public ValueTask<PipelineSnapshot> LoadAsync(string reference, CancellationToken stop) => throw new InvalidOperationException("Nothing was stored.");

    public ValueTask CompletedAsync(int pipelineId, CompletedCheckpoint checkpoint, CancellationToken stop) => ValueTask.CompletedTask;

    public ValueTask EndedAsync(JobStatus status, CancellationToken stop) => ValueTask.CompletedTask;
}
