namespace Chunnel.Control;

/// <summary>
/// A moment, as ticks of 100 ns in UTC. It always comes in from outside: nothing here reads a clock.
/// A shell that wants to be safe from clock jumps counts it from a monotonic clock.
/// </summary>
public readonly record struct Instant(long UtcTicks) : IComparable<Instant>
{
    private static readonly long _latestTicks = DateTimeOffset.MaxValue.UtcTicks;

    public static Instant From(DateTimeOffset time) => new(time.UtcTicks);

    public static Instant Earliest(Instant one, Instant other) => one < other ? one : other;

    public static Instant? Earliest(Instant? one, Instant? other) =>
        one is { } first && other is { } second ? Earliest(first, second) : one ?? other;

    public DateTimeOffset ToDateTimeOffset() => new(UtcTicks, TimeSpan.Zero);

    public int CompareTo(Instant other) => UtcTicks.CompareTo(other.UtcTicks);

    /// <summary>Later by a span; a span too long for the calendar ends at the calendar's end.</summary>
    public static Instant operator +(Instant start, TimeSpan span) =>
        new(span.Ticks > _latestTicks - start.UtcTicks ? _latestTicks : start.UtcTicks + span.Ticks);

    /// <summary>Never, where there is no span.</summary>
    public static Instant? operator +(Instant start, TimeSpan? span) => span is { } given ? start + given : null;

    public static TimeSpan operator -(Instant end, Instant start) => new(end.UtcTicks - start.UtcTicks);

    public static bool operator <(Instant one, Instant other) => one.UtcTicks < other.UtcTicks;

    public static bool operator >(Instant one, Instant other) => one.UtcTicks > other.UtcTicks;

    public static bool operator <=(Instant one, Instant other) => one.UtcTicks <= other.UtcTicks;

    public static bool operator >=(Instant one, Instant other) => one.UtcTicks >= other.UtcTicks;
}
