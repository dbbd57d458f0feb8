using Chunnel.Core;
using Chunnel.Plugins;
using Chunnel.TestKit;

namespace Chunnel.Connectors.Jdbc.Tests;

/// <summary>A source of some thousand rows on a table of its own.</summary>
public abstract class JdbcSourceKeepsTheContract(string more, long rows) : SourceContract, IAsyncLifetime
{
    private Db? _db;

    protected override SourcePlugin Plugin => new JdbcSourcePlugin();

    protected override long? ExpectedRows => rows;

    protected override SettingsObject Settings => _db!.Settings(more);

    protected override SettingsObject? SettingsWithoutRows => _db!.Settings(more.Replace("orders", "none", StringComparison.Ordinal));

    public async ValueTask InitializeAsync() => _db = await Db.OpenAsync("""
        create table orders(id int primary key, name text, amount numeric(12, 2), code uuid, at timestamptz);
        insert into orders select g, case when g % 7 > 0 then 'name ' || g end, g / 3.0, md5(g::text)::uuid, timestamptz '2024-01-01Z' + g * interval '1 minute' from generate_series(1, 20000) g;
        create table none(like orders including all);
        analyze;
        """);

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_db is not null) await _db.DisposeAsync();
    }
}

/// <summary>A table by the splits of its key.</summary>
public sealed class JdbcTableKeepsTheContract() : JdbcSourceKeepsTheContract(""" "table_path": "public.orders", "split.size": 3000 """, 20_000);

/// <summary>A query in one piece, without any key.</summary>
public sealed class JdbcQueryKeepsTheContract() : JdbcSourceKeepsTheContract(""" "query": "select id, name, amount from orders" """, 20_000);

/// <summary>A query in fixed splits.</summary>
public sealed class JdbcFixedSplitsKeepTheContract() : JdbcSourceKeepsTheContract(""" "query": "select id, name from orders", "partition_column": "id", "partition_num": 4 """, 20_000);
