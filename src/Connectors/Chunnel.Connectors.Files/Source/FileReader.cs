using Chunnel.Core;
using Chunnel.Plugins;

namespace Chunnel.Connectors.Files;

/// <summary>Reads the splits of one subtask, one after the other. Between two batches its position is the next row.</summary>
internal sealed class FileReader(IReadOnlyList<FileTable> tables, IFileStore store, ReaderContext context) : ISourceReader
{
    private readonly SplitQueue<FileSplit> _splits = new(context.RequestSplit);
    private OpenSplit? _open;
    private PartitionColumns? _partitions;

    public SplitAmount? Done => _splits.Done;

    public ValueTask OpenAsync(CancellationToken stop) => ValueTask.CompletedTask;

    public void AddSplits(IReadOnlyList<SourceSplit> splits) => _splits.Add(splits);

    public void NoMoreSplits() => _splits.NoMore();

    public async ValueTask<ReadResult> ReadAsync(CancellationToken stop)
    {
        while (_splits.Current is { } split)
        {
            if (_open is null) await BeginAsync(split, stop);
            if (await _open!.Scanner.ReadAsync(stop) is { } batch)
            {
                _splits.Advance(split with { Position = _open.Scanner.Position, PartRead = Math.Max(split.PartRead, _open.PartRead()) });
                return ReadResult.Of(_partitions is null ? batch : _partitions.AddTo(batch));
            }
            await EndAsync();
            _splits.End();
        }
        return _splits.WithoutSplit();
    }

    public IReadOnlyList<SourceSplit> Snapshot(long checkpointId) => _splits.Left;

    public async ValueTask DisposeAsync() => await EndAsync();

    private async ValueTask BeginAsync(FileSplit split, CancellationToken stop)
    {
        var table = tables[split.Table];
        _partitions = table.HasPartitionColumns ? new PartitionColumns(table, split.Path, context.Memory) : null;
        _open = await SplitScanners.OpenAsync(table, split, store, context, stop);
    }

    private async ValueTask EndAsync()
    {
        _partitions?.Dispose();
        _partitions = null;
        if (_open is { } open)
        {
            _open = null;
            if (open.Scanner.RoundedValues is var rounded and > 0) context.Warn($"{rounded} decimal values of '{_splits.Current?.Path}' have more places than their columns and were rounded. precision_loss = fail stops the job instead.");
            await open.Scanner.DisposeAsync();
        }
    }
}
