using Chunnel.Core;
using Chunnel.Transforms.Sql.Kernels.Selections;
using Chunnel.Transforms.Sql.Operations.Rows;
using Chunnel.Transforms.Sql.Programs;

namespace Chunnel.Transforms.Sql.Functions.Times;

/// <summary>
/// How many units the second is later than the first. Days are those of the calendar; years and months are the parts of the period between
/// the dates, so that MONTH is what is left beside whole years (spec transforms.md 6.3); smaller units are cut to whole ones.
/// </summary>
internal sealed class Difference(Emission made, TimeUnit unit) : FixedRows<long>(made)
{
    protected override void Fill(Frame frame, ReadOnlySpan<ulong> rows, Span<long> to)
    {
        if (unit is TimeUnit.Day or TimeUnit.Week && TryDays(frame, to)) return;
        var from = new Moments(Made.Operands[0].Of(frame));
        var until = new Moments(Made.Operands[1].Of(frame));
        foreach (var row in new SetBits(rows))
        {
            if (from.IsInfinite(row) || until.IsInfinite(row)) frame.Fail(row, Made.Where, TimeFailure.Infinite);
            else if (unit == TimeUnit.Day) to[row] = until.DayAt(row) - from.DayAt(row);
            else if (unit == TimeUnit.Week) to[row] = (until.DayAt(row) - from.DayAt(row)) / 7;
            else to[row] = Between(from[row], until[row]);
        }
    }

    /// <summary>The days between in all rows, without asking which count; false when some value has no day, or not the one of its microseconds.</summary>
    private bool TryDays(Frame frame, Span<long> to)
    {
        if (!TryAddDays(Made.Operands[1], frame, to, 1) || !TryAddDays(Made.Operands[0], frame, to, -1)) return false;
        if (unit == TimeUnit.Week)
        {
            foreach (ref var days in to) days /= 7;
        }
        return true;
    }

    private static bool TryAddDays(Operand operand, Frame frame, Span<long> to, int sign)
    {
        var column = operand.Constant ?? operand.Of(frame);
        if (column is TimestampColumn { Type.Kind: TypeKind.Timestamp } timestamps) return TryAddDays(timestamps.Micros, to, sign);
        if (column.Type.Kind != TypeKind.Date) return false;
        var dates = ((FixedColumn<int>)column).Values;
        for (var row = 0; row < to.Length; row++) to[row] += sign * (long)dates[dates.Length == 1 ? 0 : row];
        return true;
    }

    private static bool TryAddDays(ReadOnlySpan<long> micros, Span<long> to, int sign)
    {
        if (micros.Length == 1)
        {
            var days = sign * CivilTime.DayOf(micros[0]).Days;
            foreach (ref var each in to) each += days;
            return !IsInfinite(micros[0]);
        }
        var infinite = false;
        for (var row = 0; row < to.Length; row++)
        {
            infinite |= IsInfinite(micros[row]);
            to[row] += sign * CivilTime.DayOf(micros[row]).Days;
        }
        return !infinite;
    }

    private static bool IsInfinite(long micros) => micros == TimestampColumn.PositiveInfinity | micros == TimestampColumn.NegativeInfinity;

    private long Between(CivilTime from, CivilTime until)
    {
        var (first, last) = (from.ToDays(), until.ToDays());
        switch (unit)
        {
            case TimeUnit.Year: return MonthsBetween(from, until) / 12;
            case TimeUnit.Month: return MonthsBetween(from, until) % 12;
            default:
                var nanos = (Int128)(last - first) * CivilTime.NanosPerDay + until.ToNanosOfDay() - from.ToNanosOfDay()
                    - (until.OffsetMinutes - from.OffsetMinutes) * (Int128)(60 * CivilTime.NanosPerSecond);
                return (long)(nanos / unit.Nanos());
        }
    }

    /// <summary>Whole months from one date to another; a month is whole when its day has come again.</summary>
    private static long MonthsBetween(CivilTime from, CivilTime until)
    {
        var months = (until.Year - (long)from.Year) * 12 + until.Month - from.Month;
        if (months > 0 && until.Day < from.Day) months--;
        if (months < 0 && until.Day > from.Day) months++;
        return months;
    }
}

/// <summary>A timestamp at the start of its unit; infinities stay what they are.</summary>
internal sealed class TruncateTimestamp(Emission made, TimeUnit unit) : TimestampRows(made)
{
    protected override void Fill(Frame frame, ReadOnlySpan<ulong> rows, TimestampBuilder to)
    {
        var from = (TimestampColumn)Made.Operands[0].Of(frame);
        var micros = from.Micros;
        var offsets = from.OffsetMinutes;
        foreach (var row in new SetBits(rows))
        {
            var offset = offsets.IsEmpty ? (short)0 : offsets[row];
            var infinite = micros[row] is TimestampColumn.PositiveInfinity or TimestampColumn.NegativeInfinity;
            Put(to, row, infinite ? micros[row] : Truncate(micros[row] + offset * CivilTime.MicrosPerMinute) - offset * CivilTime.MicrosPerMinute, 0);
            if (offset != 0) to.OffsetMinutes[row] = offset;
        }
    }

    private long Truncate(long micros)
    {
        if (unit > TimeUnit.Month) return micros - ((micros % (unit.Nanos() / 1000)) + unit.Nanos() / 1000) % (unit.Nanos() / 1000);
        var time = CivilTime.FromMicros(micros);
        return CivilDate.ToDays(time.Year, unit == TimeUnit.Year ? 1 : time.Month, 1) * CivilTime.MicrosPerDay;
    }
}

/// <summary>A date at the start of its unit.</summary>
internal sealed class TruncateDate(Emission made, TimeUnit unit) : FixedRows<int>(made)
{
    protected override void Fill(Frame frame, ReadOnlySpan<ulong> rows, Span<int> to)
    {
        var dates = ((FixedColumn<int>)Made.Operands[0].Of(frame)).Values;
        foreach (var row in new SetBits(rows))
        {
            var (year, month, _) = CivilDate.FromDays(dates[row]);
            to[row] = unit > TimeUnit.Month ? dates[row] : (int)CivilDate.ToDays(year, unit == TimeUnit.Year ? 1 : month, 1);
        }
    }
}
