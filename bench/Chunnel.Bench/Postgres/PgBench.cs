using System.Globalization;
using Chunnel.TestKit;

namespace Chunnel.Bench.Postgres;

/// <summary>Rows from and into a real PostgreSQL on this machine, beside psql's COPY in a pipe, in turn within one run.</summary>
internal sealed class PgBench(OrderFiles files, BenchFolders folders, int runs) : IBench
{
    private const string Ours = "chunnel run";
    private const string OursOnNode = "a job on a node that runs";
    private const string OursChecked = "chunnel run, a checkpoint every second";
    private const string Psql = "psql to psql, binary COPY";
    private const string Database = "bench";
    private const double LeastWithCheckpoints = 0.9;
    private const int MostNanosOfOurs = 150;
    private const int MostMiB = 128;
    private const string Columns = "id bigint, n int, price float8, name text, ts timestamp";

    public string Name => "pg";

    private static CancellationToken Stop => CancellationToken.None;

    /// <summary>31 columns, a fifth as many rows.</summary>
    private int WideRows => Math.Max(1, files.Rows / 5);

    public async Task<ResultPage> RunAsync()
    {
        var page = new ResultPage(Name, string.Create(CultureInfo.InvariantCulture, $"PostgreSQL 15 on the same machine, fsync off; {files.Rows:N0} rows of five columns and {WideRows:N0} rows of 31. {runs} runs of each, in turn. Rates count rows by time on the wall, from the start of the process to its end; on a node that runs, from submitting the job to its end, the same node for all of them, whose memory holds all else that a node does. Processor time is that of the clients; the servers' comes on top for all alike.\nDuckDB has no reader of PostgreSQL without an extension from the network: it stands in a pipe with psql, csv between them."))
        {
            WhenMissed = "While rows flow, the process of the target's server is at work or waits for one of the two cores all the time, with psql as with us: it is the end that counts. `chunnel run` includes the start of its process (start.md): a job between two databases takes some 0.25 s before its first row, most of it the runtime's own loading of types, where psql takes 0.02 s; the same job on a node that runs shows what the rows themselves cost. Next: what the start needs from the database, asked for while the rest is still being loaded. What receiving costs is measured alone: `./build.sh gates pg-copy`.",
        };
        if (PostgresServer.Missing is { } missing)
        {
            page.Say($"Not measured: {missing}");
            return page;
        }
        await using var server = await PostgresServer.StartAsync(Stop, "shared_buffers=1GB", "max_wal_size=16GB", "log_min_messages=fatal");
        await using var database = await server.DatabaseAsync(Stop, Database);
        await FillAsync(database);
        await using var node = await NodeProcess.StartAsync(folders);
        foreach (var task in Tasks(database, node)) await MeasureAsync(task, database, page);
        return page;
    }

    private async Task FillAsync(PostgresDatabase database)
    {
        var wide = string.Join(", ", Enumerable.Range(1, 6).Select(i => $"i{i} int, b{i} bigint, d{i} float8, t{i} text, s{i} timestamp"));
        var values = string.Join(", ", Enumerable.Range(1, 6).Select(i => $"g % 1000{i}, g * {i}::bigint, g / {i}.5, 'text {i} of ' || g, timestamp '2024-01-01' + g * interval '{i} second'"));
        await database.RunAsync($"""
            create table orders({Columns}); create table orders_to({Columns}); create table orders_keyed({Columns}, primary key (id));
            create table wide(id bigint, {wide}); create table wide_to(like wide);
            \copy orders from '{files.Csv}' with (format csv)
            insert into wide select g, {values} from generate_series(1, {WideRows.ToString(CultureInfo.InvariantCulture)}) g;
            vacuum analyze;
            """, Stop);
    }

    private IEnumerable<PgTask> Tasks(PostgresDatabase database, NodeProcess node)
    {
        foreach (var (name, rows, from, to, more) in new[]
        {
            ("5 columns", files.Rows, "orders", "orders_to", ""),
            ("5 columns, target with a key", files.Rows, "orders", "orders_keyed", ", primary_keys = [\"id\"]"),
            ("31 columns", WideRows, "wide", "wide_to", ""),
        })
        {
            yield return new($"PostgreSQL to PostgreSQL, {name}", rows, to,
            [
                (Ours, folder => Job(folder, PgJob.TableToTable(database.Url, PostgresServer.Password, from, to, more))),
                (OursOnNode, _ => node.RunAsync(PgJob.TableToTable(database.Url, PostgresServer.Password, from, to, more))),
                (Psql, _ => Pipe(database, from, to)),
                (OursChecked, folder => Job(folder, PgJob.TableToTable(database.Url, PostgresServer.Password, from, to, more, checkpointMillis: 1000))),
            ]);
        }
        yield return new("PostgreSQL to csv", files.Rows, null,
        [
            (Ours, folder => Job(folder, PgJob.TableToCsv(database.Url, PostgresServer.Password, "orders", folder))),
            ("psql, COPY to csv", folder => Shell(database, $"{Client(database)} -c \"\\copy orders to '{folder}/out.csv' with (format csv)\"")),
            ("psql, COPY, into DuckDB", folder => Shell(database, $"{Client(database)} -c 'copy orders to stdout with (format csv)' | {Duck2(Duck.Copy("csv", "/dev/stdin", null, "csv", $"{folder}/out.csv"))}")),
        ]);
        yield return new("csv to PostgreSQL", files.Rows, "orders_to",
        [
            (Ours, folder => Job(folder, PgJob.CsvToTable(database.Url, PostgresServer.Password, files.Csv, "orders_to"))),
            ("psql, COPY from csv", _ => Shell(database, $"{Client(database)} -c \"\\copy orders_to from '{files.Csv}' with (format csv)\"")),
            ("DuckDB, into psql, COPY", _ => Shell(database, $"{Duck2(Duck.Copy("csv", files.Csv, null, "csv", "/dev/stdout"))} | {Client(database)} -c 'copy orders_to from stdin with (format csv)'")),
        ]);
    }

    private async Task MeasureAsync(PgTask task, PostgresDatabase database, ResultPage page)
    {
        var found = task.Contenders.ToDictionary(contender => contender.Name, _ => new List<ChildRun>());
        for (var run = 0; run < runs; run++)
        {
            foreach (var (name, start) in task.Contenders)
            {
                if (task.Target is { } emptied) await database.RunAsync($"truncate {emptied}; checkpoint", Stop);
                found[name].Add(await start(folders.Fresh()));
                if (task.Target is { } target && await database.RowsAsync($"select count(*) from {target}", Stop) is var rows && rows[0] != task.Rows.ToString(CultureInfo.InvariantCulture))
                    throw new InvalidOperationException($"{task.Name}: {name} wrote {rows[0]} rows in place of {task.Rows}.");
            }
        }
        folders.Fresh();
        page.Say($"## {task.Name}");
        page.Head("", "M rows/s", "wall, s", "processor, ns a row", "largest resident set, MiB");
        foreach (var (name, child) in found)
        {
            page.Row(name, Rate(task, child).Text("F2"), new Spread(child.Select(run => run.WallSeconds)).Text("F2"), Nanos(task, child).Text("F0"), new Spread(child.Select(run => run.PeakMiB)).Text("F0"));
        }
        var ours = found[Ours];
        foreach (var (name, theirs) in found.Where(contender => contender.Key is not (Ours or OursOnNode or OursChecked)))
        {
            foreach (var (own, mine) in found.Where(contender => contender.Key is Ours or OursOnNode))
            {
                var ratio = Rate(task, mine).Median / Rate(task, theirs).Median;
                page.Must($"{task.Name}: {own}, as fast as {name}", $"{ratio:F2} times as fast", ratio >= 1);
            }
        }
        if (found.TryGetValue(OursChecked, out var withCheckpoints))
        {
            var share = Rate(task, withCheckpoints).Median / Rate(task, ours).Median;
            page.Must($"{task.Name}: a checkpoint every second costs at most a tenth", $"{share:F2} times as fast with them", share >= LeastWithCheckpoints);
        }
        var peak = new Spread(ours.Select(run => run.PeakMiB)).Most;
        page.Must($"{task.Name}: {Ours}, at most {MostMiB.ToString(CultureInfo.InvariantCulture)} MiB resident", $"{peak:F0} MiB", peak <= MostMiB);
        if (!task.Name.EndsWith(" 5 columns", StringComparison.Ordinal)) return;
        foreach (var (own, mine) in found.Where(contender => contender.Key is Ours or OursOnNode))
        {
            page.Must($"{task.Name}: {own}, at most {MostNanosOfOurs.ToString(CultureInfo.InvariantCulture)} ns of our processor time a row", $"{Nanos(task, mine).Median:F0} ns", Nanos(task, mine).Median <= MostNanosOfOurs);
        }
    }

    private Task<ChildRun> Job(string folder, string text)
    {
        var path = Path.Combine(folder, "job.conf");
        File.WriteAllText(path, text);
        return Task.FromResult(ChildProcess.Run(folders.Program, ["run", path]));
    }

    private static Task<ChildRun> Pipe(PostgresDatabase database, string from, string to) =>
        Shell(database, $"{Client(database)} -c 'copy {from} to stdout (format binary)' | {Client(database)} -c 'copy {to} from stdin (format binary)'");

    private static Task<ChildRun> Shell(PostgresDatabase database, string command) =>
        Task.FromResult(ChildProcess.Run("bash", ["-c", $"set -o pipefail; export PGPASSWORD={PostgresServer.Password} PGHOST=127.0.0.1 PGPORT={database.Port.ToString(CultureInfo.InvariantCulture)}; {command}"]));

    private static string Client(PostgresDatabase database) => $"psql -X -q -U {PostgresServer.User} -d {database.Name}";

    /// <summary>DuckDB reads and writes files: what goes between it and the server is csv in a pipe, for its own reader of PostgreSQL is an extension that must be fetched.</summary>
    private static string Duck2(string sql) => $"{BenchFolders.Self} --child duck 2 '{sql.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private static Spread Rate(PgTask task, List<ChildRun> child) => new(child.Select(run => task.Rows / run.WallSeconds / 1e6));

    private static Spread Nanos(PgTask task, List<ChildRun> child) => new(child.Select(run => run.CpuSeconds * 1e9 / task.Rows));
}
