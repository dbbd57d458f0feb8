using Chunnel.Core;
using Chunnel.Plugins;

namespace Chunnel.Engine;

/// <summary>The writers of one sink in one subtask, whatever their number. One loop calls it, one call at a time.</summary>
internal interface ITableWriters : IAsyncDisposable
{
    /// <summary>Rows that were handed on and not yet taken by a writer; asked from any thread.</summary>
    long QueuedRows => 0;

    ValueTask OpenAsync(CancellationToken stop);

    /// <summary>Takes the batch over. It may still be under way when this returns; it is written when a checkpoint is prepared.</summary>
    ValueTask WriteAsync(ColumnBatch batch, CancellationToken stop);

    /// <summary>Throws what went wrong since the last call, if anything did.</summary>
    void ThrowIfFailed();

    ValueTask ApplyAsync(SchemaChange change, CancellationToken stop);

    /// <summary>Tells every writer that its input has ended by itself.</summary>
    ValueTask EndOfInputAsync(CancellationToken stop);

    /// <summary>Writes what is under way and prepares every table; returns the infos of those that have something to commit.</summary>
    ValueTask<IReadOnlyList<TableBytes>> PrepareCommitAsync(long checkpointId, CancellationToken stop);

    ValueTask<IReadOnlyList<TableBytes>> SnapshotAsync(long checkpointId, CancellationToken stop);

    /// <summary>Commits what was prepared up to the checkpoint, through the committers beside the writers.</summary>
    ValueTask CommitAsync(long checkpointId, CancellationToken stop);

    /// <summary>Drops what was prepared for a checkpoint that will never be complete.</summary>
    ValueTask AbortPrepareAsync(long checkpointId, CancellationToken stop);
}
