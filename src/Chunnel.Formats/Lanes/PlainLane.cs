using Chunnel.Core;

namespace Chunnel.Formats;

/// <summary>Any type: the plain twin of the other lanes.</summary>
internal sealed class PlainLane(TextFormat format, byte[] nullText) : LaneWriter(nullText)
{
    private readonly TextFormat _format = format with { Null = nullText };
    private readonly ByteWriter _texts = new(4096);
    private int[] _ends = [];

    public override void Write(in LaneRows rows, TextLane lane)
    {
        _texts.Clear();
        if (_ends.Length < rows.Rows) _ends = new int[rows.Rows];
        ColumnText.Render(rows.Column, rows.Selection, rows.Rows, _format, _texts, _ends);
        lane.Copy(_texts.Written, _ends.AsSpan(0, rows.Rows));
    }
}
