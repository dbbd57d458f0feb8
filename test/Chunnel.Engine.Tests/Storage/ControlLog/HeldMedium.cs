namespace Chunnel.Engine.Tests.Storage;

/// <summary>A medium in memory whose writes a test can hold, and that it can break and mend.</summary>
internal sealed class HeldMedium : ILogMedium
{
    private readonly MemoryMedium _medium = new();
    private readonly List<(int Count, TaskCompletionSource Reached)> _awaited = [];
    private TaskCompletionSource? _held;
    private TaskCompletionSource _arrived = new();
    private string? _broken;
    private int _refused;

    public string Place => _medium.Place;

    /// <summary>Completes when a write waits.</summary>
    public Task Arrived => _arrived.Task;

    public void Hold() => (_held, _arrived) = (new(TaskCreationOptions.RunContinuationsAsynchronously), new(TaskCreationOptions.RunContinuationsAsynchronously));

    public void LetGo() => _held!.SetResult();

    public void Break(string why) => Volatile.Write(ref _broken, why);

    public void Mend() => Volatile.Write(ref _broken, null);

    /// <summary>Completes when so many calls were refused.</summary>
    public Task Refused(int count)
    {
        lock (_awaited)
        {
            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            if (_refused >= count) reached.SetResult();
            else _awaited.Add((count, reached));
            return reached.Task;
        }
    }

    public async ValueTask<PutOutcome> PutIfAbsentAsync(string key, ReadOnlyMemory<byte> value, CancellationToken stop)
    {
        RefuseIfBroken();
        if (_held is { } held)
        {
            _arrived.TrySetResult();
            await held.Task.WaitAsync(stop);
        }
        return await _medium.PutIfAbsentAsync(key, value, stop);
    }

    public ValueTask<byte[]?> GetAsync(string key, CancellationToken stop)
    {
        RefuseIfBroken();
        return _medium.GetAsync(key, stop);
    }

    public ValueTask<IReadOnlyList<string>> ListAsync(string prefix, CancellationToken stop)
    {
        RefuseIfBroken();
        return _medium.ListAsync(prefix, stop);
    }

    public ValueTask DeleteAsync(string key, CancellationToken stop)
    {
        RefuseIfBroken();
        return _medium.DeleteAsync(key, stop);
    }

    public ValueTask DisposeAsync() => _medium.DisposeAsync();

    private void RefuseIfBroken()
    {
        if (Volatile.Read(ref _broken) is not { } why) return;
        lock (_awaited)
        {
            _refused++;
            foreach (var (_, reached) in _awaited.Where(awaited => awaited.Count <= _refused)) reached.TrySetResult();
        }
        throw new StorageException(why);
    }
}
