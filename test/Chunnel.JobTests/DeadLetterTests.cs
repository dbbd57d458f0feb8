using System.Text.Json;
using Chunnel.TestKit;

namespace Chunnel.JobTests;

/// <summary>Dead letters through the real program: from a ragged file, a query and a database, into files and tables (architecture.md 3.4, S7; docs/dead-letters.md).</summary>
public sealed class DeadLetterTests : IDisposable
{
    private readonly Workplace _place = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _place.Dispose();

    /// <summary>The sample does what its first lines say.</summary>
    [Fact]
    public async Task The_sample_sorts_orders_out()
    {
        var samples = Directory.CreateDirectory(Path.Combine(_place.Folder, "samples")).FullName;
        foreach (var file in new[] { "dead-letters.conf", "dead-letters.csv" }) File.Copy(Path.Combine(Samples(), file), Path.Combine(samples, file));
        var run = await ProgramRun.StartAsync(_place.Folder, ["run", "samples/dead-letters.conf"], new Dictionary<string, string> { ["CHUNNEL_HOME"] = _place.Folder });
        run.ExitCode.ShouldBe(0, run.All);
        Lines("samples/out/orders/*.csv").ShouldBe(["1,ann,10.50,50", "4,dora,25.00,20", "6,\"eve, of the north\",0.75,100"]);
        var letters = Letters("samples/out/refused/*.json");
        letters.Select(letter => (Of(letter, "step"), Of(letter, "row_data"), Of(letter, "error_code"))).ShouldBe([
            ("Transform[0]-Sql", """{"id":2,"total":99.9,"n":0,"name":"bob"}""", "COMMON-06"),
            ("pipeline-1 [Source[0]-LocalFile]", "\"3,7.00,four,cleo\"", "FILE-02"),
            ("pipeline-1 [Source[0]-LocalFile]", "\"5,1.00\"", "FILE-02"),
        ], ignoreOrder: true);
        letters.Select(letter => Of(letter, "source_table")).Distinct().ShouldBe(["orders"]);
        letters.Select(letter => Of(letter, "source_position")).OfType<string>().Select(position => position[position.IndexOf("dead-letters.csv", StringComparison.Ordinal)..]).Order(StringComparer.Ordinal)
            .ShouldBe(["dead-letters.csv:4:8", "dead-letters.csv:6:1"]);
    }

    /// <summary>The same, when the job's author did not ask for it: the first bad line ends the job.</summary>
    [Fact]
    public async Task Without_dead_letters_the_first_bad_line_ends_the_job()
    {
        await WriteAsync("in/a.csv", "1,ann\nx,bob\n");
        var run = await RunAsync(FilesJob("", "csv"));
        run.End.ShouldBe("FAILED");
        run.All.ShouldContain("a.csv:2:1");
    }

    /// <summary>Json lines and a schema that does not fit, with a sink that is named by plugin_name and flat keys.</summary>
    [Fact]
    public async Task Flat_keys_and_other_formats_do_the_same()
    {
        await WriteAsync("in/a.json", "{\"id\":1,\"name\":\"ann\"}\n{\"id\":\"x\",\"name\":\"bob\"}\n{\"id\":3,\"name\":\"cleo\"}\n");
        var run = await RunAsync(FilesJob($"dead_letter.sink.plugin_name = LocalFile, dead_letter.sink.path = \"{_place.Folder}/letters\", dead_letter.sink.tmp_path = \"{_place.Folder}/tmp\", dead_letter.sink.file_format_type = json", "json"));
        run.ExitCode.ShouldBe(0, run.All);
        Lines("out/*.csv").ShouldBe(["1,ann", "3,cleo"]);
        Letters("letters/*.json").Select(letter => Of(letter, "row_data")).ShouldBe(["\"{\\\"id\\\":\\\"x\\\",\\\"name\\\":\\\"bob\\\"}\""]);
        (run.Read, run.Written).ShouldBe((3, 2));
    }

    /// <summary>Values of a parquet file that the declared types cannot hold: refused, left out, or the end of the job.</summary>
    [Fact]
    public async Task Values_of_a_parquet_file_that_do_not_fit_are_refused()
    {
        await WriteAsync("numbers/a.csv", string.Concat(Enumerable.Range(0, 1000).Select(id => $"{id},{(id is 7 or 500 ? 40_000 : id)}\n")));
        var written = await RunAsync($$"""
            env {}
            source { LocalFile { path = "{{_place.Folder}}/numbers", file_format_type = csv, schema = { fields { id = "int", n = "bigint" } } } }
            sink { LocalFile { path = "{{_place.Folder}}/in", tmp_path = "{{_place.Folder}}/tmp", file_format_type = parquet } }
            """);
        written.ExitCode.ShouldBe(0, written.All);
        string Job(string env, string source) => $$"""
            env { {{env}} }
            source { LocalFile { path = "{{_place.Folder}}/in", file_format_type = parquet, schema = { fields { id = "int", n = "smallint" } } {{source}} } }
            sink { LocalFile { path = "{{_place.Folder}}/out", tmp_path = "{{_place.Folder}}/tmp", file_format_type = csv, data_save_mode = DROP_DATA } }
            """;
        string[] fitting = [.. Enumerable.Range(0, 1000).Where(id => id is not (7 or 500)).Select(id => $"{id},{id}")];

        var run = await RunAsync(Job($"dead_letter.sink {{ LocalFile {{ path = \"{_place.Folder}/letters\", tmp_path = \"{_place.Folder}/tmp\", file_format_type = json }} }}", ""));
        run.ExitCode.ShouldBe(0, run.All);
        Lines("out/*.csv").ShouldBe(fitting);
        (run.Read, run.Written).ShouldBe((1000, 998));
        var letters = Letters("letters/*.json");
        letters.Select(letter => (Of(letter, "row_data"), Of(letter, "error_code"), Of(letter, "error_message"), letter.GetProperty("row_number").GetInt64())).ShouldBe([
            ("\"{\\\"id\\\":7,\\\"n\\\":null}\"", "CHUNNEL-21", "Column 'n', row 7: 40000 does not fit smallint.", 8L),
            ("\"{\\\"id\\\":500,\\\"n\\\":null}\"", "CHUNNEL-21", "Column 'n', row 500: 40000 does not fit smallint.", 501L),
        ]);
        letters.ShouldAllBe(letter => Of(letter, "source_position")!.EndsWith($".parquet, row {letter.GetProperty("row_number").GetInt64()}", StringComparison.Ordinal));

        var skipped = await RunAsync(Job("", ", bad_rows = skip"));
        skipped.ExitCode.ShouldBe(0, skipped.All);
        Lines("out/*.csv").ShouldBe(fitting);

        var failed = await RunAsync(Job("", ""));
        failed.End.ShouldBe("FAILED");
        failed.All.ShouldContain("Column 'n', row 7: 40000 does not fit smallint.");
    }

    /// <summary>A database refuses some rows of a batch: they are found, and go into a table of the same database, in two phases as the others.</summary>
    [Theory]
    [InlineData("")]
    [InlineData(", is_exactly_once = true, xa_data_source_class_name = \"org.postgresql.xa.PGXADataSource\"")]
    public async Task Rows_that_PostgreSQL_refuses_go_into_a_table_of_its_own(string exactly)
    {
        if (PostgresServer.Missing is { } missing) Assert.Skip(missing);
        await using var database = await (await PostgresServer.SharedAsync(Stop)).DatabaseAsync(Stop);
        await database.RunAsync("create table people (id int check (id <> 500), name varchar(8) not null, unique (id)); insert into people values (7, 'old')", Stop);
        var connection = $"url = \"jdbc:postgresql://127.0.0.1:{database.Port}/{database.Name}\", driver = \"org.postgresql.Driver\", user = \"{PostgresServer.User}\", password = \"{PostgresServer.Password}\"";
        await WriteAsync("in/a.csv", string.Concat(Enumerable.Range(0, 1000).Select(id => $"{id},{(id == 42 ? "much too long" : id == 43 ? "" : $"n{id}")}\n")));
        var run = await RunAsync($$"""
            env { dead_letter { max_percent = 1, sink { Jdbc { {{connection}}, generate_sink_sql = true, database = "{{database.Name}}", table = "public.letters"{{exactly}} } } } }
            source { LocalFile { path = "{{_place.Folder}}/in", file_format_type = csv, schema = { fields { id = "int", name = "string" } } } }
            sink { Jdbc { {{connection}}, query = "insert into people (id, name) values (?, ?)"{{exactly}} } }
            """);
        run.ExitCode.ShouldBe(0, run.All);
        run.All.ShouldNotContain(PostgresServer.Password);
        (await database.RowsAsync("select count(*), sum(id) from people", Stop)).ShouldBe([$"997|{Enumerable.Range(0, 1000).Sum() - 42 - 43 - 500}"]);
        (await database.RowsAsync("select row_data, error_code, row_number from letters order by row_number", Stop)).ShouldBe([
            """{"id":7,"name":"n7"}|COMMON-10|8""", """{"id":42,"name":"much too long"}|COMMON-10|43""", """{"id":43,"name":null}|COMMON-10|44""", """{"id":500,"name":"n500"}|COMMON-10|501""",
        ]);
        (await database.RowsAsync("select error_message from letters order by row_number", Stop))[1].ShouldBe("Table 'people' refuses row 43: value too long for type character varying(8) (22001); at COPY people, column name");
        (run.Read, run.Written).ShouldBe((1000, 996));
    }

    /// <summary>A deferred constraint is broken at the end of a transaction: the rows are found, and those that a later row makes right stay.</summary>
    [Theory]
    [InlineData("")]
    [InlineData(", is_exactly_once = true, xa_data_source_class_name = \"org.postgresql.xa.PGXADataSource\"")]
    public async Task Rows_that_break_a_deferred_constraint_are_refused(string exactly)
    {
        if (PostgresServer.Missing is { } missing) Assert.Skip(missing);
        await using var database = await (await PostgresServer.SharedAsync(Stop)).DatabaseAsync(Stop);
        await database.RunAsync("create table people (id int primary key, chief int references people deferrable initially deferred)", Stop);
        var connection = $"url = \"jdbc:postgresql://127.0.0.1:{database.Port}/{database.Name}\", driver = \"org.postgresql.Driver\", user = \"{PostgresServer.User}\", password = \"{PostgresServer.Password}\"";
        // Everybody's chief comes later, but for two who have none, and those who are under them.
        await WriteAsync("in/a.csv", string.Concat(Enumerable.Range(0, 300).Select(id => $"{id},{id switch { 299 => "", 42 or 150 => "5000", _ => $"{(id < 42 ? 42 : id + 1)}" }}\n")));
        string Job(string env) => $$"""
            env { {{env}} }
            source { LocalFile { path = "{{_place.Folder}}/in", file_format_type = csv, schema = { fields { id = "int", chief = "int" } } } }
            sink { Jdbc { {{connection}}, query = "insert into people (id, chief) values (?, ?)", batch_size = 100{{exactly}} } }
            """;
        (await RunAsync(Job(""))).End.ShouldBe("FAILED");
        (await database.RowsAsync("select count(*) from people", Stop)).ShouldBe(["0"]);

        var run = await RunAsync(Job($"dead_letter {{ sink {{ LocalFile {{ path = \"{_place.Folder}/letters\", tmp_path = \"{_place.Folder}/tmp\", file_format_type = json }} }} }}"));
        run.ExitCode.ShouldBe(0, run.All);
        int[] wrong = [.. Enumerable.Range(0, 151)];
        (await database.RowsAsync("select id from people order by id", Stop)).ShouldBe(Enumerable.Range(151, 149).Select(id => $"{id}"));
        Letters("letters/*.json").Select(letter => letter.GetProperty("row_number").GetInt64()).Order().ShouldBe(wrong.Select(id => id + 1L));
        Letters("letters/*.json")[0].GetProperty("error_message").GetString()!.ShouldContain("violates foreign key constraint");
        (run.Read, run.Written).ShouldBe((300, 149));
    }

    /// <summary>All pipelines of a job have one place of dead letters, which is prepared once.</summary>
    [Fact]
    public async Task Two_pipelines_set_rows_aside_in_one_place()
    {
        await WriteAsync("letters/old.json", "{}\n");
        var run = await RunAsync($$"""
            env { dead_letter { sink { LocalFile { path = "{{_place.Folder}}/letters", tmp_path = "{{_place.Folder}}/tmp", file_format_type = json, data_save_mode = DROP_DATA } } } }
            source {
              FakeSource { plugin_output = a, schema { fields { n = int } }, rows = [ { kind = INSERT, fields = [0] }, { kind = INSERT, fields = [1] } ] }
              FakeSource { plugin_output = b, schema { fields { n = int } }, rows = [ { kind = INSERT, fields = [0] }, { kind = INSERT, fields = [2] } ] }
            }
            transform {
              Sql { plugin_input = a, plugin_output = c, query = "select 10 / n as x from a" }
              Sql { plugin_input = b, plugin_output = d, query = "select 10 / n as x from b" }
            }
            sink {
              LocalFile { plugin_input = c, path = "{{_place.Folder}}/c", tmp_path = "{{_place.Folder}}/tmp", file_format_type = csv }
              LocalFile { plugin_input = d, path = "{{_place.Folder}}/d", tmp_path = "{{_place.Folder}}/tmp", file_format_type = csv }
            }
            """);
        run.ExitCode.ShouldBe(0, run.All);
        (Lines("c/*.csv"), Lines("d/*.csv")).ShouldSatisfyAllConditions(rows => rows.Item1.ShouldBe(["10"]), rows => rows.Item2.ShouldBe(["5"]));
        Letters("letters/*.json").Select(letter => (Of(letter, "step"), Of(letter, "source_table"), Of(letter, "row_data"))).ShouldBe([
            ("Transform[0]-Sql", "a", "{\"n\":0}"), ("Transform[1]-Sql", "b", "{\"n\":0}"),
        ], ignoreOrder: true);
    }

    private static string Samples()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Chunnel.slnx"))) folder = Path.GetDirectoryName(folder)!;
        return Path.Combine(folder, "samples");
    }

    private string FilesJob(string env, string format) => $$"""
        env { {{env}} }
        source { LocalFile { path = "{{_place.Folder}}/in", file_format_type = {{format}}, schema = { fields { id = "int", name = "string" } } } }
        sink { LocalFile { path = "{{_place.Folder}}/out", tmp_path = "{{_place.Folder}}/tmp", file_format_type = csv } }
        """;

    private async Task WriteAsync(string name, string text)
    {
        var path = Path.Combine(_place.Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllTextAsync(path, text, Stop);
    }

    private IReadOnlyList<string> Lines(string pattern) => [.. _place.Glob(pattern).SelectMany(File.ReadAllLines)];

    private IReadOnlyList<JsonElement> Letters(string pattern) => [.. Lines(pattern).Select(line => JsonDocument.Parse(line).RootElement)];

    private static string? Of(JsonElement letter, string column) => letter.TryGetProperty(column, out var value) ? value.GetString() : null;

    private async Task<ProgramRun> RunAsync(string job)
    {
        await WriteAsync("job.conf", job);
        return await ProgramRun.StartAsync(_place.Folder, ["seatunnel", "-m", "local", "-c", "job.conf"]);
    }
}
