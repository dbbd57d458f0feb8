namespace Chunnel.Plugins;

/// <summary>
/// Finds the splits and hands them to readers. All calls come one after the other. Nothing is held while waiting: a long search takes
/// the token and reports splits as it finds them.
/// </summary>
public interface ISplitEnumerator : IAsyncDisposable
{
    ValueTask OpenAsync(CancellationToken stop);

    /// <summary>A reader is there and may be given splits.</summary>
    ValueTask AddReaderAsync(int subtask, CancellationToken stop);

    /// <summary>Called once, after all readers registered: the place to find and assign splits.</summary>
    ValueTask RunAsync(CancellationToken stop);

    /// <summary>A reader has nothing to do and asks for more.</summary>
    ValueTask HandleSplitRequestAsync(int subtask, CancellationToken stop);

    /// <summary>Splits that come back after a restore, with their positions: they must be assigned again.</summary>
    ValueTask AddSplitsBackAsync(IReadOnlyList<SourceSplit> splits, int subtask, CancellationToken stop);

    /// <summary>What a new enumerator needs to go on: splits not yet assigned.</summary>
    byte[] Snapshot(long checkpointId);

    /// <summary>What it has yet to hand out, once it knows all of it; null before, and when it cannot be told. For progress only, asked between two calls.</summary>
    SplitAmount? Left => null;

    ValueTask CheckpointCompletedAsync(long checkpointId, CancellationToken stop) => ValueTask.CompletedTask;

    ValueTask CheckpointAbortedAsync(long checkpointId, CancellationToken stop) => ValueTask.CompletedTask;
}

/// <summary>What an enumerator may tell its readers.</summary>
public interface IEnumeratorContext
{
    /// <summary>Readers that the source will have.</summary>
    int Parallelism { get; }

    void Assign(int subtask, IReadOnlyList<SourceSplit> splits);

    /// <summary>The reader gets nothing more: it ends when it has read what it has.</summary>
    void NoMoreSplits(int subtask);
}
