using Chunnel.Core;
using Chunnel.Transforms.Sql.Kernels.Selections;
using Chunnel.Transforms.Sql.Operations.Rows;
using Chunnel.Transforms.Sql.Programs;

namespace Chunnel.Transforms.Sql.Functions.Times;

/// <summary>
/// Instants in a zone: a local timestamp is the zone's own time, an instant is shown at the zone's offset. A time that the zone's clocks pass
/// twice is the first of both, one that they leave out counts on from before the gap, as in Java.
/// </summary>
internal sealed class AtZone(Emission made, TimeZoneInfo zone) : TimestampRows(made)
{
    private static readonly long Least = -62_135_596_800 * CivilTime.MicrosPerSecond;
    private static readonly long Most = 253_402_300_799 * CivilTime.MicrosPerSecond;

    protected override void Fill(Frame frame, ReadOnlySpan<ulong> rows, TimestampBuilder to)
    {
        var from = (TimestampColumn)Made.Operands[0].Of(frame);
        var micros = from.Micros;
        var nanos = from.Nanos;
        var local = from.Type.Kind == TypeKind.Timestamp;
        foreach (var row in new SetBits(rows))
        {
            if (micros[row] is TimestampColumn.PositiveInfinity or TimestampColumn.NegativeInfinity)
            {
                Put(to, row, micros[row], 0);
                continue;
            }
            var offset = OffsetOf(micros[row], local);
            Put(to, row, micros[row] - (local ? offset * CivilTime.MicrosPerMinute : 0), nanos.IsEmpty ? (short)0 : nanos[row]);
            if (offset != 0) to.OffsetMinutes[row] = offset;
        }
    }

    private short OffsetOf(long micros, bool local)
    {
        var ticks = Math.Clamp(micros, Least, Most) * 10 + DateTime.UnixEpoch.Ticks;
        if (!local) return Minutes(zone.GetUtcOffset(new DateTime(ticks, DateTimeKind.Utc)));
        var time = new DateTime(ticks, DateTimeKind.Unspecified);
        return Minutes(zone.IsAmbiguousTime(time) ? zone.GetAmbiguousTimeOffsets(time).Max() : zone.GetUtcOffset(time));
    }

    private static short Minutes(TimeSpan offset) => (short)offset.TotalMinutes;
}

/// <summary>What the clocks show at an instant's own offset.</summary>
internal sealed class LocalTime(Emission made) : TimestampRows(made)
{
    protected override void Fill(Frame frame, ReadOnlySpan<ulong> rows, TimestampBuilder to)
    {
        var from = (TimestampColumn)Made.Operands[0].Of(frame);
        var micros = from.Micros;
        var nanos = from.Nanos;
        var offsets = from.OffsetMinutes;
        foreach (var row in new SetBits(rows))
        {
            var infinite = micros[row] is TimestampColumn.PositiveInfinity or TimestampColumn.NegativeInfinity;
            Put(to, row, infinite || offsets.IsEmpty ? micros[row] : micros[row] + offsets[row] * CivilTime.MicrosPerMinute, nanos.IsEmpty ? (short)0 : nanos[row]);
        }
    }
}

/// <summary>A time of day on a date.</summary>
internal sealed class OnDate(Emission made) : TimestampRows(made)
{
    protected override void Fill(Frame frame, ReadOnlySpan<ulong> rows, TimestampBuilder to)
    {
        var times = ((FixedColumn<long>)Made.Operands[0].Of(frame)).Values;
        var dates = ((FixedColumn<int>)Made.Operands[1].Of(frame)).Values;
        foreach (var row in new SetBits(rows)) Put(to, row, dates[row] * CivilTime.MicrosPerDay + times[row] / 1000, (short)(times[row] % 1000));
    }
}
