namespace Chunnel.Engine.Tests;

/// <summary>The system's clock, which knows how many of its timers nobody has let go of.</summary>
internal sealed class TimerCount : TimeProvider
{
    private int _held;

    public int Held => Volatile.Read(ref _held);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Interlocked.Increment(ref _held);
        return new Counted(base.CreateTimer(callback, state, dueTime, period), this);
    }

    private sealed class Counted(ITimer timer, TimerCount owner) : ITimer
    {
        private int _gone;

        public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(dueTime, period);

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _gone, 1) == 0) Interlocked.Decrement(ref owner._held);
            timer.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
