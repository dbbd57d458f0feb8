using Chunnel.Core;

namespace Chunnel.Connectors.Fake;

/// <summary>What the table that comes must be: keys, columns, path. Only what a rule names is compared.</summary>
internal sealed record TableRule
{
    private PrimaryKey? PrimaryKey { get; init; }

    private IReadOnlyList<ConstraintKey>? ConstraintKeys { get; init; }

    private IReadOnlyList<SettingsObject>? Columns { get; init; }

    private string? Catalog { get; init; }

    private string? Path { get; init; }

    public static TableRule Read(SettingsObject settings)
    {
        var identifier = settings.Find("table_identifier_rule") is { } table ? SettingsConvert.ToObject("table_identifier_rule", table.Value) : null;
        var rule = new TableRule
        {
            PrimaryKey = settings.Find("primary_key_rule") is { } key ? ReadPrimaryKey(SettingsConvert.ToObject("primary_key_rule", key.Value)) : null,
            ConstraintKeys = settings.Find("constraint_key_rule") is { } keys ? [.. SettingsConvert.ToObjectList("constraint_key_rule", keys.Value).Select(ReadConstraint)] : null,
            Columns = settings.Find("column_rule") is { } columns ? SettingsConvert.ToObjectList("column_rule", columns.Value) : null,
            Catalog = identifier?.Find("catalog_name") is { } catalog ? SettingsConvert.ToText(catalog.Value) : null,
            Path = identifier?.Find("table") is { } path ? SettingsConvert.ToText(path.Value) : null,
        };
        foreach (var column in rule.Columns ?? []) RuleReading.Text(column, "name", "column_rule");
        return rule;
    }

    /// <exception cref="ChunnelException">The table is not as told.</exception>
    public void Check(TableSchema table)
    {
        if (Path is not null) MustBe("tableIdentifier table", table.TableId, Path);
        if (Catalog is not null) MustBe("tableIdentifier catalogName", table.CatalogName, Catalog);
        if (PrimaryKey is not null) CheckPrimaryKey(table, PrimaryKey);
        if (ConstraintKeys is not null) CheckConstraints(table, ConstraintKeys);
        if (Columns is not null) CheckColumns(table, Columns);
    }

    private static void CheckPrimaryKey(TableSchema table, PrimaryKey expected)
    {
        if (table.PrimaryKey is not { } actual)
        {
            throw Failed($"primaryKey: the table '{table.TableId}' has none, expected [{string.Join(", ", expected.Columns)}]");
        }
        MustBe("primaryKey name", actual.Name, expected.Name);
        MustBe("primaryKey columns", Listed(actual.Columns), Listed(expected.Columns));
    }

    private static void CheckConstraints(TableSchema table, IReadOnlyList<ConstraintKey> expected) =>
        MustBe("constraintKeys", Listed(table.ConstraintKeys.Select(Show).Order(StringComparer.Ordinal)), Listed(expected.Select(Show).Order(StringComparer.Ordinal)));

    private static void CheckColumns(TableSchema table, IReadOnlyList<SettingsObject> expected)
    {
        var actual = Listed(table.Columns.Select(Show));
        var asked = Listed(expected.Select(column => SettingsJson.Compact(column)));
        if (table.Columns.Count != expected.Count) throw Failed($"columns: {actual} is not equal to {asked}");
        for (var i = 0; i < expected.Count; i++)
        {
            if (Differs(table.Columns[i], expected[i]) is { } what) throw Failed($"columns: {actual} is not equal to {asked}: {what} of column {i + 1} differs");
        }
    }

    /// <summary>The first property that is named and differs.</summary>
    private static string? Differs(ColumnDef column, SettingsObject expected)
    {
        if (column.Name != RuleReading.Text(expected, "name", "column_rule")) return "name";
        if (expected.Find("type") is { } type && !SameType(column, type.Value)) return "type";
        if (expected.Find("column_length") is { } length && SettingsConvert.ToInt64("column_length", length.Value) is > 0 and var count && column.Length != count) return "column_length";
        if (expected.Find("nullable") is { } nullable && column.Nullable != SettingsConvert.ToBoolean("nullable", nullable.Value)) return "nullable";
        if (expected.Find("default_value") is { } value && column.Default != SettingsConvert.ToText(value.Value)) return "default_value";
        return expected.Find("comment") is { } comment && (column.Comment ?? "") != SettingsConvert.ToText(comment.Value) ? "comment" : null;
    }

    private static bool SameType(ColumnDef column, SettingsNode type) =>
        TypeText.Parse(type is SettingsObject ? SettingsJson.Compact(type) : SettingsConvert.ToText(type), column.Name, type.Where, (column.Type as VectorType)?.Dimension ?? 0) == column.Type;

    private static PrimaryKey ReadPrimaryKey(SettingsObject rule)
    {
        var columns = rule.Find("primary_key_columns") ?? throw RuleReading.Wrong(rule, "primary_key_rule has no primary_key_columns.", "List the columns of the key.");
        return new PrimaryKey(RuleReading.Text(rule, "primary_key_name", "primary_key_rule"), SettingsConvert.ToTextList("primary_key_columns", columns.Value));
    }

    private static ConstraintKey ReadConstraint(SettingsObject rule)
    {
        var columns = rule.Find("constraint_key_columns") ?? throw RuleReading.Wrong(rule, "constraint_key_rule has no constraint_key_columns.", "List the columns of the key.");
        var kind = RuleReading.Text(rule, "constraint_key_type", "constraint_key_rule").ToUpperInvariant();
        return new ConstraintKey(
            RuleReading.Text(rule, "constraint_key_name", "constraint_key_rule"),
            kind == "KEY" ? ConstraintKind.IndexKey : SettingsConvert.ToEnum<ConstraintKind>("constraint_key_type", rule.Find("constraint_key_type")!.Value),
            [.. SettingsConvert.ToObjectList("constraint_key_columns", columns.Value).Select(column => new ConstraintColumn(
                RuleReading.Text(column, "constraint_key_column_name", "constraint_key_columns"),
                column.Find("constraint_key_sort_type") is { } sort && SettingsConvert.ToChoice("constraint_key_sort_type", sort.Value, ["ASC", "DESC"]) == "DESC"))]);
    }

    private static string Show(ConstraintKey key) =>
        $"{key.Name} {EnumNames.Of(key.Kind)}({string.Join(", ", key.Columns.Select(column => $"{column.Name} {(column.Descending ? "DESC" : "ASC")}"))})";

    private static string Show(ColumnDef column) =>
        $"{{name={column.Name}, type={column.Type.ToSeaTunnelText()}, column_length={column.Length?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "null"}, nullable={(column.Nullable ? "true" : "false")}, default_value={column.Default ?? "null"}, comment={column.Comment ?? "null"}}}";

    private static string Listed(IEnumerable<string> texts) => $"[{string.Join(", ", texts)}]";

    private static void MustBe(string what, string actual, string expected)
    {
        if (actual != expected) throw Failed($"{what}: {actual} is not equal to {expected}");
    }

    private static ChunnelException Failed(string what) => new(AssertErrors.CatalogTableFailed, what);
}
