namespace Chunnel.Connectors.Jdbc;

/// <summary>The query of a split: its columns, its rows, and their order where it matters.</summary>
internal static class SplitQuery
{
    public static string Of(JdbcTable table, JdbcSplit split, Dialect dialect, IDatabase database)
    {
        var conditions = new List<string>();
        if (table.Condition is { } all) conditions.Add($"({all})");
        if (table.SplitColumn is { } column) conditions.AddRange(ConditionsOf(split.Part, dialect.Quote(column.Name), dialect, database));
        var key = string.Join(", ", table.Key.Select(dialect.Quote));
        if (split is { ByKey: true, After: { } after }) conditions.Add($"({key}) > ({string.Join(", ", after.Select(dialect.Literal))})");
        return $"select {table.Columns} from {table.From}{Where(conditions)}{(split.ByKey ? $" order by {key}" : "")}";
    }

    public static string Where(IReadOnlyCollection<string> conditions) => conditions.Count == 0 ? "" : " where " + string.Join(" and ", conditions);

    private static IEnumerable<string> ConditionsOf(SplitPart part, string column, Dialect dialect, IDatabase database)
    {
        if (part.IsNull) yield return $"{column} is null";
        if (part.HashParts > 0) yield return database.HashCondition(column, part.HashPart, part.HashParts);
        if (part.Lower is { } lower) yield return $"{column} >= {dialect.Literal(lower)}";
        if (part.Upper is { } upper) yield return $"{column} {(part.UpperIsIn ? "<=" : "<")} {dialect.Literal(upper)}";
    }
}
