using Chunnel.Core;

namespace Chunnel.Connectors.Jdbc;

/// <summary>Names and texts as PostgreSQL's SQL writes them; connections keep standard_conforming_strings on.</summary>
internal static class PgText
{
    public static string Quote(string name) => "\"" + name.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";

    public static string Literal(string text) => "'" + text.Replace("'", "''", StringComparison.Ordinal) + "'";

    /// <summary>Schema and table, quoted.</summary>
    public static string Quote(TablePath path) => path.Schema is { Length: > 0 } schema ? $"{Quote(schema)}.{Quote(path.Table)}" : Quote(path.Table);

    public static string Names(IEnumerable<string> names) => string.Join(", ", names.Select(Quote));
}
