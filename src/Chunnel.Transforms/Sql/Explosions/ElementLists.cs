using Chunnel.Core;
using Chunnel.Transforms.Sql.Operations;

namespace Chunnel.Transforms.Sql.Explosions;

/// <summary>The arrays of one view while rows are exploded: a place that goes through the elements of a row, and the elements chosen so far.</summary>
internal sealed class ElementLists(bool outer, int rowsOut)
{
    private readonly int[] _chosen = new int[rowsOut];
    private readonly ulong[] _found = new ulong[Bits.Words(rowsOut)];
    private ListColumn _lists = null!;
    private int _row;
    private int _element;

    public void Begin(ListColumn lists)
    {
        _lists = lists;
        _found.AsSpan().Clear();
    }

    /// <summary>Goes to the first element of a row; false when it has none and does not stay without.</summary>
    public bool Enter(int row)
    {
        _row = row;
        _element = (_lists.IsNull(row) ? End : _lists.Offsets[row]) - 1;
        return Next() || outer;
    }

    /// <summary>Goes to the row's next element.</summary>
    public bool Next()
    {
        if (_lists.IsNull(_row)) return false;
        do _element++;
        while (!outer && _element < End && _lists.Elements.IsNull(_element));
        return _element < End;
    }

    /// <summary>Goes back to the row's first element.</summary>
    public void Again() => Enter(_row);

    /// <summary>Chooses the element for a row that comes out.</summary>
    public void Put(int rowOut)
    {
        var has = !_lists.IsNull(_row) && _element < End && !_lists.Elements.IsNull(_element);
        _chosen[rowOut] = has ? _element : 0;
        Bits.Put(_found, rowOut, has);
    }

    /// <summary>The chosen elements as a column of so many rows.</summary>
    public Column Take(int rows, BatchMemory memory)
    {
        var found = _found.AsSpan(0, Bits.Words(rows));
        if (found.Length > 0) found[^1] &= Bits.LastMask(rows);
        return Reframe.Chosen(_lists.Elements, _chosen.AsSpan(0, rows), found, memory);
    }

    private int End => _lists.Offsets[_row + 1];
}
