namespace Chunnel.Core;

/// <summary>
/// Fills a sink's <c>${table_name}</c> and its kin for one table (spec config.md 8.1): in top-level strings, and in one-element lists that
/// are exactly one of the placeholders for a list of columns, which become that list.
/// </summary>
public static class TablePlaceholders
{
    private const string PrimaryKeyName = "primary_key";
    private const string UniqueKeyName = "unique_key";
    private const string FieldNamesName = "field_names";

    /// <summary>The settings with everything filled in that the table can tell; keys to keep are left as they are.</summary>
    public static SettingsObject Apply(SettingsObject settings, TableSchema table, IReadOnlyList<string> keysToKeep)
    {
        var entries = settings.Entries.Select(entry => keysToKeep.Contains(entry.Key, StringComparer.Ordinal)
            ? entry
            : entry with { Value = Fill(entry.Value, table) });
        return settings with { Entries = [.. entries] };
    }

    private static SettingsNode Fill(SettingsNode value, TableSchema table) => value switch
    {
        SettingsScalar { Kind: ScalarKind.Text } text => text with { Text = Placeholders.Replace(text.Text, (name, fallback) => ValueOf(name, fallback, table)) },
        SettingsList { Items: [SettingsScalar { Kind: ScalarKind.Text } only] } list when ColumnsOf(only.Text, table) is { } columns =>
            list with { Items = [.. columns.Select(column => only with { Text = column })] },
        _ => value,
    };

    private static string? ValueOf(string name, string? fallback, TableSchema table) => name switch
    {
        "database_name" => OrElse(table.Path.Database, fallback),
        "schema_name" => OrElse(table.Path.Schema, fallback),
        "table_name" => OrElse(table.Path.Table, fallback),
        "schema_full_name" => OrElse(Join(table.Path.Database, table.Path.Schema), fallback),
        "table_full_name" => OrElse(table.TableId, fallback),
        "comment" => OrElse(table.Comment, fallback),
        "partition_keys" => OrElse(string.Join(',', table.PartitionKeys), fallback),
        PrimaryKeyName or UniqueKeyName or FieldNamesName => Columns(name, table) is { } columns ? string.Join(',', columns) : fallback,
        _ => null,
    };

    /// <summary>The list behind a text that is exactly <c>${primary_key}</c>, <c>${unique_key}</c> or <c>${field_names}</c>.</summary>
    private static IReadOnlyList<string>? ColumnsOf(string text, TableSchema table) =>
        text.StartsWith("${", StringComparison.Ordinal) && text.EndsWith('}') ? Columns(text[2..^1], table) : null;

    /// <summary>Null when the table has no such key: the placeholder stays.</summary>
    private static IReadOnlyList<string>? Columns(string name, TableSchema table) => name switch
    {
        PrimaryKeyName => table.PrimaryKey?.Columns,
        UniqueKeyName => table.ConstraintKeys.FirstOrDefault(key => key.Kind == ConstraintKind.UniqueKey)?.Columns.Select(column => column.Name).ToList(),
        FieldNamesName => [.. table.Columns.Select(column => column.Name)],
        _ => null,
    };

    private static string OrElse(string? value, string? fallback) => string.IsNullOrEmpty(value) ? fallback ?? "" : value;

    private static string Join(string? database, string? schema) =>
        string.Join('.', new[] { database, schema }.Where(part => !string.IsNullOrEmpty(part)));
}
