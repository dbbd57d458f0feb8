using Chunnel.Core;

namespace Chunnel.Plugins;

/// <summary>Writes batches of one table. One owner calls it, one call at a time; a barrier passes between two batches.</summary>
public interface ISinkWriter : IAsyncDisposable
{
    ValueTask OpenAsync(CancellationToken stop) => ValueTask.CompletedTask;

    /// <summary>
    /// Takes the batch over and disposes it, also when it throws. The batch may have a selection. Rows that the target refuses go to the refusals
    /// of the <see cref="WriterContext"/>, now or with a later call, before their checkpoint is prepared at the latest.
    /// </summary>
    ValueTask WriteAsync(ColumnBatch batch, CancellationToken stop);

    /// <summary>Rows taken that may still be refused: they do not count as written yet. Asked between two calls.</summary>
    long UnsettledRows => 0;

    /// <summary>Called once when the input has ended by itself, before the last commit is prepared; not when a job fails, is cancelled or is stopped with a savepoint.</summary>
    ValueTask EndOfInputAsync(CancellationToken stop) => ValueTask.CompletedTask;

    /// <summary>Makes everything written so far durable but not visible, and returns what a committer needs to make it visible; null when there is nothing to commit.</summary>
    ValueTask<byte[]?> PrepareCommitAsync(long checkpointId, CancellationToken stop);

    /// <summary>What a new writer needs to go on, after <see cref="PrepareCommitAsync"/>.</summary>
    ValueTask<IReadOnlyList<byte[]>> SnapshotAsync(long checkpointId, CancellationToken stop) => new([]);

    /// <summary>
    /// Drops what was prepared for this checkpoint, which will never be complete; also when preparing failed half-way, or had not begun. What an earlier
    /// checkpoint prepared stays: it may be complete, and its commit under way.
    /// </summary>
    ValueTask AbortPrepareAsync(long checkpointId, CancellationToken stop) => ValueTask.CompletedTask;

    /// <summary>
    /// Alters the target for a change that came with the stream. Sinks that do not know how, say so. Where the job takes checkpoints, all that was
    /// written before is committed by then. Like a commit it may be repeated after a restore: what is altered already is passed over.
    /// </summary>
    ValueTask ApplyAsync(SchemaChange change, CancellationToken stop) => ValueTask.CompletedTask;
}

/// <summary>Commits what one writer prepared, when the checkpoint is complete. Commits are idempotent: they are repeated after a restore.</summary>
public interface ISinkCommitter : IAsyncDisposable
{
    /// <summary>Commits, and returns what could not be and should be tried again.</summary>
    ValueTask<IReadOnlyList<byte[]>> CommitAsync(IReadOnlyList<byte[]> infos, CancellationToken stop);

    ValueTask AbortAsync(IReadOnlyList<byte[]> infos, CancellationToken stop);
}

/// <summary>Commits what all writers of a sink prepared. Commits are idempotent: they are repeated after a restore.</summary>
public interface IAggregatedCommitter : IAsyncDisposable
{
    ValueTask OpenAsync(CancellationToken stop) => ValueTask.CompletedTask;

    /// <summary>One commit for the infos of all writers of one checkpoint.</summary>
    byte[] Combine(IReadOnlyList<byte[]> infos);

    /// <summary>Commits, and returns those that failed: a non-empty answer fails the checkpoint.</summary>
    ValueTask<IReadOnlyList<byte[]>> CommitAsync(IReadOnlyList<byte[]> aggregates, CancellationToken stop);

    /// <summary>Commits again after a restore what may or may not be committed.</summary>
    ValueTask RestoreCommitAsync(IReadOnlyList<byte[]> aggregates, CancellationToken stop);

    ValueTask AbortAsync(IReadOnlyList<byte[]> aggregates, CancellationToken stop);
}
