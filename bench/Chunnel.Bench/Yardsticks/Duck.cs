using DuckDB.NET.Data;

namespace Chunnel.Bench;

/// <summary>DuckDB doing the same work.</summary>
internal static class Duck
{
    private const string Columns = "{'id': 'BIGINT', 'n': 'INTEGER', 'price': 'DOUBLE', 'name': 'VARCHAR', 'ts': 'TIMESTAMP'}";

    /// <summary>The statement that turns one file into another; types are given, so that nothing is guessed.</summary>
    /// <param name="from">csv, json or parquet.</param>
    /// <param name="input">The file.</param>
    /// <param name="query">Columns and condition, with <c>orders</c> for the file; null for everything.</param>
    /// <param name="to">csv, json or parquet.</param>
    /// <param name="output">The file to write.</param>
    public static string Copy(string from, string input, string? query, string to, string output)
    {
        var options = to switch { "csv" => "FORMAT csv, HEADER false", "json" => "FORMAT json", _ => "FORMAT parquet, COMPRESSION snappy" };
        return $"copy (with orders as (from {Scan(from, input)}) {query ?? "from orders"}) to '{output}' ({options})";
    }

    public static string Scan(string format, string file) => format switch
    {
        "csv" => $"read_csv('{file}', auto_detect = false, header = false, delim = ',', quote = '\"', escape = '\"', columns = {Columns})",
        "json" => $"read_json('{file}', format = 'newline_delimited', columns = {Columns})",
        _ => $"read_parquet('{file}')",
    };

    public static object? Run(string threads, string sql)
    {
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"set threads = {threads}; {sql}";
        return command.ExecuteScalar();
    }
}
