using Chunnel.Core;
using Chunnel.Plugins;

namespace Chunnel.Engine;

/// <summary>
/// One reader of a source with its enumerator, without the machinery of a job: no checkpoint is taken, nothing is acknowledged, and both are
/// gone when it is disposed of. The enumerator runs beside the reader, for it may search for long.
/// </summary>
internal sealed class SourceSession : IEnumeratorContext, IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly Signal _readerWakes = new();
    private readonly Signal _enumeratorWakes = new();
    private readonly Queue<IReadOnlyList<SourceSplit>?> _orders = new();
    private readonly CancellationTokenSource _closing = new();
    private readonly TimeProvider _clock;
    private readonly ISplitEnumerator _enumerator;
    private readonly ISourceReader _reader;
    private Task? _enumerating;
    private bool _toldToEnd;
    private int _requests;

    public SourceSession(ISource source, BatchMemory memory, TimeProvider clock, int batchRows, Action<SkippedRow> skipped, IRowRefusals refusals)
    {
        _clock = clock;
        _enumerator = source.CreateEnumerator(this, state: null);
        _reader = source.CreateReader(new ReaderContext
        {
            Subtask = 0,
            Parallelism = 1,
            Memory = memory,
            Clock = clock,
            BatchRows = batchRows,
            RequestSplit = RequestSplit,
            Skipped = skipped,
            Refusals = refusals,
        });
    }

    public int Parallelism => 1;

    public void Assign(int subtask, IReadOnlyList<SourceSplit> splits) => Order(splits.Count == 0 ? null : splits);

    public void NoMoreSplits(int subtask) => Order(null);

    /// <summary>The next batch or change, waiting for as long as it takes; null at the end.</summary>
    public async Task<ReadResult?> NextAsync(CancellationToken stop)
    {
        if (_enumerating is null)
        {
            await _reader.OpenAsync(stop);
            _enumerating = EnumerateAsync(_closing.Token);
        }
        while (true)
        {
            stop.ThrowIfCancellationRequested();
            if (_enumerating.IsFaulted) await _enumerating;
            TakeOrders();
            var read = await _reader.ReadAsync(stop);
            switch (read.Kind)
            {
                case ReadResultKind.Batch or ReadResultKind.SchemaChange: return read;
                case ReadResultKind.End: return null;
                default: await WaitAsync(read, stop); break;
            }
        }
    }

    /// <summary>The change is taken note of.</summary>
    public void ChangeTaken() => _reader.ChangeTaken();

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        if (_enumerating is { } enumerating) await enumerating.ContinueWith(_ => { }, TaskScheduler.Default);
        await _reader.DisposeAsync();
        await _enumerator.DisposeAsync();
        _closing.Dispose();
    }

    private async Task EnumerateAsync(CancellationToken stop)
    {
        try
        {
            // Not within the first read of the source: a search that never waits would hold it up.
            await Task.Yield();
            await _enumerator.OpenAsync(stop);
            await _enumerator.AddReaderAsync(subtask: 0, stop);
            await _enumerator.RunAsync(stop);
            while (true)
            {
                while (Interlocked.Exchange(ref _requests, 0) > 0) await _enumerator.HandleSplitRequestAsync(subtask: 0, stop);
                await _enumeratorWakes.WaitAsync(stop);
            }
        }
        finally
        {
            _readerWakes.Set();
        }
    }

    private async Task WaitAsync(ReadResult idle, CancellationToken stop) => await _readerWakes.WaitAsync(idle.Until, idle.Wait, _clock, stop);

    private void RequestSplit()
    {
        Interlocked.Increment(ref _requests);
        _enumeratorWakes.Set();
    }

    private void Order(IReadOnlyList<SourceSplit>? splits)
    {
        lock (_lock) _orders.Enqueue(splits);
        _readerWakes.Set();
    }

    private void TakeOrders()
    {
        lock (_lock)
        {
            while (_orders.TryDequeue(out var splits))
            {
                if (splits is not null) _reader.AddSplits(splits);
                else if (!_toldToEnd) _reader.NoMoreSplits();
                _toldToEnd |= splits is null;
            }
        }
    }
}
