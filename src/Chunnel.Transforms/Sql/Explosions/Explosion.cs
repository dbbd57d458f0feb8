using Chunnel.Core;
using Chunnel.Plugins;
using Chunnel.Transforms.Sql.Typing;
using Chunnel.Transforms.Tables;

namespace Chunnel.Transforms.Sql.Explosions;

/// <summary>
/// LATERAL VIEW EXPLODE: each row becomes one for each element of its array, or of each combination of elements when there are several
/// arrays, the first of which turns slowest. Null elements are left out; with OUTER they and rows without elements stay, as null. An array may
/// lie in the elements of an earlier one: then it is another one for each of them.
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
    public static Explosion Of(TableSchema output, IReadOnlyList<OutputItem> items, IReadOnlyList<ExplodedView> views)
    {
        var computed = 0;
        var sources = items.Select(item => item.View >= 0 ? -1 - item.View : computed++).ToArray();
        return new Explosion(output, sources, [.. views.Select(view => new ElementLists(view, RowsOut))], computed);
    }

    /// <summary>Takes the batch over and hands on the rows that come out of it.</summary>
    public async ValueTask ApplyAsync(ColumnBatch batch, ITransformOutput output, CancellationToken stop)
    {
        using (batch)
        {
            Begin(batch);
            for (var i = 0; i < batch.Selected; i++)
            {
                var row = batch.RowAt(i);
                if (!EnterRow(row)) continue;
                do
                {
                    if (_rows == RowsOut) await output.EmitAsync(TakeBatch(batch), stop);
                    Put(row);
                }
                while (Step(row));
            }
            if (_rows > 0) await output.EmitAsync(TakeBatch(batch), stop);
        }
    }

    private void Begin(ColumnBatch batch)
    {
        var computed = _firstList;
        foreach (var list in _lists) list.Begin(list.Holder < 0 ? batch[computed++] : _lists[list.Holder].Elements);
        _rows = 0;
    }

    /// <summary>Goes to a row's first combination; false when an array leaves it none.</summary>
    private bool EnterRow(int row)
    {
        // One of the row's own arrays without elements leaves none, however many the others have.
        for (var view = 1; view < _lists.Length; view++)
        {
            if (_lists[view].Holder < 0 && !_lists[view].Enter(row)) return false;
        }
        return Enter(0, row);
    }

    /// <summary>Goes to the next combination: the last array first, as a counter's last wheel; false behind the last one.</summary>
    private bool Step(int row)
    {
        var view = StepBack(_lists.Length);
        return view >= 0 && Enter(view + 1, row);
    }

    /// <summary>Goes to the first elements from a view on; where one has none, the views before it go on.</summary>
    private bool Enter(int view, int row)
    {
        while (view < _lists.Length)
        {
            var list = _lists[view];
            if (!list.Enter(list.Holder < 0 ? row : _lists[list.Holder].Element)) view = StepBack(view);
            if (view < 0) return false;
            view++;
        }
        return true;
    }

    /// <summary>The last view before one that has another element, which it goes to; -1 when none has.</summary>
    private int StepBack(int view)
    {
        do view--;
        while (view >= 0 && !_lists[view].Next());
        return view;
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
