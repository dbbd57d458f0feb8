using Chunnel.Core;

namespace Chunnel.Formats;

/// <summary>Doubles; what JSON has no number for stands in quotes.</summary>
internal sealed unsafe class JsonDoubleLane() : LaneWriter("null"u8.ToArray())
{
    public override void Write(in LaneRows rows, TextLane lane)
    {
        lane.Begin(rows.Rows, rows.Rows * (JavaDouble.MostBytes + 2));
        var values = ((FixedColumn<double>)rows.Column).Values;
        var validity = rows.Column.Validity;
        var to = lane.Bytes;
        for (var i = 0; i < rows.Rows; i++)
        {
            var row = rows[i];
            if (!validity.IsEmpty && !Bits.Get(validity, row))
            {
                to = FastFormat.Put(to, NullText);
            }
            else if (double.IsFinite(values[row]))
            {
                to = FastFormat.Put(to, values[row]);
            }
            else
            {
                *to++ = (byte)'"';
                to = FastFormat.Put(to, values[row]);
                *to++ = (byte)'"';
            }
            lane.Ends[i + 1] = (int)(to - lane.Bytes);
        }
    }
}
