using System.Collections.Concurrent;
using Chunnel.Control;
using Chunnel.Core;

namespace Chunnel.Engine;

/// <summary>
/// What the tasks of a job have acknowledged: gathered until a checkpoint has all of it, kept for the next attempt while the checkpoint is
/// the newest one of its pipeline. Tasks tell it from their own threads.
/// </summary>
internal sealed class JobSnapshots(JobPlan plan, ICheckpointKeeper keeper)
{
    private readonly ConcurrentDictionary<(TaskLocation Task, int Attempt, long Checkpoint), TaskSnapshot> _gathering = new();
    private readonly ConcurrentDictionary<(int Pipeline, long Checkpoint), PipelineSnapshot> _stored = new();

    public void Add(TaskLocation task, int attempt, long checkpoint, TaskSnapshot snapshot) => _gathering[(task, attempt, checkpoint)] = snapshot;

    /// <summary>All tasks have acknowledged: stores what they gave, and returns where.</summary>
    public async Task<string?> StoreAsync(int pipelineId, int attempt, PendingCheckpoint checkpoint, CancellationToken stop)
    {
        var pipeline = plan.Pipelines.First(candidate => candidate.Id == pipelineId);
        var planned = plan.Control.Pipelines.First(candidate => candidate.Id == pipelineId);
        var snapshot = new PipelineSnapshot(checkpoint.Parts.ToDictionary(
            part => TaskKey.Of(pipeline, planned, part.Task),
            part => _gathering[(part.Task, attempt, checkpoint.Id)]));
        foreach (var part in checkpoint.Parts) _gathering.TryRemove((part.Task, attempt, checkpoint.Id), out _);
        FailPoint.Reach("checkpoint.store.before");
        var reference = await keeper.StoreAsync(pipelineId, attempt, checkpoint, snapshot, stop);
        FailPoint.Reach("checkpoint.store.after");
        _stored[(pipelineId, checkpoint.Id)] = snapshot;
        return reference;
    }

    /// <summary>Lets go of the checkpoints before this one.</summary>
    public void Completed(int pipelineId, CompletedCheckpoint checkpoint)
    {
        foreach (var key in _stored.Keys)
        {
            if (key.Pipeline == pipelineId && key.Checkpoint != checkpoint.Id) _stored.TryRemove(key, out _);
        }
    }

    /// <summary>Lets go of what an attempt that is over had begun.</summary>
    public void Forget(int pipelineId, int attempt)
    {
        foreach (var key in _gathering.Keys)
        {
            if (key.Task.Group.PipelineId == pipelineId && key.Attempt <= attempt) _gathering.TryRemove(key, out _);
        }
    }

    /// <summary>What the next attempt goes on from.</summary>
    public async Task<RestoredStates> RestoreAsync(int pipelineId, CompletedCheckpoint? checkpoint, CancellationToken stop)
    {
        if (checkpoint is null) return RestoredStates.None;
        var parallelism = plan.Pipelines.First(candidate => candidate.Id == pipelineId).Parallelism;
        if (!_stored.TryGetValue((pipelineId, checkpoint.Id), out var snapshot))
        {
            Belief.Holds(checkpoint.Reference is not null, because: "a checkpoint that is not in memory is stored somewhere");
            snapshot = await keeper.LoadAsync(checkpoint.Reference!, stop);
        }
        return new RestoredStates(snapshot, parallelism, checkpoint.Id);
    }
}
