using DuckDB.NET.Data;

namespace Chunnel.Bench.Sql;

/// <summary>DuckDB on one thread, with rows of the same kind in a table of its own. It takes the greatest of each result, so that it computes all and hands over little.</summary>
internal sealed class SqlDuck : IDisposable
{
    private const int Rows = 2_000_000;

    private readonly DuckDBConnection _connection = new("DataSource=:memory:");
    private readonly Report _report;

    public SqlDuck(Report report)
    {
        _report = report;
        _connection.Open();
        Run("set threads = 1");
        Run("select setseed(0.25)");
        Run($"""
            create table t as select i as id, (random() * 1000)::int as n, random() * 10000 as price,
                case when random() < 0.02 then 'x' else substring(md5(i::varchar), 1, 12) end as name, (random() * 1000)::int as a, (random() * 1000)::int as b,
                timestamp '2021-01-01' + interval 1 second * (random() * 365 * 86400)::int as ts
            from range({Rows}) as r(i)
            """);
    }

    public void Measure(string query) => _report.Measure($"DuckDB, one thread: `{query}`", Rows, () => Run(query), warmUps: 2);

    public void Dispose() => _connection.Dispose();

    private void Run(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteScalar();
    }
}
