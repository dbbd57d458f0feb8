namespace Chunnel.Engine.Tests;

/// <summary>A clock that stands still until a test moves it; what is due then rings on the test's own thread.</summary>
internal sealed class ManualClock : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<Alarm> _alarms = [];
    private long _ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Interlocked.Read(ref _ticks);

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch.AddTicks(GetTimestamp());

    public void Advance(TimeSpan time)
    {
        List<Alarm> due;
        lock (_lock)
        {
            var now = Interlocked.Add(ref _ticks, time.Ticks);
            due = [.. _alarms.Where(alarm => alarm.TakeTurn(now))];
        }
        foreach (var alarm in due) alarm.Ring();
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var alarm = new Alarm(this, () => callback(state));
        lock (_lock) _alarms.Add(alarm);
        alarm.Change(dueTime, period);
        return alarm;
    }

    private sealed class Alarm(ManualClock clock, Action ring) : ITimer
    {
        private long _due = long.MaxValue;
        private TimeSpan _period;

        public void Ring() => ring();

        /// <summary>Whether it rings now; it rings once, however much time has passed.</summary>
        public bool TakeTurn(long now)
        {
            if (_due > now) return false;
            _due = _period > TimeSpan.Zero ? now + _period.Ticks : long.MaxValue;
            return true;
        }

        /// <summary>What is due at once does not wait for the clock to move.</summary>
        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._lock)
            {
                var now = clock.GetTimestamp();
                (_due, _period) = (dueTime < TimeSpan.Zero ? long.MaxValue : now + dueTime.Ticks, period);
                if (TakeTurn(now)) ThreadPool.QueueUserWorkItem(_ => ring());
            }
            return true;
        }

        public void Dispose()
        {
            lock (clock._lock) clock._alarms.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
