using Chunnel.Core;
using Chunnel.Plugins;

namespace Chunnel.Connectors.Files;

/// <summary>Reads the splits of one subtask, one after the other. Between two batches its position is the next row.</summary>
internal sealed class FileReader(IReadOnlyList<FileTable> tables, IFileStore store, ReaderContext context) : ISourceReader
{
    private readonly LinkedList<FileSplit> _splits = [];
    private ISplitScanner? _scanner;
    private PartitionColumns? _partitions;
    private bool _noMore;
    private bool _asked;

    public ValueTask OpenAsync(CancellationToken stop) => ValueTask.CompletedTask;

    public void AddSplits(IReadOnlyList<SourceSplit> splits)
    {
        foreach (var split in splits.Cast<FileSplit>()) _splits.AddLast(split);
        _asked = false;
    }

    public void NoMoreSplits() => _noMore = true;

    public async ValueTask<ReadResult> ReadAsync(CancellationToken stop)
    {
        while (_splits.First is { Value: var split } first)
        {
            if (_scanner is null) await BeginAsync(split, stop);
            if (await _scanner!.ReadAsync(stop) is { } batch)
            {
                first.Value = split with { Position = _scanner.Position };
                return ReadResult.Of(_partitions is null ? batch : _partitions.AddTo(batch));
            }
            await EndAsync();
            _splits.RemoveFirst();
            if (_splits.Count == 0) AskForMore();
        }
        if (_noMore) return ReadResult.End;
        AskForMore();
        return ReadResult.WaitForSplits();
    }

    public IReadOnlyList<SourceSplit> Snapshot(long checkpointId) => [.. _splits];

    public async ValueTask DisposeAsync() => await EndAsync();

    private async ValueTask BeginAsync(FileSplit split, CancellationToken stop)
    {
        var table = tables[split.Table];
        _partitions = table.HasPartitionColumns ? new PartitionColumns(table, split.Path, context.Memory) : null;
        _scanner = await SplitScanners.OpenAsync(table, split, store, context, stop);
    }

    private async ValueTask EndAsync()
    {
        _partitions?.Dispose();
        _partitions = null;
        if (_scanner is { } scanner)
        {
            _scanner = null;
            await scanner.DisposeAsync();
        }
    }

    private void AskForMore()
    {
        if (_noMore || _asked) return;
        _asked = true;
        context.RequestSplit();
    }
}
