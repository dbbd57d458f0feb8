using Chunnel.Core;
using Chunnel.Transforms.Sql.Kernels.Selections;
using Chunnel.Transforms.Sql.Operations.Columns;
using Chunnel.Transforms.Sql.Parsing;
using Chunnel.Transforms.Sql.Programs;

namespace Chunnel.Transforms.Sql.Operations.Casts;

/// <summary>The day of a timestamp. An infinity has none and fails the row.</summary>
internal sealed class TimestampToDate(Operand operand, Operand? guard, Syntax where) : Operation
{
    public override void Run(Frame frame)
    {
        var from = (TimestampColumn)operand.Of(frame);
        var result = ColumnBuffer.Rent<int>(frame.Memory, frame.Rows);
        var values = from.Micros;
        var to = result.As<int>();
        to.Clear();
        foreach (var row in new SetBits(frame.RowsToDo(guard, from)))
        {
            if (values[row] is TimestampColumn.PositiveInfinity or TimestampColumn.NegativeInfinity) frame.Fail(row, where, "an infinite timestamp has no date");
            else to[row] = (int)Math.DivRem(values[row] - (values[row] < 0 ? CivilTime.MicrosPerDay - 1 : 0), CivilTime.MicrosPerDay).Quotient;
        }
        var (bits, nulls) = Validities.Of(from);
        frame.Set(Target, new FixedColumn<int>(DataType.Date, frame.Rows, result, bits, nulls));
    }
}

/// <summary>The time of day of a timestamp. An infinity has none and fails the row.</summary>
internal sealed class TimestampToTime(Operand operand, Operand? guard, Syntax where) : Operation
{
    public override void Run(Frame frame)
    {
        var from = (TimestampColumn)operand.Of(frame);
        var result = ColumnBuffer.Rent<long>(frame.Memory, frame.Rows);
        var values = from.Micros;
        var nanos = from.Nanos;
        var to = result.As<long>();
        to.Clear();
        foreach (var row in new SetBits(frame.RowsToDo(guard, from)))
        {
            var ofDay = values[row] % CivilTime.MicrosPerDay;
            if (ofDay < 0) ofDay += CivilTime.MicrosPerDay;
            if (values[row] is TimestampColumn.PositiveInfinity or TimestampColumn.NegativeInfinity) frame.Fail(row, where, "an infinite timestamp has no time");
            else to[row] = ofDay * 1000 + (nanos.IsEmpty ? 0 : nanos[row]);
        }
        var (bits, nulls) = Validities.Of(from);
        frame.Set(Target, new FixedColumn<long>(DataType.Time, frame.Rows, result, bits, nulls));
    }
}

/// <summary>Midnight of a day. A day beyond the reach of timestamps fails the row.</summary>
internal sealed class DateToTimestamp(Operand operand, Operand? guard, Syntax where) : Operation
{
    private const long MostDays = long.MaxValue / CivilTime.MicrosPerDay - 1;

    public override void Run(Frame frame)
    {
        var from = (FixedColumn<int>)operand.Of(frame);
        var result = ColumnBuffer.Rent<long>(frame.Memory, frame.Rows);
        var values = from.Values;
        var to = result.As<long>();
        to.Clear();
        foreach (var row in new SetBits(frame.RowsToDo(guard, from)))
        {
            if (values[row] is > (int)MostDays or < -(int)MostDays) frame.Fail(row, where, "the date is beyond the reach of timestamps");
            else to[row] = values[row] * CivilTime.MicrosPerDay;
        }
        var (bits, nulls) = Validities.Of(from);
        frame.Set(Target, new TimestampColumn(DataType.Timestamp, frame.Rows, result, default, default, bits, nulls));
    }
}

/// <summary>00:00 for every day.</summary>
internal sealed class DateToTime(Operand operand) : Operation
{
    public override void Run(Frame frame)
    {
        var from = operand.Of(frame);
        var result = ColumnBuffer.Rent<long>(frame.Memory, frame.Rows);
        result.As<long>().Clear();
        var (bits, nulls) = Validities.Of(from);
        frame.Set(Target, new FixedColumn<long>(DataType.Time, frame.Rows, result, bits, nulls));
    }
}

/// <summary>Milliseconds since 1970 as local time in the process's zone (spec transforms.md 5.5).</summary>
internal sealed class EpochMillisToTimestamp(Operand operand, TimeZoneInfo zone, Operand? guard, Syntax where) : Operation
{
    private static readonly long LeastMillis = DateTimeOffset.MinValue.ToUnixTimeMilliseconds();
    private static readonly long MostMillis = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    public override void Run(Frame frame)
    {
        var from = (FixedColumn<long>)operand.Of(frame);
        var result = ColumnBuffer.Rent<long>(frame.Memory, frame.Rows);
        var values = from.Values;
        var to = result.As<long>();
        to.Clear();
        foreach (var row in new SetBits(frame.RowsToDo(guard, from)))
        {
            if (Math.Abs(values[row] / 1000) > long.MaxValue / 2_000_000) frame.Fail(row, where, $"{values[row]} milliseconds are beyond the reach of timestamps");
            else to[row] = values[row] * 1000 + OffsetMicros(values[row]);
        }
        var (bits, nulls) = Validities.Of(from);
        frame.Set(Target, new TimestampColumn(DataType.Timestamp, frame.Rows, result, default, default, bits, nulls));
    }

    private long OffsetMicros(long millis) =>
        zone.GetUtcOffset(DateTimeOffset.FromUnixTimeMilliseconds(Math.Clamp(millis, LeastMillis, MostMillis))).Ticks / TimeSpan.TicksPerMicrosecond;
}

/// <summary>20210408 as the day 2021-04-08. A number that is no day fails the row.</summary>
internal sealed class DigitsToDate(Operand operand, Operand? guard, Syntax where) : Operation
{
    public override void Run(Frame frame)
    {
        var from = (FixedColumn<int>)operand.Of(frame);
        var result = ColumnBuffer.Rent<int>(frame.Memory, frame.Rows);
        var values = from.Values;
        var to = result.As<int>();
        to.Clear();
        foreach (var row in new SetBits(frame.RowsToDo(guard, from)))
        {
            var (year, month, day) = (values[row] / 10_000, values[row] / 100 % 100, values[row] % 100);
            if (values[row] > 0 && CivilDate.Exists(year, month, day)) to[row] = (int)CivilDate.ToDays(year, month, day);
            else frame.Fail(row, where, $"{values[row]} is no date of the form yyyyMMdd");
        }
        var (bits, nulls) = Validities.Of(from);
        frame.Set(Target, new FixedColumn<int>(DataType.Date, frame.Rows, result, bits, nulls));
    }
}

/// <summary>101530 as the time 10:15:30. A number that is no time of day fails the row.</summary>
internal sealed class DigitsToTime(Operand operand, Operand? guard, Syntax where) : Operation
{
    public override void Run(Frame frame)
    {
        var from = (FixedColumn<int>)operand.Of(frame);
        var result = ColumnBuffer.Rent<long>(frame.Memory, frame.Rows);
        var values = from.Values;
        var to = result.As<long>();
        to.Clear();
        foreach (var row in new SetBits(frame.RowsToDo(guard, from)))
        {
            var (hour, minute, second) = (values[row] / 10_000, values[row] / 100 % 100, values[row] % 100);
            if (values[row] >= 0 && hour < 24 && minute < 60 && second < 60) to[row] = ((hour * 60L + minute) * 60 + second) * CivilTime.NanosPerSecond;
            else frame.Fail(row, where, $"{values[row]} is no time of the form HHmmss");
        }
        var (bits, nulls) = Validities.Of(from);
        frame.Set(Target, new FixedColumn<long>(DataType.Time, frame.Rows, result, bits, nulls));
    }
}
