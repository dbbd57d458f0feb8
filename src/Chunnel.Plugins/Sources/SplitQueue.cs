namespace Chunnel.Plugins;

/// <summary>The splits of a reader that reads one after the other, asks for more when it has none, and ends when there are none.</summary>
/// <param name="request">Asks for more.</param>
public sealed class SplitQueue<TSplit>(Action request) where TSplit : SourceSplit
{
    private readonly LinkedList<TSplit> _splits = [];
    private bool _noMore;
    private bool _asked;

    /// <summary>The split that is read, as far as it is read; null when none is left.</summary>
    public TSplit? Current => _splits.First?.Value;

    /// <summary>What has been read of them all.</summary>
    public SplitAmount Done { get; private set; } = SplitAmount.Nothing;

    /// <summary>Those that are not read to their end.</summary>
    public IReadOnlyList<TSplit> Left => [.. _splits];

    public void Add(IReadOnlyList<SourceSplit> splits)
    {
        foreach (var split in splits.Cast<TSplit>()) _splits.AddLast(split);
        _asked = false;
    }

    public void NoMore() => _noMore = true;

    /// <summary>The current split is read farther.</summary>
    public void Advance(TSplit current)
    {
        Done += new SplitAmount(0, _splits.First!.Value.SizeLeft - current.SizeLeft);
        _splits.First.Value = current;
    }

    /// <summary>The current split is read to its end.</summary>
    public void End()
    {
        Done += new SplitAmount(1, _splits.First!.Value.SizeLeft);
        _splits.RemoveFirst();
        if (_splits.Count == 0) Ask();
    }

    /// <summary>What a read returns that has no split: the end, or that it waits for more.</summary>
    public ReadResult WithoutSplit()
    {
        if (_noMore) return ReadResult.End;
        Ask();
        return ReadResult.WaitForSplits();
    }

    private void Ask()
    {
        if (_noMore || _asked) return;
        _asked = true;
        request();
    }
}
