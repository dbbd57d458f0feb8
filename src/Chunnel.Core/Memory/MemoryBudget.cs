namespace Chunnel.Core;

/// <summary>
/// A count of bytes that may be in use, for a node or for a job within it. Sources wait for room before they fill a batch,
/// which is back-pressure; what already flows may overdraw by a quarter, so that it can drain and give memory back.
/// </summary>
public sealed class MemoryBudget(string name, long limitBytes, MemoryBudget? parent = null)
{
    /// <summary>Nobody may overdraw more than this share of the limit, and never less than this many bytes.</summary>
    private const int OverdraftDivisor = 4;
    private const long LeastOverdraftBytes = 8L << 20;

    private readonly Lock _lock = new();
    private readonly List<Waiter> _waiters = [];
    private long _inUse;
    private long _peak;
    private long _kept;

    public string Name { get; } = name;

    public long LimitBytes { get; } = limitBytes;

    public long InUseBytes => Volatile.Read(ref _inUse);

    public long PeakBytes => Volatile.Read(ref _peak);

    /// <summary>Bytes in use that stay so while others wait: what a reader reads into, what a writer gathers before it writes.</summary>
    public long KeptBytes => Volatile.Read(ref _kept);

    /// <summary>Says of charged bytes that they do not flow.</summary>
    public void Keep(long bytes)
    {
        parent?.Keep(bytes);
        if (Interlocked.Add(ref _kept, bytes) >= InUseBytes) WakeWaiters();
    }

    /// <summary>Says that kept bytes flow again, or are about to be given back.</summary>
    public void LetGo(long bytes)
    {
        Interlocked.Add(ref _kept, -bytes);
        parent?.LetGo(bytes);
    }

    /// <summary>True while no more than half of the limit would be kept, here and in the parent: the rest is for what flows, or nobody would come to end the keeping.</summary>
    public bool MayKeep(long bytes) => KeptBytes + bytes <= LimitBytes / 2 && parent?.MayKeep(bytes) != false;

    /// <summary>Takes bytes, overdrawing if need be.</summary>
    /// <exception cref="ChunnelException">The budget and its overdraft are used up.</exception>
    public void Charge(long bytes)
    {
        parent?.Charge(bytes);
        var inUse = Interlocked.Add(ref _inUse, bytes);
        if (inUse > LimitBytes + Math.Max(LimitBytes / OverdraftDivisor, LeastOverdraftBytes))
        {
            Credit(bytes);
            throw new ChunnelException(CommonErrors.OutOfMemoryBudget, $"The memory budget of {Name} ({LimitBytes >> 20} MiB) has no {bytes:N0} bytes left.")
            {
                Mend = "Raise the budget, or lower the parallelism or the size of single values.",
            };
        }
        if (inUse > Volatile.Read(ref _peak)) Volatile.Write(ref _peak, inUse);
    }

    /// <summary>Gives bytes back and wakes those who wait for room.</summary>
    public void Credit(long bytes)
    {
        var inUse = Interlocked.Add(ref _inUse, -bytes);
        Belief.Holds(inUse >= 0, "a budget never gets back more than it gave");
        if (inUse < LimitBytes || inUse <= KeptBytes) WakeWaiters();
        parent?.Credit(bytes);
    }

    /// <summary>Completes when the bytes would fit within the limit, here and in the parent. Nothing is charged yet.</summary>
    public async ValueTask WaitForRoomAsync(long bytes, CancellationToken stop)
    {
        while (!HasRoom(bytes))
        {
            var waiter = new Waiter();
            lock (_lock) _waiters.Add(waiter);
            if (HasRoom(bytes)) waiter.TrySetResult();
            try
            {
                await waiter.Task.WaitAsync(stop);
            }
            finally
            {
                lock (_lock) _waiters.Remove(waiter);
            }
        }
        if (parent is not null) await parent.WaitForRoomAsync(bytes, stop);
    }

    /// <summary>Where nothing flows there is always room for one request, or a small budget would never start: nobody else would give any back.</summary>
    private bool HasRoom(long bytes)
    {
        var inUse = Volatile.Read(ref _inUse);
        return inUse <= KeptBytes || inUse + bytes <= LimitBytes;
    }

    private void WakeWaiters()
    {
        lock (_lock)
        {
            foreach (var waiter in _waiters) waiter.TrySetResult();
        }
    }

    private sealed class Waiter() : TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
}
