using Chunnel.Core;
using Chunnel.Plugins;

namespace Chunnel.Connectors.Files;

/// <summary>Reads the splits of one subtask, one after the other. Between two batches its position is the next row.</summary>
internal sealed class FileReader(IReadOnlyList<FileTable> tables, IFileStore store, ReaderContext context) : ISourceReader
{
    private readonly LinkedList<FileSplit> _splits = [];
    private OpenSplit? _open;
    private PartitionColumns? _partitions;
    private bool _noMore;
    private bool _asked;
    private SplitAmount _done = SplitAmount.Nothing;

    public SplitAmount? Done => _done;

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
            if (_open is null) await BeginAsync(split, stop);
            if (await _open!.Scanner.ReadAsync(stop) is { } batch)
            {
                first.Value = split with { Position = _open.Scanner.Position, PartRead = Math.Max(split.PartRead, _open.PartRead()) };
                _done += new SplitAmount(0, split.SizeLeft - first.Value.SizeLeft);
                return ReadResult.Of(_partitions is null ? batch : _partitions.AddTo(batch));
            }
            await EndAsync();
            _done += new SplitAmount(1, split.SizeLeft);
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
        _open = await SplitScanners.OpenAsync(table, split, store, context, stop);
    }

    private async ValueTask EndAsync()
    {
        _partitions?.Dispose();
        _partitions = null;
        if (_open is { } open)
        {
            _open = null;
            if (open.Scanner.RoundedValues is var rounded and > 0) context.Warn($"{rounded} decimal values of '{_splits.First?.Value.Path}' have more places than their columns and were rounded. precision_loss = fail stops the job instead.");
            await open.Scanner.DisposeAsync();
        }
    }

    private void AskForMore()
    {
        if (_noMore || _asked) return;
        _asked = true;
        context.RequestSplit();
    }
}
