using Chunnel.Core;

namespace Chunnel.Connectors.Jdbc;

/// <summary>The statements that create a table as the one that comes in: columns, keys, comments.</summary>
internal static class PgCreateTable
{
    public static IEnumerable<string> Statements(JdbcSinkSettings settings, TableSchema table, IReadOnlyList<string> types)
    {
        var target = PgText.Quote(settings.Target);
        var keys = settings.Keys.Count > 0 ? settings.Keys : [.. (table.PrimaryKey?.Columns ?? []).Select(settings.Cased)];
        var lines = table.Columns.Zip(types, (column, type) =>
            $"{PgText.Quote(settings.Cased(column.Name))} {type}{(column.Nullable && !keys.Contains(settings.Cased(column.Name)) ? "" : " not null")}").ToList();
        if (settings.CreateIndex)
        {
            if (keys.Count > 0) lines.Add($"primary key ({PgText.Names(keys)})");
            var unique = table.ConstraintKeys.Where(key => key.Kind == ConstraintKind.UniqueKey).Select(key => key.Columns.Select(column => settings.Cased(column.Name)).ToList()).Where(columns => !columns.SequenceEqual(keys));
            lines.AddRange(unique.Select(columns => $"unique ({PgText.Names(columns)})"));
        }
        yield return $"create table {target} (\n  {string.Join(",\n  ", lines)}\n)";
        if (settings.CreateIndex)
        {
            foreach (var index in table.ConstraintKeys.Where(key => key.Kind == ConstraintKind.IndexKey))
            {
                yield return $"create index on {target} ({string.Join(", ", index.Columns.Select(column => PgText.Quote(settings.Cased(column.Name)) + (column.Descending ? " desc" : "")))})";
            }
        }
        if (table.Comment is { Length: > 0 } comment) yield return $"comment on table {target} is {PgText.Literal(comment)}";
        foreach (var column in table.Columns)
        {
            if (column.Comment is { Length: > 0 } said) yield return $"comment on column {target}.{PgText.Quote(settings.Cased(column.Name))} is {PgText.Literal(said)}";
        }
    }
}
