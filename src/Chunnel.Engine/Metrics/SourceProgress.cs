using Chunnel.Plugins;

namespace Chunnel.Engine;

/// <summary>
/// How far a pipeline's source has come, from what its enumerator and its readers tell. It lives as long as the job: an attempt that goes
/// on from a checkpoint has less left, of the same whole.
/// </summary>
public sealed class SourceProgress
{
    private readonly Lock _lock = new();
    private SplitAmount? _whole;
    private SplitAmount? _begunWith;
    private SplitAmount?[] _done = [];

    /// <summary>An attempt begins.</summary>
    /// <param name="readers">How many readers it has.</param>
    /// <param name="isFresh">False when it goes on from a checkpoint.</param>
    public void Begin(int readers, bool isFresh)
    {
        lock (_lock)
        {
            if (isFresh) _whole = null;
            _begunWith = null;
            _done = new SplitAmount?[readers];
        }
    }

    /// <summary>The enumerator has handed out this much, and has this much left.</summary>
    public void Found(SplitAmount handedOut, SplitAmount? left)
    {
        lock (_lock)
        {
            _begunWith = handedOut + left;
            if (_begunWith is { } all && (_whole is not { } whole || all.Splits > whole.Splits || all.Size > whole.Size)) _whole = all;
        }
    }

    /// <summary>A reader has read this much in this attempt.</summary>
    public void Read(int subtask, SplitAmount? done)
    {
        lock (_lock) _done[subtask] = done;
    }

    /// <summary>Where the source is; null while, or when, that cannot be told.</summary>
    public ProgressView? Look()
    {
        lock (_lock)
        {
            if (_whole is not { } whole || _begunWith is not { } left) return null;
            foreach (var done in _done)
            {
                if (done is not { } amount) return null;
                left -= amount;
            }
            var splitsDone = Math.Clamp(whole.Splits - left.Splits, 0, whole.Splits);
            var share = whole.Size is > 0 and var size && left.Size is { } sizeLeft ? 1 - sizeLeft / (double)size
                : whole.Splits == 0 ? 1
                : splitsDone / (double)whole.Splits;
            return new ProgressView(splitsDone, whole.Splits, Math.Clamp(share, 0, 1));
        }
    }
}
