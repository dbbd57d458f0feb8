using Chunnel.Plugins;

namespace Chunnel.Connectors.Fake;

/// <summary>Cuts every table for every reader into its splits and hands them all out at once.</summary>
internal sealed class FakeSplitEnumerator : ISplitEnumerator
{
    private readonly IEnumeratorContext _context;
    private readonly bool _bounded;
    private List<FakeSplit> _pending;
    private bool _running;

    /// <param name="context">The readers.</param>
    /// <param name="bounded">Whether readers are told that nothing more comes.</param>
    /// <param name="pending">The splits that no reader has.</param>
    public FakeSplitEnumerator(IEnumeratorContext context, bool bounded, List<FakeSplit> pending) =>
        (_context, _bounded, _pending) = (context, bounded, pending);

    /// <summary>All splits of a fresh run: each reader has <c>split.num</c> of every table, with numbers that lead back to it.</summary>
    public static List<FakeSplit> Cut(IReadOnlyList<FakeTable> tables, int readers, FakeStart start)
    {
        var splits = new List<FakeSplit>();
        for (var table = 0; table < tables.Count; table++)
        {
            var count = tables[table].SplitNum;
            for (var split = 0; split < count; split++)
            {
                for (var reader = 0; reader < readers; reader++)
                {
                    var (first, rows) = Part(tables[table], split, reader);
                    splits.Add(new FakeSplit(start, table, split * readers + reader, first, rows, position: 0));
                }
            }
        }
        return splits;
    }

    public ValueTask OpenAsync(CancellationToken stop) => ValueTask.CompletedTask;

    public ValueTask AddReaderAsync(int subtask, CancellationToken stop) => ValueTask.CompletedTask;

    public ValueTask RunAsync(CancellationToken stop)
    {
        _running = true;
        Assign();
        return ValueTask.CompletedTask;
    }

    public ValueTask HandleSplitRequestAsync(int subtask, CancellationToken stop) => ValueTask.CompletedTask;

    public ValueTask AddSplitsBackAsync(IReadOnlyList<SourceSplit> splits, int subtask, CancellationToken stop)
    {
        _pending.AddRange(splits.Cast<FakeSplit>());
        if (_running) Assign();
        return ValueTask.CompletedTask;
    }

    public SplitAmount? Left => SplitAmount.LeftOf(_pending);

    public byte[] Snapshot(long checkpointId) => FakeSplitList.ToBytes(_pending);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private void Assign()
    {
        var pending = _pending;
        _pending = [];
        for (var reader = 0; reader < _context.Parallelism; reader++)
        {
            FakeSplit[] own = [.. pending.Where(split => split.Number % _context.Parallelism == reader && !split.IsDone)];
            if (own.Length > 0) _context.Assign(reader, own);
            if (_bounded) _context.NoMoreSplits(reader);
        }
    }

    /// <summary>Listed rows come whole in each split; generated ones are shared out, the first splits getting one more where it does not come out even.</summary>
    private static (long First, long Rows) Part(FakeTable table, int split, int reader)
    {
        if (table.Rows is { } list) return (((long)split + (long)reader * table.SplitNum) * list.Count, list.Count);
        var (each, more) = Math.DivRem(table.RowNum, table.SplitNum);
        return (reader * table.RowNum + split * each + Math.Min(split, more), each + (split < more ? 1 : 0));
    }
}
