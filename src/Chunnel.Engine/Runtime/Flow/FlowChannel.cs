using Chunnel.Core;

namespace Chunnel.Engine;

/// <summary>
/// Joins a reader loop and a writer loop: one writes, one reads, and what is between them is bounded in bytes, and in the time that the reader
/// needs for it. A full channel makes the writer wait until half of it is free, which is back-pressure; markers always fit, so that a barrier never waits for room, and
/// never long behind rows for a slow sink. Disposing lets go of what is left.
/// </summary>
/// <param name="capacityBytes">What may lie in it when its reader is fast.</param>
/// <param name="clock">By which its reader's speed is told.</param>
internal sealed class FlowChannel(long capacityBytes, TimeProvider clock) : IDisposable
{
    /// <summary>What may lie between a reader and a writer: enough to hide the other's pauses, little enough that a barrier is quick.</summary>
    public const long AimBytes = 4L << 20;

    /// <summary>What may lie there while nobody knows how fast it goes away: the first barrier of a job is to stand behind a batch or two, not behind a full channel.</summary>
    private const int FirstShare = 16;

    /// <summary>How long a barrier may stand behind rows that wait.</summary>
    private static readonly TimeSpan _longestQueue = TimeSpan.FromMilliseconds(250);

    private readonly DrainSpeed _speed = new(clock);
    private readonly Lock _lock = new();
    private readonly Queue<FlowItem> _items = new();
    private readonly Signal _readable = new();
    private readonly Signal _writable = new();
    private long _bytes;
    private long _rows;
    private bool _woken;
    private bool _disposed;

    /// <summary>Rows between the two loops: the metric IntermediateQueueSize.</summary>
    public long Rows => Volatile.Read(ref _rows);

    /// <summary>
    /// Bytes that lie in it, and bytes that may: its bound at the speed at which its reader goes now. One batch may be larger than that; the channel
    /// is full with it, and holds as much as it may.
    /// </summary>
    public (long Held, long Room) Fill
    {
        get
        {
            lock (_lock) return (_bytes, Math.Max(_bytes, Capacity));
        }
    }

    /// <summary>Hands an item on, giving a batch away; waits while the channel is full. An empty channel takes any batch.</summary>
    public async ValueTask WriteAsync(FlowItem item, CancellationToken stop)
    {
        try
        {
            var bytes = item.Bytes;
            while (!TryWrite(item, bytes)) await _writable.WaitAsync(stop);
        }
        catch
        {
            item.Batch?.Dispose();
            throw;
        }
    }

    /// <summary>Hands a marker on, which always fits.</summary>
    public void WriteMarker(FlowItem marker)
    {
        Belief.Holds(marker.Bytes == 0, because: "a marker carries no rows");
        TryWrite(marker, 0);
    }

    /// <summary>The next item, or <see cref="FlowKind.None"/> after <see cref="Wake"/>.</summary>
    public async ValueTask<FlowItem> ReadAsync(CancellationToken stop)
    {
        while (true)
        {
            stop.ThrowIfCancellationRequested();
            if (TryRead(out var item)) return item;
            await _readable.WaitAsync(stop);
        }
    }

    /// <summary>Makes the reader look up from its waiting.</summary>
    public void Wake()
    {
        lock (_lock) _woken = true;
        _readable.Set();
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            while (_items.TryDequeue(out var item)) item.Batch?.Dispose();
            _bytes = 0;
            Volatile.Write(ref _rows, 0);
        }
        _writable.Set();
    }

    private long Capacity => _speed.BytesPerSecond is { } speed ? (long)Math.Min(speed * _longestQueue.TotalSeconds, capacityBytes) : capacityBytes / FirstShare;

    private bool TryWrite(FlowItem item, long bytes)
    {
        lock (_lock)
        {
            if (_disposed) throw new OperationCanceledException("The channel's reader is gone.");
            if (_bytes > 0 && bytes > 0 && _bytes + bytes > Capacity) return false;
            _items.Enqueue(item);
            _bytes += bytes;
            Volatile.Write(ref _rows, _rows + (item.Batch?.Selected ?? 0));
        }
        _readable.Set();
        return true;
    }

    private bool TryRead(out FlowItem item)
    {
        bool hasMuchRoom;
        lock (_lock)
        {
            if (_woken)
            {
                _woken = false;
                item = default;
                return true;
            }
            if (!_items.TryDequeue(out item))
            {
                _speed.FindNothing();
                return false;
            }
            _speed.Take(item.Bytes);
            _bytes -= item.Bytes;
            Volatile.Write(ref _rows, _rows - (item.Batch?.Selected ?? 0));
            hasMuchRoom = _bytes <= Capacity / 2;
        }
        // Who waits is to write many batches before it waits again.
        if (hasMuchRoom) _writable.Set();
        return true;
    }
}
