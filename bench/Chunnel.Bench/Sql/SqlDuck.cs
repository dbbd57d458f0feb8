using DuckDB.NET.Data;

namespace Chunnel.Bench.Sql;

/// <summary>DuckDB on one thread, with rows of the same kind in a table of its own. It takes the greatest of each result, so that it computes all and hands over little.</summary>
internal sealed class SqlDuck : IDisposable
{
    private readonly DuckDBConnection _connection = new("DataSource=:memory:");

    public SqlDuck(int rows)
    {
        _connection.Open();
        Run("set threads = 1");
        Run("select setseed(0.25)");
        Run($$"""
            create table t as select i as id, (random() * 1000)::int as n, random() * 10000 as price,
                case when random() < 0.02 then 'x' else substring(md5(i::varchar), 1, 12) end as name, (random() * 1000)::int as a, (random() * 1000)::int as b,
                timestamp '2021-01-01' + interval 1 second * (random() * 365 * 86400)::int as ts,
                '{"order":' || (i * 7919 % 1000000) || ',"user":{"id":' || (i % 10000) || ',"name":"Joy Ding","city":"Town ' || (i % 100) || '","tags":["new","north"]},"items":[{"sku":"A-' || (i % 1000) || '","count":3,"price":12.5},{"sku":"B-' || (i % 997) || '","count":1,"price":7.25}],"note":"leave it with the neighbour","paid":true,"total":' || (i % 100000) / 100.0 || '}' as doc
            from range({{rows}}) as r(i)
            """);
    }

    public void Dispose() => _connection.Dispose();

    public void Run(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteScalar();
    }
}
