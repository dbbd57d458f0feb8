using System.Collections.Concurrent;

namespace Chunnel.Engine;

/// <summary>
/// Threads of their own for calls that block: a disk that takes its time holds up nobody else, and a busy pool does not hold up the disk. What
/// has gathered meanwhile is handed over at once.
/// </summary>
internal sealed class StorageThreads<TWork> : IAsyncDisposable
{
    private readonly BlockingCollection<TWork> _waiting;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Action<IReadOnlyList<TWork>> _work;
    private readonly int _most;
    private int _running;

    /// <param name="name">What a debugger and a thread dump call it.</param>
    /// <param name="work">Does what it is given and tells whoever waits for it; it does not throw.</param>
    /// <param name="most">How much a thread is given at once.</param>
    /// <param name="threads">How many there are.</param>
    /// <param name="room">How much may wait; beyond that, whoever brings more is held up.</param>
    public StorageThreads(string name, Action<IReadOnlyList<TWork>> work, int most = 1, int threads = 1, int room = 65_536)
    {
        _work = work;
        _most = most;
        _running = threads;
        _waiting = new BlockingCollection<TWork>(room);
        for (var number = 0; number < threads; number++) new Thread(Run) { IsBackground = true, Name = name }.Start();
    }

    /// <returns>False when it is closed.</returns>
    public bool TryAdd(TWork work)
    {
        try
        {
            _waiting.Add(work);
            return true;
        }
        catch (Exception closed) when (closed is InvalidOperationException or ObjectDisposedException)
        {
            return false;
        }
    }

    /// <summary>Takes nothing more, does what it has, and ends.</summary>
    public async ValueTask DisposeAsync()
    {
        _waiting.CompleteAdding();
        await _ended.Task;
    }

    private void Run()
    {
        var batch = new List<TWork>();
        foreach (var first in _waiting.GetConsumingEnumerable())
        {
            batch.Clear();
            batch.Add(first);
            while (batch.Count < _most && _waiting.TryTake(out var next)) batch.Add(next);
            _work(batch);
        }
        if (Interlocked.Decrement(ref _running) == 0) _ended.TrySetResult();
    }
}
