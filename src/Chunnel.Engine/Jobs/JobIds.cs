namespace Chunnel.Engine;

/// <summary>Makes job ids: positive, about 18 digits, rising with time (spec engine.md 14.4).</summary>
public sealed class JobIds(TimeProvider clock)
{
    /// <summary>2020-01-01T00:00:00Z in Unix milliseconds: ids count from here.</summary>
    private const long Epoch = 1_577_836_800_000;
    private const int SequenceBits = 22;

    private readonly Lock _lock = new();
    private long _last;

    public long Next()
    {
        var id = (clock.GetUtcNow().ToUnixTimeMilliseconds() - Epoch) << SequenceBits;
        lock (_lock) return _last = Math.Max(id, _last + 1);
    }
}
