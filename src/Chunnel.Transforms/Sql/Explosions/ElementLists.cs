using Chunnel.Core;
using Chunnel.Transforms.Sql.Operations.Columns;

namespace Chunnel.Transforms.Sql.Explosions;

/// <summary>
/// The arrays of one view while rows are exploded: a place that goes through the elements of a row, and the elements chosen so far. Of a view over
/// another one's elements, these are its rows.
/// </summary>
internal sealed class ElementLists(ExplodedView view, int rowsOut)
{
    private readonly int[] _chosen = new int[rowsOut];
    private readonly ulong[] _found = new ulong[Bits.Words(rowsOut)];
    private readonly RowColumn[] _around = new RowColumn[view.Fields.Count];
    private ListColumn _lists = null!;
    private int _row;
    private int _element;
    private bool _hasList;

    public int Holder => view.Holder;

    /// <summary>What is gone through.</summary>
    public Column Elements => _lists.Elements;

    /// <summary>The element that the place is at; -1 where it is at none or at a null.</summary>
    public int Element => _hasList && _element < End && !_lists.Elements.IsNull(_element) ? _element : -1;

    /// <param name="rows">The arrays, or rows that they are in.</param>
    public void Begin(Column rows)
    {
        for (var i = 0; i < _around.Length; i++)
        {
            _around[i] = (RowColumn)rows;
            rows = _around[i].Fields[view.Fields[i]];
        }
        _lists = (ListColumn)rows;
        _found.AsSpan().Clear();
    }

    /// <summary>Goes to the first element of a row, or of none for -1; false when it has none and does not stay without.</summary>
    public bool Enter(int row)
    {
        _row = row;
        _hasList = HasList(row);
        if (_hasList) _element = _lists.Offsets[row] - 1;
        return Next() || view.Syntax.Outer;
    }

    /// <summary>Goes to the row's next element.</summary>
    public bool Next()
    {
        if (!_hasList) return false;
        do _element++;
        while (!view.Syntax.Outer && _element < End && _lists.Elements.IsNull(_element));
        return _element < End;
    }

    /// <summary>Chooses the element for a row that comes out.</summary>
    public void Put(int rowOut)
    {
        var element = Element;
        _chosen[rowOut] = Math.Max(element, 0);
        Bits.Put(_found, rowOut, element >= 0);
    }

    /// <summary>The chosen elements as a column of so many rows.</summary>
    public Column Take(int rows, BatchMemory memory)
    {
        var found = _found.AsSpan(0, Bits.Words(rows));
        if (found.Length > 0) found[^1] &= Bits.LastMask(rows);
        return Reframe.Chosen(_lists.Elements, _chosen.AsSpan(0, rows), found, memory);
    }

    private int End => _lists.Offsets[_row + 1];

    private bool HasList(int row)
    {
        if (row < 0) return false;
        foreach (var around in _around)
        {
            if (around.IsNull(row)) return false;
        }
        return !_lists.IsNull(row);
    }
}
