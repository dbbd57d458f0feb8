using System.Globalization;
using Chunnel.TestKit;

namespace Chunnel.JobTests;

/// <summary>Numbered rows in a table of PostgreSQL. The table that is written has no key, so that a doubled row shows; it is written in two phases.</summary>
/// <param name="database">Where the table is.</param>
/// <param name="table">Its name.</param>
/// <param name="port">Where jobs meet the server, if not at its own port.</param>
/// <param name="more">Further options of the block.</param>
/// <param name="check">What the table that is written asks of its rows.</param>
internal sealed class PostgresEnd(PostgresDatabase database, string table, int? port = null, string more = "", string check = "") : INumberedSource, INumberedTarget
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string Connection => $$"""
        url = "jdbc:postgresql://127.0.0.1:{{(port ?? database.Port).ToString(CultureInfo.InvariantCulture)}}/{{database.Name}}", driver = "org.postgresql.Driver", user = "{{PostgresServer.User}}", password = "{{PostgresServer.Password}}", {{more}}
        """;

    string INumberedTarget.Block => $$"""
        sink { Jdbc { {{Connection}}
          query = "insert into {{table}} (id, name) values (?, ?)", is_exactly_once = true, xa_data_source_class_name = "org.postgresql.xa.PGXADataSource" } }
        """;

    public string Block(int parallelism) => $$"""
        source { Jdbc { {{Connection}}
          table_path = "{{database.Name}}.public.{{table}}" } }
        """;

    public Task FillAsync(int rows) => database.RunAsync($"""
        create table if not exists {table} (id bigint primary key, name text not null);
        truncate {table};
        insert into {table} select id, 'name ' || id from generate_series(0, {(rows - 1).ToString(CultureInfo.InvariantCulture)}) id;
        analyze {table};
        """, Stop);

    public Task EmptyAsync() => database.RunAsync($"set lock_timeout = '20s'; create table if not exists {table} (id bigint {check}, name text); truncate {table}", Stop);

    public async Task<IReadOnlyDictionary<long, int>> SeenAsync() => NumberedRows.Count(await database.RowsAsync($"select id || ',' || name from {table}", Stop));

    public Task<IReadOnlyList<string>> LeftBehindAsync() => database.RowsAsync("select gid from pg_prepared_xacts where database = current_database()", Stop);
}
