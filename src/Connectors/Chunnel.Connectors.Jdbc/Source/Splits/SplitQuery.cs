using Chunnel.Core;

namespace Chunnel.Connectors.Jdbc;

/// <summary>The query of a split: its columns, its rows, and their order where it matters.</summary>
internal sealed record SplitQuery
{
    /// <summary>As they stand behind <c>select</c>.</summary>
    public required string Columns { get; init; }

    /// <summary>As it stands behind <c>from</c>.</summary>
    public required string From { get; init; }

    /// <summary>What all rows meet.</summary>
    public required IReadOnlyList<string> Conditions { get; init; }

    /// <summary>The columns whose order the rows come in; null where that is the server's choice.</summary>
    public string? Order { get; init; }

    /// <summary>The table in the catalog whose rows these are, all of them and in any order; null where they are others.</summary>
    public TablePath? WholeTable { get; init; }

    public string Sql => $"select {Columns} from {From}{Where(Conditions)}{(Order is null ? "" : $" order by {Order}")}";

    public static SplitQuery Of(JdbcTable table, JdbcSplit split, Dialect dialect, IDatabase database)
    {
        var conditions = new List<string>();
        if (table.Condition is { } all) conditions.Add($"({all})");
        if (table.SplitColumn is { } column) conditions.AddRange(ConditionsOf(split.Part, dialect.Quote(column.Name), dialect, database));
        var key = string.Join(", ", table.Key.Select(dialect.Quote));
        if (split is { ByKey: true, After: { } after }) conditions.Add($"({key}) > ({string.Join(", ", after.Select(dialect.Literal))})");
        return new SplitQuery
        {
            Columns = table.Columns,
            From = table.From,
            Conditions = conditions,
            Order = split.ByKey ? key : null,
            WholeTable = conditions.Count == 0 && !split.ByKey ? table.Whole : null,
        };
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
