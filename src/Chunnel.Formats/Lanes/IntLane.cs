using System.Numerics;
using Chunnel.Core;

namespace Chunnel.Formats;

/// <summary>Whole numbers.</summary>
internal sealed unsafe class IntLane<T>(byte[] nullText) : LaneWriter(nullText) where T : unmanaged, IBinaryInteger<T>
{
    public override void Write(in LaneRows rows, TextLane lane)
    {
        lane.Begin(rows.Rows, rows.Rows * Math.Max(IntText.MostBytes, NullText.Length));
        var values = ((FixedColumn<T>)rows.Column).Values;
        var validity = rows.Column.Validity;
        var to = lane.Bytes;
        for (var i = 0; i < rows.Rows; i++)
        {
            var row = rows[i];
            to = validity.IsEmpty || Bits.Get(validity, row) ? FastFormat.Put(to, long.CreateTruncating(values[row])) : FastFormat.Put(to, NullText);
            lane.Ends[i + 1] = (int)(to - lane.Bytes);
        }
    }
}
