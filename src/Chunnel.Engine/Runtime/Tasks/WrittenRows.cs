namespace Chunnel.Engine;

/// <summary>Counts rows when they are written, for the meters and for what the next checkpoint will commit. Several writers may tell it at once.</summary>
internal sealed class WrittenRows(Meter written)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, (long Rows, long Bytes)> _sinceBarrier = new(StringComparer.Ordinal);

    public void Add(string table, long rows, long bytes)
    {
        written.Of(table).Add(rows, bytes);
        lock (_lock)
        {
            var (pendingRows, pendingBytes) = _sinceBarrier.GetValueOrDefault(table);
            _sinceBarrier[table] = (pendingRows + rows, pendingBytes + bytes);
        }
    }

    /// <summary>What was written since the last call, by table.</summary>
    public IReadOnlyList<(string Table, long Rows, long Bytes)> TakeSinceBarrier()
    {
        lock (_lock)
        {
            (string, long, long)[] taken = [.. _sinceBarrier.Select(pair => (pair.Key, pair.Value.Rows, pair.Value.Bytes))];
            _sinceBarrier.Clear();
            return taken;
        }
    }
}
