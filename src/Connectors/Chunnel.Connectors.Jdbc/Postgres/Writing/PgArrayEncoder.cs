using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Chunnel.Core;

namespace Chunnel.Connectors.Jdbc;

/// <summary>Arrays of one dimension: the elements of all rows are encoded as a column of their own, then put behind the heads of their arrays.</summary>
internal sealed unsafe class PgArrayEncoder(PgEncoder element, uint elementOid) : PgEncoder
{
    /// <summary>Dimensions, a flag for nulls, the element's type; then size and lower bound.</summary>
    private const int EmptyBytes = 12;
    private const int FullBytes = 20;

    private readonly TextLane _elements = new();

    public override void Encode(Column column, in PgRows rows, TextLane lane, in PgPlace place)
    {
        var list = (ListColumn)column;
        var offsets = list.Offsets;
        // All elements up to the last row's: those before the first row's cost a little and keep the numbers as they are.
        element.Encode(list.Elements, new PgRows([], offsets[^1]), _elements, place);
        Weave(list, offsets, rows, lane);
    }

    private void Weave(ListColumn list, ReadOnlySpan<int> offsets, in PgRows rows, TextLane lane)
    {
        lane.Begin(rows.Count, checked(rows.Count * (HeadBytes + FullBytes) + _elements.Length));
        var to = lane.Bytes;
        for (var i = 0; i < rows.Count; i++)
        {
            var row = rows[i];
            if (list.IsNull(row))
            {
                Unsafe.WriteUnaligned(to, NullHead);
                to += HeadBytes;
            }
            else
            {
                var (from, until) = (_elements.Ends[offsets[row]], _elements.Ends[offsets[row + 1]]);
                var count = offsets[row + 1] - offsets[row];
                var head = count == 0 ? EmptyBytes : FullBytes;
                Put(to, head + until - from);
                to += HeadBytes;
                Put(to, count == 0 ? 0 : 1);
                Put(to + 4, list.Elements.HasNulls ? 1 : 0);
                BinaryPrimitives.WriteUInt32BigEndian(new Span<byte>(to + 8, sizeof(uint)), elementOid);
                if (count > 0)
                {
                    Put(to + EmptyBytes, count);
                    Put(to + EmptyBytes + 4, 1);
                }
                to += head;
                new ReadOnlySpan<byte>(_elements.Bytes + from, until - from).CopyTo(new Span<byte>(to, until - from));
                to += until - from;
            }
            lane.Ends[i + 1] = (int)(to - lane.Bytes);
        }
    }
}
