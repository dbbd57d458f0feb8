using Chunnel.Control;

namespace Chunnel.Engine;

/// <summary>Keeps the states of a job's checkpoints outside of its process.</summary>
internal interface ICheckpointKeeper
{
    /// <summary>Writes a checkpoint where it lasts, and returns where that is; null where nothing outlives the process.</summary>
    ValueTask<string?> StoreAsync(int pipelineId, int attempt, PendingCheckpoint checkpoint, PipelineSnapshot snapshot, CancellationToken stop);

    /// <summary>Reads what <see cref="StoreAsync"/> wrote.</summary>
    ValueTask<PipelineSnapshot> LoadAsync(string reference, CancellationToken stop);

    /// <summary>A stored checkpoint is complete: it counts from now on, and those before it go in time.</summary>
    ValueTask CompletedAsync(int pipelineId, CompletedCheckpoint checkpoint, CancellationToken stop);

    /// <summary>The job has ended: what no later run can go on from is removed.</summary>
    ValueTask EndedAsync(JobStatus status, CancellationToken stop);
}
