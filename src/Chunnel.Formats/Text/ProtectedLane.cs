using Chunnel.Core;

namespace Chunnel.Formats;

/// <summary>Another lane's texts, with quotes round those that need them: lists, vectors, and whatever holds the delimiter.</summary>
internal sealed unsafe class ProtectedLane(LaneWriter inner, DelimitedText text, string column) : LaneWriter(text.NullText)
{
    private readonly TextLane _bare = new();

    public override void Write(in LaneRows rows, TextLane lane)
    {
        inner.Write(rows, lane);
        if (text.FirstSpecial(new ReadOnlySpan<byte>(lane.Bytes + lane.Ends[0], lane.Length)) < 0) return;
        _bare.Copy(new ReadOnlySpan<byte>(lane.Bytes, lane.Ends[rows.Rows]), new ReadOnlySpan<int>(lane.Ends + 1, rows.Rows));
        lane.Begin(rows.Rows, DelimitedText.Room(rows.Rows, _bare.Length));
        var to = lane.Bytes;
        for (var i = 0; i < rows.Rows; i++)
        {
            var bare = _bare[i];
            if (rows.Column.IsNull(rows[i]) || text.FirstSpecial(bare) < 0 || !text.NeedsProtection(bare))
            {
                to = FastFormat.Put(to, bare);
            }
            else
            {
                var written = text.Protect(bare, new Span<byte>(to, DelimitedText.Room(1, bare.Length)));
                if (written < 0) throw new UnwritableValueException(column, i, RowFaults.Show(bare));
                to += written;
            }
            lane.Ends[i + 1] = (int)(to - lane.Bytes);
        }
    }
}
