using Chunnel.Core;

namespace Chunnel.Transforms.Tables;

/// <summary>Projections by name. A name that the table does not have is reported with all others.</summary>
internal static class Projections
{
    /// <summary>The table and copies of columns: a name that exists is overwritten in place, others come at the end (spec transforms.md 1.3).</summary>
    public static Projection WithCopies(TableSchema table, IReadOnlyList<KeyValuePair<string, string>> copies, string transform, TextPosition where)
    {
        RequireAll(table, copies.Select(copy => copy.Value), transform, where, oneByOne: true);
        var columns = table.Columns.ToList();
        var sources = Enumerable.Range(0, columns.Count).ToList();
        foreach (var (name, existing) in copies)
        {
            var source = table.IndexOf(existing);
            var column = table.Columns[source] with { Name = name };
            var place = columns.FindIndex(known => known.Name == name);
            if (place >= 0)
            {
                (columns[place], sources[place]) = (column, source);
            }
            else
            {
                columns.Add(column);
                sources.Add(source);
            }
        }
        return new Projection(table.WithColumns(columns), sources);
    }

    /// <summary>Some columns under new names, in the order given. A key survives when its columns keep their names.</summary>
    public static Projection Mapped(TableSchema table, IReadOnlyList<KeyValuePair<string, string>> names, string transform, TextPosition where)
    {
        RequireAll(table, names.Select(name => name.Key), transform, where);
        RefuseTwice(table, names.Select(name => name.Value), where);
        return Of(table, names.Select(name => (table.IndexOf(name.Key), name.Value)));
    }

    /// <summary>All columns, and the keys with them, under the names that a rule gives.</summary>
    public static Projection Renamed(TableSchema table, Func<string, string> rename, TextPosition where)
    {
        RefuseTwice(table, table.Columns.Select(column => rename(column.Name)), where);
        var output = new TableSchema(table.Path, [.. table.Columns.Select(column => column with { Name = rename(column.Name) })])
        {
            PrimaryKey = table.PrimaryKey is { } key ? key with { Columns = [.. key.Columns.Select(rename)] } : null,
            ConstraintKeys = [.. table.ConstraintKeys.Select(constraint => constraint with { Columns = [.. constraint.Columns.Select(column => column with { Name = rename(column.Name) })] })],
            PartitionKeys = [.. table.PartitionKeys.Select(rename)],
            Options = table.Options,
            Comment = table.Comment,
            CatalogName = table.CatalogName,
        };
        return new Projection(output, [.. Enumerable.Range(0, table.Columns.Count)], rename);
    }

    /// <summary>The same rows under another path.</summary>
    public static Projection Moved(TableSchema table, TablePath path) => new(table.WithPath(path), [.. Enumerable.Range(0, table.Columns.Count)]);

    /// <summary>The named columns, in the order given.</summary>
    public static Projection Including(TableSchema table, IReadOnlyList<string> names, string transform, TextPosition where) =>
        Mapped(table, [.. names.Select(name => new KeyValuePair<string, string>(name, name))], transform, where);

    /// <summary>All but the named columns.</summary>
    public static Projection Excluding(TableSchema table, IReadOnlyList<string> names, string transform, TextPosition where)
    {
        RequireAll(table, names, transform, where);
        return Of(table, table.Columns.Select((column, index) => (index, column.Name)).Where(column => !names.Contains(column.Name)));
    }

    private static Projection Of(TableSchema table, IEnumerable<(int Source, string Name)> columns)
    {
        var chosen = columns.ToList();
        var output = table.WithColumns([.. chosen.Select(column => table.Columns[column.Source] with { Name = column.Name })]);
        return new Projection(output, [.. chosen.Select(column => column.Source)]);
    }

    /// <summary>Refuses columns that hold no strings.</summary>
    public static void RequireStrings(TableSchema table, IEnumerable<string> names, string transform, TextPosition where)
    {
        var wrong = names.Select(name => table.Columns[table.IndexOf(name)]).Where(column => column.Type.Kind != TypeKind.String)
            .Select(column => new Problem(CommonErrors.UnsupportedType(transform, column.Type.ToString(), column.Name), $"The column '{column.Name}' of table {table.TableId} holds no strings.")
            {
                Where = where, Mend = "CAST it to STRING in a Sql transform before.",
            }).ToList();
        if (wrong.Count > 0) throw new ProblemsException(wrong);
    }

    /// <summary>Refuses two columns of one name.</summary>
    public static void RefuseTwice(TableSchema table, IEnumerable<string> names, TextPosition where)
    {
        var twice = names.GroupBy(name => name).FirstOrDefault(group => group.Count() > 1)?.Key;
        if (twice is null) return;
        throw new ProblemsException([new Problem(CommonErrors.IllegalArgument, $"Table {table.TableId} field {twice} duplicate")
        {
            Where = where, Mend = "Give each column another name.",
        }]);
    }

    /// <summary>Refuses names that the table does not have.</summary>
    public static void RequireAll(TableSchema table, IEnumerable<string> names, string transform, TextPosition where, bool oneByOne = false)
    {
        var missing = names.Where(name => table.IndexOf(name) < 0).Distinct().ToList();
        if (missing.Count == 0) return;
        var code = missing.Count == 1 && oneByOne ? TransformErrors.FieldNotFound(missing[0], transform) : TransformErrors.FieldsNotFound(missing, transform);
        var known = table.Columns.Select(column => column.Name).ToList();
        throw new ProblemsException([new Problem(code, $"Table {table.TableId} has the columns {string.Join(", ", known)}.")
        {
            Where = where, Mend = missing.Select(name => Nearest.DidYouMean(name, known)).OfType<string>().FirstOrDefault(),
        }]);
    }
}
