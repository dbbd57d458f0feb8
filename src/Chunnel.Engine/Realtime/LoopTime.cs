namespace Chunnel.Engine;

/// <summary>
/// Where the time of one loop goes. The loop says what it turns to, and what it was at gets the time until then: every moment is told once, for
/// one look at the clock at each turn, and a turn comes per batch. Whoever reads the tallies lets it settle first, so that what takes long is told
/// while it goes on.
/// </summary>
/// <param name="clock">The time.</param>
/// <param name="ended">Told when the loop is gone.</param>
internal sealed class LoopTime(TimeProvider clock, Action<LoopTime> ended) : IDisposable
{
    private readonly double _nanoseconds = 1e9 / clock.TimestampFrequency;
    private readonly Lock _lock = new();
    private long _since = clock.GetTimestamp();
    private Tally? _at;

    /// <summary>From now on the time goes to this; null: to nothing that is told.</summary>
    /// <returns>What the loop was at.</returns>
    public Tally? Turn(Tally? to)
    {
        lock (_lock)
        {
            Book();
            var before = _at;
            _at = to;
            return before;
        }
    }

    /// <summary>The same until the stay is disposed.</summary>
    public Stay At(Tally? what) => new(this, Turn(what));

    /// <summary>What the loop is at gets its time until now.</summary>
    public void Settle()
    {
        lock (_lock) Book();
    }

    public void Dispose()
    {
        Turn(null);
        ended(this);
    }

    private void Book()
    {
        var now = clock.GetTimestamp();
        _at?.Add((long)((now - _since) * _nanoseconds));
        _since = now;
    }

    public readonly struct Stay(LoopTime time, Tally? before) : IDisposable
    {
        public void Dispose() => time.Turn(before);
    }
}
