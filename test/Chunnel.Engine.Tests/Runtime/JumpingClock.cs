namespace Chunnel.Engine.Tests;

/// <summary>A clock on which every wait is over at once: the time jumps to where the wait ends.</summary>
internal sealed class JumpingClock : TimeProvider
{
    private long _ticks;

    public TimeSpan Passed => TimeSpan.FromTicks(_ticks);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => _ticks;

    /// <summary>Time passes without anyone waiting.</summary>
    public void Jump(TimeSpan time) => _ticks += time.Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime > TimeSpan.Zero) _ticks += dueTime.Ticks;
        if (dueTime >= TimeSpan.Zero) ThreadPool.QueueUserWorkItem(_ => callback(state));
        return new Rung();
    }

    private sealed class Rung : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
