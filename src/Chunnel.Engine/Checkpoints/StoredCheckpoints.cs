using Chunnel.Control;

namespace Chunnel.Engine;

/// <summary>
/// A job's checkpoints in the node's store. The completed-point of a bounded pipeline is no checkpoint that a person could go on from: where
/// it is small, it stands in the control log itself.
/// </summary>
/// <param name="jobId">Whose.</param>
/// <param name="store">Where they lie; the node's.</param>
/// <param name="keepsCanceled">Whether those of a cancelled job stay.</param>
/// <param name="savepoints">The passing savepoints that the control log knows: they may not have their names yet.</param>
internal sealed class StoredCheckpoints(long jobId, CheckpointStore store, bool keepsCanceled, IEnumerable<CompletedCheckpoint> savepoints) : ICheckpointKeeper
{
    private const string Inline = "inline:";
    private const int MostInline = 32 << 10;

    /// <summary>Passing savepoints without a name, the oldest first: whatever makes room takes along what has none.</summary>
    private readonly Queue<CompletedCheckpoint> _unnamed = new(savepoints);

    /// <summary>Those that may have had their names already.</summary>
    private readonly CompletedCheckpoint[] _ofEarlierLives = [.. savepoints];

    public async ValueTask<string?> StoreAsync(int pipelineId, int attempt, PendingCheckpoint checkpoint, PipelineSnapshot snapshot, CancellationToken stop)
    {
        var bytes = snapshot.ToBytes();
        if (checkpoint.Type == CheckpointType.CompletedPoint && bytes.Length <= MostInline) return Inline + Convert.ToBase64String(bytes);
        var header = new CheckpointHeader
        {
            JobId = jobId,
            PipelineId = pipelineId,
            CheckpointId = checkpoint.Id,
            Attempt = attempt,
            Type = checkpoint.Type,
            TriggeredAt = checkpoint.TriggeredAt.ToDateTimeOffset(),
        };
        return await store.WriteAsync(header, bytes, stop);
    }

    public async ValueTask<PipelineSnapshot> LoadAsync(string reference, CancellationToken stop)
    {
        if (reference.StartsWith(Inline, StringComparison.Ordinal)) return PipelineSnapshot.FromBytes(Convert.FromBase64String(reference[Inline.Length..]));
        var stored = CheckpointFile.Parse(reference) is { } file ? await store.ReadAsync(file, stop) : await store.ReadAsync(reference, stop);
        return PipelineSnapshot.FromBytes(stored.Content.ToArray());
    }

    public async ValueTask CompletedAsync(int pipelineId, CompletedCheckpoint checkpoint, CancellationToken stop)
    {
        if (checkpoint.Type == CheckpointType.PassingSavepoint) _unnamed.Enqueue(checkpoint);
        await NameSavepointsAsync(stop);
        if (checkpoint.Type != CheckpointType.PassingSavepoint) await NameAsync(checkpoint, stop);
    }

    public async ValueTask EndedAsync(JobStatus status, CancellationToken stop)
    {
        if (status != JobStatus.Finished) await NameSavepointsAsync(stop);
        switch (status)
        {
            case JobStatus.Finished: await store.RemoveAsync(jobId, stop); break;
            case JobStatus.Canceled when !keepsCanceled: await store.RemoveAllButPassingSavepointsAsync(jobId, stop); break;
            default: await store.RemovePartsAsync(jobId, stop); break;
        }
    }

    /// <summary>One that cannot be named now holds up those that come after it: they would remove it.</summary>
    private async ValueTask NameSavepointsAsync(CancellationToken stop)
    {
        while (_unnamed.TryPeek(out var savepoint))
        {
            try
            {
                await NameAsync(savepoint, stop);
            }
            catch (CorruptStateException)
            {
                _unnamed.Dequeue();
                // One of an earlier life had its name, and somebody has removed it since.
                if (_ofEarlierLives.Contains(savepoint)) continue;
                throw;
            }
            _unnamed.Dequeue();
        }
    }

    private async ValueTask NameAsync(CompletedCheckpoint checkpoint, CancellationToken stop)
    {
        // one that an earlier life left has its name already
        if (checkpoint.Reference is { } reference && !reference.StartsWith(Inline, StringComparison.Ordinal) && CheckpointFile.Parse(reference) is null)
        {
            await store.CompleteAsync(reference, checkpoint.CompletedAt.ToDateTimeOffset(), stop, checkpoint.Type == CheckpointType.PassingSavepoint);
        }
    }
}
