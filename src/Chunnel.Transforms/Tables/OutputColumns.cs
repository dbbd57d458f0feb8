using Chunnel.Core;
using Chunnel.Plugins;

namespace Chunnel.Transforms.Tables;

/// <summary>Columns that a transform makes: in the place of those that have their names, others at the end (spec transforms.md 1.3).</summary>
internal sealed class OutputColumns
{
    private readonly int[] _places;
    private readonly bool[] _isMade;

    /// <exception cref="ProblemsException">Two of the columns have one name.</exception>
    public OutputColumns(TableSchema table, IReadOnlyList<ColumnDef> made, TextPosition where)
    {
        Projections.RefuseTwice(table, made.Select(column => column.Name), where);
        var columns = table.Columns.ToList();
        _places = new int[made.Count];
        for (var i = 0; i < made.Count; i++)
        {
            _places[i] = table.IndexOf(made[i].Name);
            if (_places[i] >= 0)
            {
                columns[_places[i]] = made[i];
                continue;
            }
            _places[i] = columns.Count;
            columns.Add(made[i]);
        }
        Made = made;
        Table = table.WithColumns(columns);
        _isMade = new bool[columns.Count];
        foreach (var place in _places) _isMade[place] = true;
    }

    public IReadOnlyList<ColumnDef> Made { get; }

    /// <summary>What each of the columns is made of.</summary>
    public IReadOnlyList<ColumnOrigin> Origins { get; init; } = [];

    /// <summary>The table with the columns.</summary>
    public TableSchema Table { get; }

    /// <summary>What the table is made of: its own columns, and those made.</summary>
    public TableLineage LineageOf(TableSchema input)
    {
        var origins = Table.Columns.Select(column => ColumnOrigin.Of(column.Name, column.Name)).ToArray();
        for (var i = 0; i < _places.Length; i++) origins[_places[i]] = i < Origins.Count ? Origins[i] : ColumnOrigin.Untold;
        return new TableLineage { Input = input.TableId, Output = Table, Columns = origins };
    }

    /// <summary>The columns of the table for a batch: those made, whose holds are taken over, and the batch's own, held once more.</summary>
    public Column[] Combine(ColumnBatch batch, Column[] made) => Combine(batch.ColumnCount, made, column =>
    {
        batch[column].Retain();
        return batch[column];
    });

    /// <summary>The columns of the table for chosen rows of a batch, and those made for them, whose holds are taken over.</summary>
    public Column[] Combine(ColumnBatch batch, int[] rows, Column[] made) => Combine(batch.ColumnCount, made, column => batch[column].Take(rows, batch.Memory));

    private Column[] Combine(int count, Column[] made, Func<int, Column> own)
    {
        var columns = new Column[_isMade.Length];
        for (var i = 0; i < count; i++)
        {
            if (!_isMade[i]) columns[i] = own(i);
        }
        for (var i = 0; i < made.Length; i++) columns[_places[i]] = made[i];
        return columns;
    }
}
