using Chunnel.Core;
using Chunnel.Plugins;
using Chunnel.TestKit;

namespace Chunnel.Connectors.Jdbc.Tests;

/// <summary>A sink into a table of its own.</summary>
public abstract class JdbcSinkKeepsTheContract(string more) : SinkContract, IAsyncLifetime
{
    private Db? _db;

    protected override SinkPlugin Plugin => new JdbcSinkPlugin();

    protected override SettingsObject Settings => _db!.Settings(more.Replace("DATABASE", _db.Name, StringComparison.Ordinal));

    protected override async ValueTask<IReadOnlyList<string>> VisibleAsync() => await _db!.RowsAsync("select id, encode(convert_to(name, 'UTF8'), 'hex'), n from t");

    protected override string Show(BoxedRow row) => $"{row[0]}|{(row[1] is string text ? Convert.ToHexStringLower(System.Text.Encoding.UTF8.GetBytes(text)) : "")}|{row[2]}";

    public async ValueTask InitializeAsync() => _db = await Db.OpenAsync("create table t(id bigint, name text, n int)");

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_db is not null) await _db.DisposeAsync();
    }
}

/// <summary>Plain inserts.</summary>
public sealed class JdbcInsertsKeepTheContract() : JdbcSinkKeepsTheContract(""" "generate_sink_sql": true, "database": "DATABASE", "table": "public.t" """);

/// <summary>Plain inserts that are kept to be tried again.</summary>
public sealed class JdbcRetriedInsertsKeepTheContract() : JdbcSinkKeepsTheContract(""" "generate_sink_sql": true, "database": "DATABASE", "table": "public.t", "max_retries": 2, "batch_size": 70 """);

/// <summary>Two-phase transactions.</summary>
public sealed class JdbcExactlyOnceKeepsTheContract() : JdbcSinkKeepsTheContract(
    """ "generate_sink_sql": true, "database": "DATABASE", "table": "public.t", "is_exactly_once": true, "xa_data_source_class_name": "org.postgresql.xa.PGXADataSource" """);

/// <summary>The job's own INSERT, in bulk.</summary>
public sealed class JdbcInsertQueryKeepsTheContract() : JdbcSinkKeepsTheContract(""" "query": "insert into public.t (id, name, n) values (?, ?, ?)" """);

/// <summary>The job's own statement, a row at a time.</summary>
public sealed class JdbcStatementKeepsTheContract() : JdbcSinkKeepsTheContract(""" "query": "insert into public.t (id, name, n) select ?, ?, ?" """);
