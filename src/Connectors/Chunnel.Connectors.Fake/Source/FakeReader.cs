using Chunnel.Core;
using Chunnel.Plugins;

namespace Chunnel.Connectors.Fake;

/// <summary>Makes the rows of its splits, one split after the other with the set pause between.</summary>
internal sealed class FakeReader(IReadOnlyList<FakeTable> tables, bool bounded, ReaderContext context) : ISourceReader
{
    private readonly Queue<FakeSplit> _waiting = new();
    private readonly RowMaker?[] _makers = new RowMaker?[tables.Count];
    private readonly FakeStart?[] _starts = new FakeStart?[tables.Count];
    private readonly long[] _rowsRead = new long[tables.Count];
    private FakeSplit? _current;
    private long _pauseBegan;
    private TimeSpan _pause;
    private bool _noMoreSplits;
    private SplitAmount _done = SplitAmount.Nothing;

    public SplitAmount? Done => _done;

    public ValueTask OpenAsync(CancellationToken stop) => ValueTask.CompletedTask;

    public void AddSplits(IReadOnlyList<SourceSplit> splits)
    {
        foreach (var split in splits) _waiting.Enqueue((FakeSplit)split);
    }

    public void NoMoreSplits() => _noMoreSplits = true;

    public ValueTask<ReadResult> ReadAsync(CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        if (_current is null)
        {
            while (_waiting.TryPeek(out var next) && next.IsDone) _waiting.Dequeue();
            if (_waiting.Count == 0) return new(_noMoreSplits && bounded ? ReadResult.End : ReadResult.WaitForSplits());
            var left = _pause - context.Clock.GetElapsedTime(_pauseBegan);
            if (left > TimeSpan.Zero) return new(ReadResult.Idle(left));
            _current = _waiting.Dequeue();
        }
        var maker = MakerOf(_current);
        var room = context.Memory.WaitForRoomAsync(maker.BatchBytes, stop);
        return room.IsCompletedSuccessfully ? new(Make(maker, _current)) : MakeLaterAsync(room, maker, _current);
    }

    public IReadOnlyList<SourceSplit> Snapshot(long checkpointId) =>
        [.. (_current is null ? Enumerable.Empty<FakeSplit>() : [_current]).Concat(_waiting.Where(split => !split.IsDone))];

    public ValueTask DisposeAsync()
    {
        foreach (var maker in _makers) maker?.Dispose();
        Array.Clear(_makers);
        return ValueTask.CompletedTask;
    }

    private async ValueTask<ReadResult> MakeLaterAsync(ValueTask room, RowMaker maker, FakeSplit split)
    {
        await room;
        return Make(maker, split);
    }

    private ReadResult Make(RowMaker maker, FakeSplit split)
    {
        var batch = maker.Make(split, _rowsRead[split.Table]);
        _rowsRead[split.Table] += batch.Rows;
        var after = split with { Position = split.Position + batch.Rows };
        _current = after.IsDone ? null : after;
        _done += new SplitAmount(after.IsDone ? 1 : 0, batch.Rows);
        if (after.IsDone)
        {
            _pause = tables[split.Table].SplitReadInterval;
            _pauseBegan = context.Clock.GetTimestamp();
        }
        return ReadResult.Of(batch);
    }

    private RowMaker MakerOf(FakeSplit split)
    {
        if (_makers[split.Table] is { } known && _starts[split.Table] == split.Start) return known;
        _makers[split.Table]?.Dispose();
        _starts[split.Table] = split.Start;
        return _makers[split.Table] = RowMaker.For(tables[split.Table], split.Start, context.Memory, context.BatchRows);
    }
}
