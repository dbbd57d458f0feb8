namespace Chunnel.Engine;

/// <summary>
/// How many bytes a second the reader of a channel gets through while there is something to read: the time between two of its readings is
/// what it needed for the first one. What is older than about a second weighs less and less.
/// </summary>
/// <param name="clock">Its time; read once for each batch.</param>
internal sealed class DrainSpeed(TimeProvider clock)
{
    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(1);

    private long? _taken;
    private long _inHand;
    private double _bytes;
    private TimeSpan _time;

    /// <summary>Null until it is known.</summary>
    public double? BytesPerSecond => _time > TimeSpan.Zero ? _bytes / _time.TotalSeconds : null;

    /// <summary>The reader takes so many bytes, none for a marker.</summary>
    public void Take(long bytes)
    {
        var now = clock.GetTimestamp();
        if (_taken is { } before && _inHand > 0)
        {
            _bytes += _inHand;
            _time += clock.GetElapsedTime(before, now);
            if (_time > Remembered) (_bytes, _time) = (_bytes / 2, _time / 2);
        }
        (_taken, _inHand) = (now, bytes);
    }

    /// <summary>The reader finds nothing: the time until it takes again says nothing of it.</summary>
    public void FindNothing() => _taken = null;
}
