using Chunnel.Core;

namespace Chunnel.Plugins;

/// <summary>
/// Reads splits into batches. One owner calls it, one call at a time. Between two reads its position is exact: a snapshot taken then and
/// given to another reader goes on with the very next row.
/// </summary>
public interface ISourceReader : IAsyncDisposable
{
    ValueTask OpenAsync(CancellationToken stop);

    void AddSplits(IReadOnlyList<SourceSplit> splits);

    void NoMoreSplits();

    /// <summary>
    /// The next batch, or that there is none right now. It does not sit and wait: a source with nothing to give says until when, and the
    /// runtime waits, so that barriers and cancellation never wait behind it. Waits on a server take the token.
    /// </summary>
    ValueTask<ReadResult> ReadAsync(CancellationToken stop);

    /// <summary>
    /// The change of a schema that was returned last is on its way to the sinks: from now on the position is behind it. Until then it stands
    /// before it, also in snapshots, so that after a failure the change is read again. Only called of readers that return changes.
    /// </summary>
    void ChangeTaken()
    {
    }

    /// <summary>The splits that are not read to their end, with their positions.</summary>
    IReadOnlyList<SourceSplit> Snapshot(long checkpointId);

    /// <summary>What it has read since it was made: splits to their end, and of their size also what is read of the one in hand. Null when it cannot be told. For progress only, asked between two reads.</summary>
    SplitAmount? Done => null;

    ValueTask CheckpointCompletedAsync(long checkpointId, CancellationToken stop) => ValueTask.CompletedTask;

    ValueTask CheckpointAbortedAsync(long checkpointId, CancellationToken stop) => ValueTask.CompletedTask;
}

/// <summary>What a reader is told when it is made.</summary>
public sealed record ReaderContext
{
    public required int Subtask { get; init; }

    public required int Parallelism { get; init; }

    /// <summary>Where batches get their bytes.</summary>
    public required BatchMemory Memory { get; init; }

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Rows that a batch may have at most: fewer under a speed limit, so that barriers do not wait behind a slow batch.</summary>
    public int BatchRows { get; init; } = ColumnBatch.AimRows;

    /// <summary>The form in which rows may be left as they come off the wire: nothing looks at them on the way, and all sinks take it. Null where columns are wanted.</summary>
    public string? Wire { get; init; }

    /// <summary>Asks the enumerator for more splits.</summary>
    public Action RequestSplit { get; init; } = () => { };

    /// <summary>Writes a warning into the job's log.</summary>
    public Action<string> Warn { get; init; } = _ => { };

    /// <summary>Says that a row was left out and why: it counts as filtered or dead-lettered, never as lost silently.</summary>
    public Action<SkippedRow> Skipped { get; init; } = _ => { };

    /// <summary>Takes what the reader can make no row of.</summary>
    public IRowRefusals Refusals { get; init; } = NoRefusals.Allowed;
}

/// <summary>A row that a source or transform left out because an option told it to.</summary>
public sealed record SkippedRow(string Table, string Place, string Reason);

public enum ReadResultKind
{
    /// <summary>A batch, which the caller now owns.</summary>
    Batch,

    /// <summary>Nothing now.</summary>
    Idle,

    /// <summary>A change of a table's schema, in order with the batches. The reader's position stays before it until <see cref="ISourceReader.ChangeTaken"/>.</summary>
    SchemaChange,

    /// <summary>Everything is read.</summary>
    End,
}

/// <summary>What one read returned.</summary>
public readonly record struct ReadResult
{
    private ReadResult(ReadResultKind kind) => Kind = kind;

    public ReadResultKind Kind { get; }

    public ColumnBatch? Batch { get; private init; }

    public SchemaChange? Change { get; private init; }

    /// <summary>How long there will be nothing, at most; new splits end the wait.</summary>
    public TimeSpan Wait { get; private init; }

    /// <summary>Completes when there may be something again; null when only time tells.</summary>
    public Task? Until { get; private init; }

    public static ReadResult End { get; } = new(ReadResultKind.End);

    public static ReadResult Of(ColumnBatch batch) => new(ReadResultKind.Batch) { Batch = batch };

    public static ReadResult Of(SchemaChange change) => new(ReadResultKind.SchemaChange) { Change = change };

    /// <summary>Nothing until new splits come or the time is over.</summary>
    public static ReadResult Idle(TimeSpan wait) => new(ReadResultKind.Idle) { Wait = wait };

    /// <summary>Nothing until the task completes or new splits come.</summary>
    public static ReadResult IdleUntil(Task until) => new(ReadResultKind.Idle) { Until = until, Wait = Timeout.InfiniteTimeSpan };

    /// <summary>Nothing until new splits come, or the news that there are none.</summary>
    public static ReadResult WaitForSplits() => new(ReadResultKind.Idle) { Wait = Timeout.InfiniteTimeSpan };
}
