using Chunnel.Core;
using Chunnel.Transforms.Sql.Kernels.Selections;
using Chunnel.Transforms.Sql.Operations.Rows;
using Chunnel.Transforms.Sql.Programs;

namespace Chunnel.Transforms.Sql.Functions.Times;

/// <summary>Moves days by months: the day of the month stays, or becomes the last one that the month has.</summary>
internal static class Months
{
    private const long Most = 12L * 1_000_000_000;

    public static bool TryAdd(long days, long months, out long result)
    {
        result = 0;
        if (months is > Most or < -Most) return false;
        var (year, month, day) = CivilDate.FromDays(days);
        var total = year * 12L + month - 1 + months;
        var newYear = Math.DivRem(total - (total < 0 ? 11 : 0), 12).Quotient;
        var newMonth = (int)(total - newYear * 12) + 1;
        result = CivilDate.ToDays(newYear, newMonth, Math.Min(day, CivilDate.DaysInMonth(newYear, newMonth)));
        return true;
    }
}

/// <summary>A date so many units later.</summary>
internal sealed class AddToDate(Emission made, TimeUnit unit) : FixedRows<int>(made)
{
    protected override void Fill(Frame frame, ReadOnlySpan<ulong> rows, Span<int> to)
    {
        var dates = ((FixedColumn<int>)Made.Operands[0].Of(frame)).Values;
        var amounts = ((FixedColumn<long>)Made.Operands[1].Of(frame)).Values;
        foreach (var row in new SetBits(rows))
        {
            if (TryAdd(dates[row], amounts[row], out var days) && days is >= int.MinValue and <= int.MaxValue) to[row] = (int)days;
            else frame.Fail(row, Made.Where, TimeFailure.OutOfReach);
        }
    }

    private bool TryAdd(int date, long amount, out long days)
    {
        days = 0;
        if (amount is > uint.MaxValue or < -(long)uint.MaxValue) return false;
        if (unit is TimeUnit.Year or TimeUnit.Month) return Months.TryAdd(date, unit == TimeUnit.Year ? amount * 12 : amount, out days);
        days = date + amount * (unit == TimeUnit.Week ? 7 : 1);
        return true;
    }
}

/// <summary>A time of day so many units later, going round at midnight.</summary>
internal sealed class AddToTime(Emission made, TimeUnit unit) : FixedRows<long>(made)
{
    protected override void Fill(Frame frame, ReadOnlySpan<ulong> rows, Span<long> to)
    {
        var times = ((FixedColumn<long>)Made.Operands[0].Of(frame)).Values;
        var amounts = ((FixedColumn<long>)Made.Operands[1].Of(frame)).Values;
        var nanos = unit.Nanos();
        var perDay = CivilTime.NanosPerDay / nanos;
        foreach (var row in new SetBits(rows))
        {
            var moved = (times[row] + amounts[row] % perDay * nanos) % CivilTime.NanosPerDay;
            to[row] = moved < 0 ? moved + CivilTime.NanosPerDay : moved;
        }
    }
}

/// <summary>A timestamp so many units later; infinities stay what they are.</summary>
internal sealed class AddToTimestamp(Emission made, TimeUnit unit) : TimestampRows(made)
{
    private const long FewMicros = long.MaxValue / 4;

    private readonly long _unitMicros = unit.Nanos() / 1000;
    private readonly long _fewUnits = FewMicros / (unit.Nanos() / 1000);

    protected override void Fill(Frame frame, ReadOnlySpan<ulong> rows, TimestampBuilder to)
    {
        var from = (TimestampColumn)Made.Operands[0].Of(frame);
        var amounts = ((FixedColumn<long>)Made.Operands[1].Of(frame)).Values;
        var micros = from.Micros;
        var nanos = from.Nanos;
        var offsets = from.OffsetMinutes;
        if (TryAddAll(micros, amounts, to.Micros))
        {
            if (!nanos.IsEmpty) nanos[..micros.Length].CopyTo(to.Nanos);
            if (!offsets.IsEmpty) offsets[..micros.Length].CopyTo(to.OffsetMinutes);
            return;
        }
        foreach (var row in new SetBits(rows))
        {
            var offset = offsets.IsEmpty ? (short)0 : offsets[row];
            if (micros[row] is TimestampColumn.PositiveInfinity or TimestampColumn.NegativeInfinity) Put(to, row, micros[row], 0);
            else if (TryAdd(micros[row], offset, amounts[row], out var moved)) Put(to, row, moved, nanos.IsEmpty ? (short)0 : nanos[row]);
            else frame.Fail(row, Made.Where, TimeFailure.OutOfReach);
            if (offset != 0) to.OffsetMinutes[row] = offset;
        }
    }

    /// <summary>Adds units of a fixed length in all rows, without asking which count; false when some value is so far away that a sum could be out of reach.</summary>
    private bool TryAddAll(ReadOnlySpan<long> micros, ReadOnlySpan<long> amounts, Span<long> to)
    {
        if (unit is TimeUnit.Year or TimeUnit.Month) return false;
        amounts = amounts[..micros.Length];
        to = to[..micros.Length];
        var far = false;
        for (var row = 0; row < micros.Length; row++)
        {
            far |= (ulong)(micros[row] + FewMicros) > 2 * FewMicros | (ulong)(amounts[row] + _fewUnits) > 2 * (ulong)_fewUnits;
            to[row] = micros[row] + amounts[row] * _unitMicros;
        }
        return !far;
    }

    private bool TryAdd(long micros, short offsetMinutes, long amount, out long result)
    {
        Int128 wide;
        result = 0;
        if (unit is TimeUnit.Year or TimeUnit.Month)
        {
            // Months are those of the calendar at the value's own offset.
            var offset = offsetMinutes * CivilTime.MicrosPerMinute;
            var days = Math.DivRem(micros + offset, CivilTime.MicrosPerDay, out var ofDay);
            if (ofDay < 0) (days, ofDay) = (days - 1, ofDay + CivilTime.MicrosPerDay);
            if (amount is > int.MaxValue or < int.MinValue || !Months.TryAdd(days, unit == TimeUnit.Year ? amount * 12 : amount, out var moved)) return false;
            wide = (Int128)moved * CivilTime.MicrosPerDay + ofDay - offset;
        }
        else if (micros <= FewMicros && micros >= -FewMicros && amount <= _fewUnits && amount >= -_fewUnits)
        {
            // Far from the ends of the range nothing can overflow.
            result = micros + amount * _unitMicros;
            return true;
        }
        else wide = micros + (Int128)amount * _unitMicros;
        result = (long)Int128.Clamp(wide, TimestampColumn.NegativeInfinity, TimestampColumn.PositiveInfinity);
        return result is not (TimestampColumn.PositiveInfinity or TimestampColumn.NegativeInfinity);
    }
}
