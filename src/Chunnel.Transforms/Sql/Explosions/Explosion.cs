using Chunnel.Core;
using Chunnel.Plugins;
using Chunnel.Transforms.Sql.Operations;
using Chunnel.Transforms.Sql.Typing;
using Chunnel.Transforms.Tables;

namespace Chunnel.Transforms.Sql.Explosions;

/// <summary>
/// LATERAL VIEW EXPLODE: each row becomes one for each element of its array, or of each combination of elements when there are several
/// arrays, the first of which turns slowest. Null elements are left out; with OUTER they and rows without elements stay, as null.
/// </summary>
internal sealed class Explosion
{
    /// <summary>Rows of a batch that comes out.</summary>
    private const int RowsOut = ColumnBatch.AimRows;

    private readonly TableSchema _output;
    private readonly int[] _sources;
    private readonly ElementLists[] _lists;
    private readonly int _firstList;
    private readonly int[] _parents = new int[RowsOut];
    private int _rows;

    private Explosion(TableSchema output, int[] sources, ElementLists[] lists, int firstList)
    {
        _output = output;
        _sources = sources;
        _lists = lists;
        _firstList = firstList;
    }

    public TableSchema Output => _output;

    /// <summary>The explosion of batches that hold the computed items, and behind them the arrays.</summary>
    public static Explosion Of(TableSchema output, IReadOnlyList<OutputItem> items, bool[] outer)
    {
        var computed = 0;
        var sources = items.Select(item => item.View >= 0 ? -1 - item.View : computed++).ToArray();
        return new Explosion(output, sources, [.. outer.Select(keeps => new ElementLists(keeps, RowsOut))], computed);
    }

    /// <summary>Takes the batch over and hands on the rows that come out of it.</summary>
    public async ValueTask ApplyAsync(ColumnBatch batch, ITransformOutput output, CancellationToken stop)
    {
        using (batch)
        {
            for (var view = 0; view < _lists.Length; view++) _lists[view].Begin((ListColumn)batch[_firstList + view]);
            _rows = 0;
            for (var i = 0; i < batch.Selected; i++)
            {
                var row = batch.RowAt(i);
                if (!EnterRow(row)) continue;
                do
                {
                    if (_rows == RowsOut) await output.EmitAsync(TakeBatch(batch), stop);
                    Put(row);
                }
                while (Step());
            }
            if (_rows > 0) await output.EmitAsync(TakeBatch(batch), stop);
        }
    }

    /// <summary>Goes to a row's first combination; false when an array leaves it none.</summary>
    private bool EnterRow(int row)
    {
        var any = true;
        foreach (var list in _lists) any &= list.Enter(row);
        return any;
    }

    /// <summary>Goes to the next combination: the last array first, as a counter's last wheel; false behind the last one.</summary>
    private bool Step()
    {
        for (var view = _lists.Length - 1; view >= 0; view--)
        {
            if (_lists[view].Next()) return true;
            _lists[view].Again();
        }
        return false;
    }

    private void Put(int row)
    {
        _parents[_rows] = row;
        foreach (var list in _lists) list.Put(_rows);
        _rows++;
    }

    private ColumnBatch TakeBatch(ColumnBatch from)
    {
        var rows = _rows;
        _rows = 0;
        var parents = _parents.AsSpan(0, rows);
        var columns = new Column[_sources.Length];
        for (var i = 0; i < columns.Length; i++) columns[i] = _sources[i] >= 0 ? from[_sources[i]].Take(parents, from.Memory) : _lists[-1 - _sources[i]].Take(rows, from.Memory);
        return new ColumnBatch(_output, rows, columns, default, rows, KindBuffers.Take(from, parents), from.Memory) { FirstRow = from.FirstRow };
    }
}
