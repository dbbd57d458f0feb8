using DuckDB.NET.Data;

namespace Chunnel.Gates.Parquet;

/// <summary>DuckDB in process, as yardstick and as second opinion.</summary>
internal sealed class Duck : IDisposable
{
    public Duck(int threads)
    {
        Connection = new DuckDBConnection("DataSource=:memory:");
        Connection.Open();
        Run($"set threads = {threads}");
    }

    public DuckDBConnection Connection { get; }

    public void Run(string sql)
    {
        using var command = Command(sql);
        command.ExecuteNonQuery();
    }

    public object? Value(string sql)
    {
        using var command = Command(sql);
        return command.ExecuteScalar();
    }

    public void Dispose() => Connection.Dispose();

    public DuckDBCommand Command(string sql)
    {
        var command = Connection.CreateCommand();
        command.CommandText = sql;
        return command;
    }
}
