using System.Text;
using Chunnel.Core;
using Chunnel.Transforms.Sql.Operations.Columns;
using Chunnel.Transforms.Sql.Programs;

namespace Chunnel.Transforms.Sql.Operations.Nested;

/// <summary>The value of a text key in a map: null where the map is null or has no such key. Of equal keys the last counts.</summary>
internal sealed class MapLookup(Operand map, string key) : Operation
{
    private readonly byte[] _key = Encoding.UTF8.GetBytes(key);
    private int[] _pairs = [];
    private ulong[] _found = [];

    public override void Run(Frame frame)
    {
        var from = (MapColumn)map.Of(frame);
        if (_pairs.Length < frame.Rows) (_pairs, _found) = (new int[frame.Rows], new ulong[frame.Words]);
        var found = _found.AsSpan(0, frame.Words);
        found.Clear();
        var keys = (TextColumn)from.Keys;
        var offsets = from.Offsets;
        for (var row = 0; row < frame.Rows; row++)
        {
            _pairs[row] = 0;
            if (from.IsNull(row)) continue;
            for (var pair = offsets[row + 1] - 1; pair >= offsets[row]; pair--)
            {
                if (!keys[pair].SequenceEqual(_key)) continue;
                if (from.Values.IsNull(pair)) break;
                _pairs[row] = pair;
                Bits.Set(found, row);
                break;
            }
        }
        frame.Set(Target, Reframe.Chosen(from.Values, _pairs.AsSpan(0, frame.Rows), found, frame.Memory));
    }
}
