using Chunnel.Core;
using Chunnel.Plugins;

namespace Chunnel.Samples.Countdown;

/// <summary>Fills batches with the next numbers. Between two reads, the split is exactly as far as the rows given out.</summary>
internal sealed class CountdownReader(TableSchema table, ReaderContext context) : ISourceReader
{
    private readonly BatchBuilder _builder = new(table, context.Memory, context.BatchRows);
    private CountdownSplit? _split;
    private bool _noMoreSplits;
    private long _rows;

    public ValueTask OpenAsync(CancellationToken stop) => ValueTask.CompletedTask;

    public void AddSplits(IReadOnlyList<SourceSplit> splits) => _split = (CountdownSplit)splits.Single();

    public void NoMoreSplits() => _noMoreSplits = true;

    public async ValueTask<ReadResult> ReadAsync(CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        if (_split is null or { Left: 0 }) return _noMoreSplits ? ReadResult.End : ReadResult.WaitForSplits();
        // Waiting for memory is how a slow sink slows its source.
        await context.Memory.WaitForRoomAsync(_builder.Capacity * sizeof(long), stop);
        var batch = Fill(_split.Left);
        _split = new CountdownSplit(_split.Left - batch.Rows);
        _rows += batch.Rows;
        return ReadResult.Of(batch);
    }

    public IReadOnlyList<SourceSplit> Snapshot(long checkpointId) => _split is { Left: > 0 } ? [_split] : [];

    public ValueTask DisposeAsync()
    {
        _builder.Dispose();
        return ValueTask.CompletedTask;
    }

    private ColumnBatch Fill(long left)
    {
        // A column is written as a span: no call per value.
        var numbers = _builder.Fixed<long>(0);
        var rows = (int)Math.Min(left, _builder.Capacity);
        for (var row = 0; row < rows; row++) numbers[row] = left - row;
        return _builder.Build(rows, _rows);
    }
}
