namespace Chunnel.Engine;

/// <summary>A medium that lasts as long as the process: for a single run, and for tests. Several logs may share one.</summary>
public sealed class MemoryMedium : ILogMedium
{
    private readonly SortedDictionary<string, byte[]> _values = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    public string Place => "memory";

    public ValueTask<PutOutcome> PutIfAbsentAsync(string key, ReadOnlyMemory<byte> value, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        lock (_lock) return ValueTask.FromResult(_values.TryAdd(key, value.ToArray()) ? PutOutcome.Won : PutOutcome.Taken);
    }

    public ValueTask<byte[]?> GetAsync(string key, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        lock (_lock) return ValueTask.FromResult(_values.TryGetValue(key, out var value) ? (byte[])value.Clone() : null);
    }

    public ValueTask<IReadOnlyList<string>> ListAsync(string prefix, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        lock (_lock) return ValueTask.FromResult<IReadOnlyList<string>>([.. _values.Keys.Where(key => key.StartsWith(prefix, StringComparison.Ordinal))]);
    }

    public ValueTask DeleteAsync(string key, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        lock (_lock) _values.Remove(key);
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
