namespace Chunnel.Config.Variables;

/// <summary>Placeholders that belong to the sinks: they are filled per table, never from the command line (spec config.md 3.1, 8.1).</summary>
public static class ReservedNames
{
    private static readonly HashSet<string> Names =
    [
        "database_name", "schema_name", "schema_full_name", "table_name", "table_full_name",
        "primary_key", "unique_key", "field_names", "comment", "partition_keys",
    ];

    public static bool Contains(string name) => Names.Contains(name);
}
