using System.Runtime.CompilerServices;
using Chunnel.Core;

namespace Chunnel.Connectors.Jdbc;

/// <summary>Times of day: microseconds, 24:00 included.</summary>
internal sealed unsafe class PgTimeEncoder(Strictness strictness) : PgEncoder
{
    private const int FieldBytes = HeadBytes + sizeof(long);

    public override void Encode(Column column, in PgRows rows, TextLane lane, in PgPlace place)
    {
        var nanos = ((FixedColumn<long>)column).Values;
        lane.Begin(rows.Count, rows.Count * FieldBytes);
        var to = lane.Bytes;
        for (var i = 0; i < rows.Count; i++)
        {
            var row = rows[i];
            if (column.IsNull(row))
            {
                Unsafe.WriteUnaligned(to, NullHead);
                to += HeadBytes;
            }
            else
            {
                var (micros, rest) = Math.DivRem(nanos[row], PgFixed.NanosPerMicro);
                if (rest != 0) PgTimestampEncoder.Lose(strictness, row, place);
                Put(to, sizeof(long));
                Put(to + HeadBytes, micros);
                to += FieldBytes;
            }
            lane.Ends[i + 1] = (int)(to - lane.Bytes);
        }
    }
}

/// <summary>Timestamps with and without zone: microseconds since 2000; the infinities stay the ends of the range.</summary>
internal sealed unsafe class PgTimestampEncoder(Strictness strictness) : PgEncoder
{
    /// <summary>24 November of 4714 before our era, from 2000 on; at the other end PostgreSQL reaches farther than the engine.</summary>
    private const long LeastMicros = -211_813_488_000_000_000;
    private const int FieldBytes = HeadBytes + sizeof(long);

    public override void Encode(Column column, in PgRows rows, TextLane lane, in PgPlace place)
    {
        var moments = (TimestampColumn)column;
        var micros = moments.Micros;
        var nanos = moments.Nanos;
        var validity = column.Validity;
        lane.Begin(rows.Count, rows.Count * FieldBytes);
        var start = lane.Bytes;
        var ends = lane.Ends;
        var to = start;
        for (var i = 0; i < rows.Count; i++)
        {
            var row = rows[i];
            if ((validity.IsEmpty || Bits.Get(validity, row)) && TryWire(micros[row], row, place, out var wire))
            {
                if (!nanos.IsEmpty && nanos[row] != 0) Lose(strictness, row, place);
                Put(to, sizeof(long));
                Put(to + HeadBytes, wire);
                to += FieldBytes;
            }
            else
            {
                Unsafe.WriteUnaligned(to, NullHead);
                to += HeadBytes;
            }
            ends[i + 1] = (int)(to - start);
        }
    }

    /// <summary>Nanoseconds have no place: they are cut off, counted, or a reason to fail.</summary>
    public static void Lose(Strictness strictness, int row, in PgPlace place)
    {
        if (strictness.PrecisionLoss == PrecisionLoss.Fail) throw place.Wrong("PostgreSQL keeps microseconds, and the value has nanoseconds", "Cut them off with a transform, or set precision_loss = \"warn\".", row);
        strictness.Rounded++;
    }

    private bool TryWire(long micros, int row, in PgPlace place, out long wire)
    {
        wire = micros;
        if (micros is TimestampColumn.PositiveInfinity or TimestampColumn.NegativeInfinity) return true;
        if (micros >= LeastMicros + PgFixed.MicrosTo2000)
        {
            wire = micros - PgFixed.MicrosTo2000;
            return true;
        }
        if (strictness.OutOfRange == OutOfRange.Fail) throw place.Wrong($"{JavaTime.TimestampToText(micros)} has no place in PostgreSQL, which begins in 4714 BC", "Set out_of_range = \"clamp\" or \"null\".", row);
        strictness.Changed++;
        wire = LeastMicros;
        return strictness.OutOfRange == OutOfRange.Clamp;
    }
}
