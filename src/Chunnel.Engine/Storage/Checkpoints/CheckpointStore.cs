using System.Globalization;
using Microsoft.Extensions.Logging;

namespace Chunnel.Engine;

/// <summary>
/// The checkpoints of all jobs on one medium. State is written aside; the control log says that its checkpoint is complete; then it gets the
/// name under which everyone looks for it. A reader sees a checkpoint whole or not at all, and a damaged one is told from a good one.
/// </summary>
/// <param name="medium">Where they lie; the store owns it.</param>
/// <param name="maxRetained">How many complete checkpoints of a pipeline stay, beside the savepoints that it ran on after.</param>
/// <param name="log">What it has to say.</param>
public sealed class CheckpointStore(IObjectMedium medium, int maxRetained, ILogger log) : IAsyncDisposable
{
    private const int Numbers = 1_000;

    public string Place => medium.Place;

    /// <summary>Writes state aside, durably. Nothing counts yet.</summary>
    /// <returns>Its reference, for <see cref="CompleteAsync"/> and <see cref="ReadAsync(string, CancellationToken)"/>.</returns>
    /// <exception cref="StorageException">It could not be written: the checkpoint fails.</exception>
    public async ValueTask<string> WriteAsync(CheckpointHeader header, ReadOnlyMemory<byte> content, CancellationToken stop)
    {
        var key = CheckpointPartKey.Of(header).ToString();
        var bytes = new StoredCheckpoint(header, content).ToBytes();
        if (await medium.PutIfAbsentAsync(key, bytes, stop) == PutOutcome.Won) return key;
        // An earlier try may have written it. Anything else would be another writer of the same attempt.
        var there = await medium.GetAsync(key, stop);
        if (there is not null && bytes.AsSpan().SequenceEqual(there)) return key;
        throw new StorageException($"'{key}' at {Place} was written by somebody else.")
        {
            Mend = "Two nodes write the checkpoints of one job: give each cluster a namespace of its own.",
        };
    }

    /// <summary>
    /// Gives state that was written aside its final name, once the control log has its checkpoint. It may be repeated: a new master does it
    /// again for the newest one. Then removes what is no longer needed.
    /// </summary>
    /// <param name="reference">What <see cref="WriteAsync"/> returned.</param>
    /// <param name="completed">When the checkpoint was completed.</param>
    /// <param name="stop">Ends it; it may be done or not.</param>
    /// <param name="isPassingSavepoint">Stays until the job has finished or somebody removes it.</param>
    public async ValueTask<CheckpointFile> CompleteAsync(string reference, DateTimeOffset completed, CancellationToken stop, bool isPassingSavepoint = false)
    {
        var part = Parse(reference);
        var files = await ListAsync(part.JobId, part.PipelineId, stop);
        var file = await FindAsync(part, files, stop) ?? await PublishAsync(part, files, completed, isPassingSavepoint, stop);
        await TidyAsync(part, [.. files.Append(file).Distinct()], stop);
        return file;
    }

    /// <summary>Reads a checkpoint by its reference, complete or not.</summary>
    /// <exception cref="CorruptStateException">It is damaged, or gone.</exception>
    public async ValueTask<StoredCheckpoint> ReadAsync(string reference, CancellationToken stop)
    {
        var part = Parse(reference);
        if (await medium.GetAsync(reference, stop) is { } bytes) return Parse(reference, bytes, header => CheckpointPartKey.Of(header) == part);
        foreach (var file in await ListAsync(part.JobId, part.PipelineId, stop))
        {
            if (file.CheckpointId == part.CheckpointId && await ReadAsync(file, stop) is { } read && CheckpointPartKey.Of(read.Header) == part) return read;
        }
        throw Damaged(reference, "is gone");
    }

    /// <summary>Reads a complete checkpoint.</summary>
    /// <exception cref="CorruptStateException">It is damaged, or gone.</exception>
    public async ValueTask<StoredCheckpoint> ReadAsync(CheckpointFile file, CancellationToken stop) =>
        await medium.GetAsync(file.Key, stop) is { } bytes ? ParseFile(file, bytes) : throw Damaged(file.Key, "is gone");

    /// <summary>The newest complete checkpoint of a pipeline that is whole; null where there is none at all.</summary>
    /// <exception cref="CorruptStateException">There are some, and all of them are damaged.</exception>
    public async ValueTask<StoredCheckpoint?> NewestAsync(long jobId, int pipelineId, CancellationToken stop)
    {
        var passedOver = new List<string>();
        foreach (var file in await ListAsync(jobId, pipelineId, stop))
        {
            // Listed, and removed since: somebody has newer ones.
            if (await medium.GetAsync(file.Key, stop) is not { } bytes) continue;
            try
            {
                return ParseFile(file, bytes) with { PassedOver = passedOver };
            }
            catch (CorruptStateException damaged)
            {
                log.CheckpointPassedOver(file.Key, Place, damaged.What);
                passedOver.Add(damaged.What);
            }
        }
        if (passedOver.Count == 0) return null;
        throw new CorruptStateException($"All {passedOver.Count} checkpoints of pipeline {pipelineId} of job {jobId} at {Place} are damaged. {passedOver[0]}")
        {
            Mend = "Put one of them back from a copy, or start the job without its checkpoints.",
        };
    }

    /// <summary>The complete checkpoints of a job, newest first.</summary>
    public async ValueTask<IReadOnlyList<CheckpointFile>> ListAsync(long jobId, CancellationToken stop)
    {
        var keys = await medium.ListAsync(string.Create(CultureInfo.InvariantCulture, $"{jobId}/"), stop);
        return [.. keys.Select(CheckpointFile.Parse).OfType<CheckpointFile>().OrderByDescending(file => file.Completed).ThenByDescending(file => file.CheckpointId)];
    }

    /// <summary>The jobs that have complete checkpoints.</summary>
    public async ValueTask<IReadOnlyList<long>> JobsAsync(CancellationToken stop)
    {
        var keys = await medium.ListAsync("", stop);
        return [.. keys.Select(CheckpointFile.Parse).OfType<CheckpointFile>().Select(file => file.JobId).Distinct().Order()];
    }

    /// <summary>Removes what was written aside and never completed: the job has ended, and its complete checkpoints stay.</summary>
    public ValueTask RemovePartsAsync(long jobId, CancellationToken stop) => RemoveAsync(CheckpointPartKey.AllOf(jobId), stop);

    /// <summary>Removes everything of a job.</summary>
    public ValueTask RemoveAsync(long jobId, CancellationToken stop) => RemoveAsync(string.Create(CultureInfo.InvariantCulture, $"{jobId}/"), stop);

    /// <summary>Removes everything of a job but the savepoints that it ran on after.</summary>
    public ValueTask RemoveAllButPassingSavepointsAsync(long jobId, CancellationToken stop) =>
        RemoveAsync(string.Create(CultureInfo.InvariantCulture, $"{jobId}/"), stop, key => CheckpointFile.Parse(key) is { IsPassingSavepoint: true });

    public ValueTask DisposeAsync() => medium.DisposeAsync();

    private async ValueTask<IReadOnlyList<CheckpointFile>> ListAsync(long jobId, int pipelineId, CancellationToken stop) =>
        [.. (await ListAsync(jobId, stop)).Where(file => file.PipelineId == pipelineId)];

    /// <summary>The file of a checkpoint that was completed before.</summary>
    private async ValueTask<CheckpointFile?> FindAsync(CheckpointPartKey part, IReadOnlyList<CheckpointFile> files, CancellationToken stop)
    {
        foreach (var file in files.Where(file => file.CheckpointId == part.CheckpointId))
        {
            if (await medium.GetAsync(file.Key, stop) is { } bytes && StoredCheckpoint.Parse(bytes, out _) is { } read && CheckpointPartKey.Of(read.Header) == part) return file;
        }
        return null;
    }

    private async ValueTask<CheckpointFile> PublishAsync(CheckpointPartKey part, IReadOnlyList<CheckpointFile> files, DateTimeOffset completed, bool isPassingSavepoint, CancellationToken stop)
    {
        // The newest has the greatest time also when the clock was set back.
        var newest = files.Count == 0 ? 0 : files.Max(file => file.Completed);
        var file = new CheckpointFile(part.JobId, Math.Max(completed.ToUnixTimeMilliseconds(), newest + 1), (int)(part.CheckpointId % Numbers), part.PipelineId, part.CheckpointId, isPassingSavepoint);
        if (await medium.PublishAsync(part.ToString(), file.Key, stop) is null) throw Damaged(part.ToString(), "is gone");
        return file;
    }

    /// <summary>Removes what this checkpoint makes superfluous. What cannot be removed now is removed with the next one.</summary>
    private async ValueTask TidyAsync(CheckpointPartKey completed, IReadOnlyList<CheckpointFile> files, CancellationToken stop)
    {
        try
        {
            foreach (var old in files.Where(file => !file.IsPassingSavepoint).OrderByDescending(file => file.Completed).Skip(maxRetained)) await medium.DeleteAsync(old.Key, stop);
            foreach (var key in await medium.ListAsync(CheckpointPartKey.AllOf(completed.JobId), stop))
            {
                if (CheckpointPartKey.Parse(key) is { } part && part.PipelineId == completed.PipelineId && part.CheckpointId <= completed.CheckpointId) await medium.DeleteAsync(key, stop);
            }
        }
        catch (StorageException fault)
        {
            log.CheckpointsNotTidied(completed.JobId, Place, fault.Message);
        }
    }

    private async ValueTask RemoveAsync(string prefix, CancellationToken stop, Func<string, bool>? stays = null)
    {
        foreach (var key in await medium.ListAsync(prefix, stop))
        {
            if (stays?.Invoke(key) != true) await medium.DeleteAsync(key, stop);
        }
    }

    private StoredCheckpoint ParseFile(CheckpointFile file, byte[] bytes) =>
        Parse(file.Key, bytes, header => (header.JobId, header.PipelineId, header.CheckpointId) == (file.JobId, file.PipelineId, file.CheckpointId));

    private StoredCheckpoint Parse(string key, byte[] bytes, Func<CheckpointHeader, bool> belongs)
    {
        if (StoredCheckpoint.Parse(bytes, out var fault) is not { } read) throw Damaged(key, fault!.What);
        return belongs(read.Header) ? read : throw Damaged(key, "holds another checkpoint");
    }

    private static CheckpointPartKey Parse(string reference) =>
        CheckpointPartKey.Parse(reference) ?? throw new ArgumentException($"'{reference}' is no reference of a checkpoint.", nameof(reference));

    private CorruptStateException Damaged(string key, string what) => new($"Checkpoint '{key}' at {Place} {what}.")
    {
        Mend = "Put it back from a copy, go on from an older checkpoint, or start the job without its checkpoints.",
    };
}
