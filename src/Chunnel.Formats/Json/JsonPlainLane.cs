using Chunnel.Core;

namespace Chunnel.Formats;

/// <summary>Any type as JSON, value by value.</summary>
internal sealed class JsonPlainLane() : LaneWriter("null"u8.ToArray())
{
    private readonly ByteWriter _texts = new(4096);
    private int[] _ends = [];

    public override void Write(in LaneRows rows, TextLane lane)
    {
        _texts.Clear();
        if (_ends.Length < rows.Rows) _ends = new int[rows.Rows];
        for (var i = 0; i < rows.Rows; i++)
        {
            JsonText.Append(_texts, rows.Column, rows[i]);
            _ends[i] = _texts.Length;
        }
        lane.Copy(_texts.Written, _ends.AsSpan(0, rows.Rows));
    }
}
