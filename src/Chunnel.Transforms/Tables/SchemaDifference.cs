using Chunnel.Core;

namespace Chunnel.Transforms.Tables;

/// <summary>What changed between two states of a table that comes out of a transform.</summary>
internal static class SchemaDifference
{
    /// <summary>The change as those behind the transform see it; null when they see none.</summary>
    /// <param name="cause">The change of the table that comes in: a renamed column stays a renamed column.</param>
    /// <param name="before">What came out before.</param>
    /// <param name="after">What comes out from now on.</param>
    public static SchemaChange? Between(SchemaChange cause, TableSchema before, TableSchema after)
    {
        var changes = new List<SchemaChange>();
        var renamed = Renamed(cause, before, after);
        if (renamed is not null) changes.Add(renamed);
        changes.AddRange(before.Columns
            .Where(column => after.IndexOf(column.Name) < 0 && column.Name != renamed?.OldName)
            .Select(column => new DropColumn(after.Path, column.Name)));
        for (var i = 0; i < after.Columns.Count; i++)
        {
            var column = after.Columns[i];
            if (column.Name == renamed?.Column.Name) continue;
            var old = before.IndexOf(column.Name);
            if (old < 0) changes.Add(new AddColumn(after.Path, column, PlaceOf(after, i)));
            else if (before.Columns[old] != column) changes.Add(new ModifyColumn(after.Path, column, new ColumnPlace()));
        }
        return changes.Count switch
        {
            0 => null,
            1 => changes[0] with { After = after },
            _ => new UpdateColumns(after.Path, changes) { After = after },
        };
    }

    private static ChangeColumn? Renamed(SchemaChange cause, TableSchema before, TableSchema after) => cause switch
    {
        ChangeColumn change when change.OldName != change.Column.Name && before.IndexOf(change.OldName) >= 0
            && after.IndexOf(change.OldName) < 0 && before.IndexOf(change.Column.Name) < 0 && after.IndexOf(change.Column.Name) is >= 0 and var place
            => new ChangeColumn(after.Path, change.OldName, after.Columns[place], new ColumnPlace()),
        UpdateColumns many => many.Changes.Select(change => Renamed(change, before, after)).FirstOrDefault(change => change is not null),
        _ => null,
    };

    private static ColumnPlace PlaceOf(TableSchema table, int column) => column == 0 ? new ColumnPlace(First: true) : new ColumnPlace(AfterColumn: table.Columns[column - 1].Name);
}
