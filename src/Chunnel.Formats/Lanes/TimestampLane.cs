using Chunnel.Core;

namespace Chunnel.Formats;

/// <summary>Local timestamps as <c>2024-01-31 10:15:30</c>, or with a T and the digits of the second that count, between quotes if so asked.</summary>
/// <param name="between">A blank or a T.</param>
/// <param name="hasFraction">Whether digits of the second are written at all.</param>
/// <param name="quote">Around each value; 0 for nothing.</param>
/// <param name="format">For what is not between the years 0 and 9999.</param>
/// <param name="nullText">What a null is written as.</param>
internal sealed unsafe class TimestampLane(byte between, bool hasFraction, byte quote, TextFormat format, byte[] nullText) : LaneWriter(nullText)
{
    private const int MostBytes = JavaTime.MostBytes + 2;
    private const long LeastMicros = -62_135_596_800_000_000; // 0001-01-01
    private const long MostMicros = 253_402_300_799_999_999; // 9999-12-31 23:59:59.999999

    private readonly ByteWriter _unusual = new(256);

    public override void Write(in LaneRows rows, TextLane lane)
    {
        lane.Begin(rows.Rows, rows.Rows * Math.Max(MostBytes, NullText.Length));
        var column = (TimestampColumn)rows.Column;
        var values = column.Micros;
        var nanos = column.Nanos;
        var validity = column.Validity;
        var to = lane.Bytes;
        long day = 0;
        var date = FastFormat.DateText(0);
        for (var i = 0; i < rows.Rows; i++)
        {
            var row = rows[i];
            if (!validity.IsEmpty && !Bits.Get(validity, row))
            {
                to = FastFormat.Put(to, NullText);
            }
            else
            {
                var micros = values[row];
                if (quote != 0) *to++ = quote;
                if (micros is < LeastMicros or > MostMicros)
                {
                    to = PutUnusual(to, column, row);
                }
                else
                {
                    var seconds = Math.DivRem(micros - LeastMicros, CivilTime.MicrosPerSecond, out var fraction);
                    var days = Math.DivRem(seconds, 86_400, out var second);
                    if (days != day)
                    {
                        day = days;
                        date = FastFormat.DateText((int)days);
                    }
                    to = FastFormat.PutDateAndTime(to, date, between, (int)second);
                    if (hasFraction) to = FastFormat.PutFraction(to, (int)fraction * 1000 + (nanos.IsEmpty ? 0 : nanos[row]));
                }
                if (quote != 0) *to++ = quote;
            }
            lane.Ends[i + 1] = (int)(to - lane.Bytes);
        }
    }

    private byte* PutUnusual(byte* to, TimestampColumn column, int row)
    {
        _unusual.Clear();
        ValueText.AppendTimestamp(_unusual, column.Micros[row], column.Nanos.IsEmpty ? 0 : column.Nanos[row], format);
        return FastFormat.Put(to, _unusual.Written);
    }
}
