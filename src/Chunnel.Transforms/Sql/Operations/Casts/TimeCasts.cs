using Chunnel.Core;
using Chunnel.Transforms.Sql.Functions.Times;
using Chunnel.Transforms.Sql.Kernels.Selections;
using Chunnel.Transforms.Sql.Operations.Rows;
using Chunnel.Transforms.Sql.Programs;

namespace Chunnel.Transforms.Sql.Operations.Casts;

/// <summary>The day of a timestamp. An infinity has none and fails the row.</summary>
internal sealed class TimestampToDate(Emission made) : FixedRows<int>(made)
{
    protected override void Fill(Frame frame, ReadOnlySpan<ulong> rows, Span<int> to)
    {
        var from = new Moments(Made.Operands[0].Of(frame));
        foreach (var row in new SetBits(rows))
        {
            if (from.IsInfinite(row)) frame.Fail(row, Made.Where, "an infinite timestamp has no date");
            else to[row] = (int)from.DayAt(row);
        }
    }
}

/// <summary>The time of day of a timestamp. An infinity has none and fails the row.</summary>
internal sealed class TimestampToTime(Emission made) : FixedRows<long>(made)
{
    protected override void Fill(Frame frame, ReadOnlySpan<ulong> rows, Span<long> to)
    {
        var from = (TimestampColumn)Made.Operands[0].Of(frame);
        var micros = from.Micros;
        var nanos = from.Nanos;
        foreach (var row in new SetBits(rows))
        {
            var ofDay = micros[row] % CivilTime.MicrosPerDay;
            if (ofDay < 0) ofDay += CivilTime.MicrosPerDay;
            if (micros[row] is TimestampColumn.PositiveInfinity or TimestampColumn.NegativeInfinity) frame.Fail(row, Made.Where, "an infinite timestamp has no time");
            else to[row] = ofDay * 1000 + (nanos.IsEmpty ? 0 : nanos[row]);
        }
    }
}

/// <summary>Midnight of a day. A day beyond the reach of timestamps fails the row.</summary>
internal sealed class DateToTimestamp(Emission made) : TimestampRows(made)
{
    private const int MostDays = (int)(long.MaxValue / CivilTime.MicrosPerDay - 1);

    protected override void Fill(Frame frame, ReadOnlySpan<ulong> rows, TimestampBuilder to)
    {
        var days = ((FixedColumn<int>)Made.Operands[0].Of(frame)).Values;
        foreach (var row in new SetBits(rows))
        {
            if (days[row] is > MostDays or < -MostDays) frame.Fail(row, Made.Where, "the date is beyond the reach of timestamps");
            else Put(to, row, days[row] * CivilTime.MicrosPerDay, 0);
        }
    }
}

/// <summary>00:00 for every day.</summary>
internal sealed class DateToTime(Emission made) : FixedRows<long>(made)
{
    protected override void Fill(Frame frame, ReadOnlySpan<ulong> rows, Span<long> to) { }
}

/// <summary>Milliseconds since 1970 as local time in the process's zone (spec transforms.md 5.5).</summary>
internal sealed class EpochMillisToTimestamp(Emission made, TimeZoneInfo zone) : TimestampRows(made)
{
    private static readonly long LeastMillis = DateTimeOffset.MinValue.ToUnixTimeMilliseconds();
    private static readonly long MostMillis = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    protected override void Fill(Frame frame, ReadOnlySpan<ulong> rows, TimestampBuilder to)
    {
        var millis = ((FixedColumn<long>)Made.Operands[0].Of(frame)).Values;
        foreach (var row in new SetBits(rows))
        {
            if (Math.Abs(millis[row] / 1000) > long.MaxValue / 2_000_000) frame.Fail(row, Made.Where, $"{millis[row]} milliseconds are beyond the reach of timestamps");
            else Put(to, row, millis[row] * 1000 + OffsetMicros(millis[row]), 0);
        }
    }

    private long OffsetMicros(long millis) =>
        zone.GetUtcOffset(DateTimeOffset.FromUnixTimeMilliseconds(Math.Clamp(millis, LeastMillis, MostMillis))).Ticks / TimeSpan.TicksPerMicrosecond;
}

/// <summary>20210408 as the day 2021-04-08. A number that is no day fails the row.</summary>
internal sealed class DigitsToDate(Emission made) : FixedRows<int>(made)
{
    protected override void Fill(Frame frame, ReadOnlySpan<ulong> rows, Span<int> to)
    {
        var digits = ((FixedColumn<int>)Made.Operands[0].Of(frame)).Values;
        foreach (var row in new SetBits(rows))
        {
            var (year, month, day) = (digits[row] / 10_000, digits[row] / 100 % 100, digits[row] % 100);
            if (digits[row] > 0 && CivilDate.Exists(year, month, day)) to[row] = (int)CivilDate.ToDays(year, month, day);
            else frame.Fail(row, Made.Where, $"{digits[row]} is no date of the form yyyyMMdd");
        }
    }
}

/// <summary>101530 as the time 10:15:30. A number that is no time of day fails the row.</summary>
internal sealed class DigitsToTime(Emission made) : FixedRows<long>(made)
{
    protected override void Fill(Frame frame, ReadOnlySpan<ulong> rows, Span<long> to)
    {
        var digits = ((FixedColumn<int>)Made.Operands[0].Of(frame)).Values;
        foreach (var row in new SetBits(rows))
        {
            var (hour, minute, second) = (digits[row] / 10_000, digits[row] / 100 % 100, digits[row] % 100);
            if (digits[row] >= 0 && hour < 24 && minute < 60 && second < 60) to[row] = ((hour * 60L + minute) * 60 + second) * CivilTime.NanosPerSecond;
            else frame.Fail(row, Made.Where, $"{digits[row]} is no time of the form HHmmss");
        }
    }
}
