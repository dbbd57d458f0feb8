using Chunnel.Core;

namespace Chunnel.Connectors.Fake;

/// <summary>Times of day, picked part by part, as nanoseconds.</summary>
internal sealed class TimeGenerator(ulong seed, FakeTimes times) : DrawnGenerator(seed)
{
    public override long BytesPerValue => sizeof(long);

    public override ulong Distinct => (ulong)times.Hours.Length * (ulong)times.Minutes.Length * (ulong)times.Seconds.Length;

    protected override void Turn(ReadOnlySpan<ulong> draws, ColumnBuilder builder)
    {
        var values = ((FixedBuilder<long>)builder).Values;
        for (var i = 0; i < draws.Length; i++)
        {
            var draw = draws[i];
            values[i] = SecondOfDay(times, ref draw) * CivilTime.NanosPerSecond;
        }
    }

    public static long SecondOfDay(FakeTimes times, ref ulong draw) =>
        times.Hours[Draws.TakeBelow(ref draw, times.Hours.Length)] * 3600L
        + times.Minutes[Draws.TakeBelow(ref draw, times.Minutes.Length)] * 60L
        + times.Seconds[Draws.TakeBelow(ref draw, times.Seconds.Length)];
}

/// <summary>Timestamps, with or without zone: one of the listed days and a time of day, in UTC where there is a zone.</summary>
internal sealed class TimestampGenerator(ulong seed, FakeTimes times, int[] days) : DrawnGenerator(seed)
{
    public override long BytesPerValue => sizeof(long);

    public override ulong Distinct => (ulong)days.Length * (ulong)times.Hours.Length * (ulong)times.Minutes.Length * (ulong)times.Seconds.Length;

    protected override void Turn(ReadOnlySpan<ulong> draws, ColumnBuilder builder)
    {
        var micros = ((TimestampBuilder)builder).Micros;
        for (var i = 0; i < draws.Length; i++)
        {
            var draw = draws[i];
            var day = days[Draws.TakeBelow(ref draw, days.Length)];
            micros[i] = day * CivilTime.MicrosPerDay + TimeGenerator.SecondOfDay(times, ref draw) * CivilTime.MicrosPerSecond;
        }
    }
}
