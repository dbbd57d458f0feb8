using Chunnel.Core;

namespace Chunnel.Transforms.Tables;

/// <summary>What changed between two states of a table that comes out of a transform.</summary>
internal static class SchemaDifference
{
    /// <summary>The change as those behind the transform see it; null when they see none.</summary>
    /// <param name="cause">The change of the table that comes in: a renamed column stays a renamed column.</param>
    /// <param name="old">The transform as it was.</param>
    /// <param name="made">The transform from now on.</param>
    public static SchemaChange? Between(SchemaChange cause, ITableTransform old, ITableTransform made)
    {
        var (before, after) = (old.Output, made.Output);
        var changes = new List<SchemaChange>();
        if (before.Path != after.Path) changes.Add(new RenameTable(before.Path, after.Path));
        var renamed = Renamed(cause, old, made);
        if (renamed is not null) changes.Add(renamed);
        changes.AddRange(before.Columns
            .Where(column => after.IndexOf(column.Name) < 0 && column.Name != renamed?.OldName)
            .Select(column => new DropColumn(after.Path, column.Name)));
        for (var i = 0; i < after.Columns.Count; i++)
        {
            var column = after.Columns[i];
            if (column.Name == renamed?.Column.Name) continue;
            var was = before.IndexOf(column.Name);
            if (was < 0) changes.Add(new AddColumn(after.Path, column, PlaceOf(after, i)));
            else if (before.Columns[was] != column) changes.Add(new ModifyColumn(after.Path, column, new ColumnPlace()));
        }
        return changes.Count switch
        {
            0 => null,
            1 => changes[0] with { After = after },
            _ => new UpdateColumns(after.Path, changes) { After = after },
        };
    }

    private static ChangeColumn? Renamed(SchemaChange cause, ITableTransform old, ITableTransform made)
    {
        if (cause is UpdateColumns many) return many.Changes.Select(change => Renamed(change, old, made)).FirstOrDefault(change => change is not null);
        if (cause is not ChangeColumn change) return null;
        var (before, after) = (old.Output, made.Output);
        var (oldName, name) = (old.NameOut(change.OldName), made.NameOut(change.Column.Name));
        var isRenamed = oldName != name && before.IndexOf(oldName) >= 0 && after.IndexOf(oldName) < 0 && before.IndexOf(name) < 0;
        return isRenamed && after.IndexOf(name) is >= 0 and var place ? new ChangeColumn(after.Path, oldName, after.Columns[place], new ColumnPlace()) : null;
    }

    private static ColumnPlace PlaceOf(TableSchema table, int column) => column == 0 ? new ColumnPlace(First: true) : new ColumnPlace(AfterColumn: table.Columns[column - 1].Name);
}
