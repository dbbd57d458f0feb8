using Chunnel.Core;

namespace Chunnel.Formats;

/// <summary>Doubles in Java's layout.</summary>
internal sealed unsafe class DoubleLane(byte[] nullText) : LaneWriter(nullText)
{
    public override void Write(in LaneRows rows, TextLane lane)
    {
        lane.Begin(rows.Rows, rows.Rows * Math.Max(JavaDouble.MostBytes, NullText.Length));
        var values = ((FixedColumn<double>)rows.Column).Values;
        var validity = rows.Column.Validity;
        var to = lane.Bytes;
        for (var i = 0; i < rows.Rows; i++)
        {
            var row = rows[i];
            to = validity.IsEmpty || Bits.Get(validity, row) ? FastFormat.Put(to, values[row]) : FastFormat.Put(to, NullText);
            lane.Ends[i + 1] = (int)(to - lane.Bytes);
        }
    }
}
