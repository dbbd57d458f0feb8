namespace Chunnel.Engine;

/// <summary>Makes job ids: 41 bits of milliseconds since 2018, 6 of a sequence, 16 of the node (spec rest-api.md 6.7, engine.md 14.4).</summary>
public sealed class JobIds(TimeProvider clock, ushort node = 0)
{
    /// <summary>2018-01-01T00:00:00Z in Unix milliseconds: ids count from here.</summary>
    private const long Epoch = 1_514_764_800_000;
    private const int TimeShift = 22;
    private const long OneInSequence = 1L << 16;

    private readonly Lock _lock = new();
    private long _last;

    /// <summary>Above every id before it: more than 64 in a millisecond borrow from the next ones.</summary>
    public long Next()
    {
        var id = ((clock.GetUtcNow().ToUnixTimeMilliseconds() - Epoch) << TimeShift) | node;
        lock (_lock) return _last = Math.Max(id, _last + OneInSequence);
    }
}
