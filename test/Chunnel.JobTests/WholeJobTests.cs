using Chunnel.TestKit;

namespace Chunnel.JobTests;

/// <summary>Items of the conformance lists that only a whole job can show, through the real program.</summary>
public sealed class WholeJobTests : IDisposable
{
    private const string TwoTables = """
        FakeSource { tables_configs = [
            { row.num = 3, schema = { table = "shop.orders", fields { id = "int", name = "string" } } },
            { row.num = 4, schema = { table = "shop.people", fields { age = "int" } } } ] }
        """;

    private readonly Workplace _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    [Trait("spec", "connectors.md 4, 5, 6; engine.md 68")]
    public async Task One_sink_block_writes_every_table_to_a_place_of_its_own()
    {
        var run = await RunAsync($$"""
            env {}
            source { {{TwoTables}} }
            sink { LocalFile { path = "{{_place.Folder}}/${database_name}/${schema_name:none}/${table_name}", tmp_path = "{{_place.Folder}}/tmp", file_format_type = csv } }
            """);
        run.ExitCode.ShouldBe(0, run.All);
        Lines("shop/none/orders/*.csv").ShouldBe(3);
        Lines("shop/none/people/*.csv").ShouldBe(4);
    }

    [Fact]
    [Trait("spec", "connectors.md 191, 4; engine.md 35")]
    public async Task A_job_of_local_parts_only_runs_from_files_to_the_console_and_is_asserted()
    {
        Directory.CreateDirectory(Path.Combine(_place.Folder, "in"));
        await File.WriteAllTextAsync(Path.Combine(_place.Folder, "in", "a.csv"), "1,ann\n2,bob\n", TestContext.Current.CancellationToken);
        var run = await RunAsync($$"""
            env {}
            source { LocalFile { plugin_output = people, path = "{{_place.Folder}}/in", file_format_type = csv, schema = { fields { id = "int", name = "string" } } } }
            sink {
              Console { plugin_input = people }
              Assert { plugin_input = people, rules { row_rules = [ { rule_type = MIN_ROW, rule_value = 2 }, { rule_type = MAX_ROW, rule_value = 2 } ] } }
            }
            """);
        run.ExitCode.ShouldBe(0, run.All);
        run.All.ShouldContain(": 1, ann");
        run.All.ShouldContain(": 2, bob");
    }

    [Theory]
    [Trait("spec", "connectors.md 12, 13, 92; engine.md 66; config.md 8")]
    [InlineData("DROP_DATA", "FINISHED")]
    [InlineData("APPEND_DATA", "FINISHED")]
    [InlineData("ERROR_WHEN_DATA_EXISTS", "FAILED")]
    public async Task Data_that_is_there_goes_stays_or_stops_the_job(string mode, string end)
    {
        Directory.CreateDirectory(Path.Combine(_place.Folder, "out"));
        await File.WriteAllTextAsync(Path.Combine(_place.Folder, "out", "old.csv"), "old", TestContext.Current.CancellationToken);
        var run = await RunAsync($$"""
            env { job.retry.times = 0 }
            source { FakeSource { row.num = 3, schema = { fields { id = "int" } } } }
            sink { LocalFile { path = "{{_place.Folder}}/out", tmp_path = "{{_place.Folder}}/tmp", file_format_type = csv, data_save_mode = {{mode}} } }
            """);
        run.End.ShouldBe(end, run.All);
        File.Exists(Path.Combine(_place.Folder, "out", "old.csv")).ShouldBe(mode != "DROP_DATA");
        _place.Glob("out/*").Count.ShouldBe(mode switch { "DROP_DATA" => 1, "APPEND_DATA" => 2, _ => 1 });
        if (end == "FAILED") run.All.ShouldContain("The target data source already has data");
    }

    [Fact]
    [Trait("spec", "config.md 6.4, engine.md 34; connectors.md 2")]
    public async Task A_job_whose_inputs_do_not_fit_each_other_reads_nothing()
    {
        var run = await RunAsync("""
            env {}
            source {
              FakeSource { plugin_output = a, schema = { fields { id = "int" } } }
              FakeSource { plugin_output = b, schema = { fields { id = "bigint" } } }
            }
            sink { Console { plugin_input = [a, b] } }
            """);
        run.ExitCode.ShouldBe(1);
        run.End.ShouldBe("REFUSED");
        run.All.ShouldContain("Transform/Sink don't support processing data with two different structures.");
        run.All.ShouldContain("id<BIGINT>");
    }

    [Fact]
    [Trait("spec", "engine.md 9, 10")]
    public async Task A_job_file_that_is_not_there_ends_with_code_1_and_its_code()
    {
        var run = await ProgramRun.StartAsync(_place.Folder, ["seatunnel", "-m", "local", "-c", "nosuch.conf"]);
        run.ExitCode.ShouldBe(1);
        run.All.ShouldContain("ErrorCode:[COMMON-22]");
        run.All.ShouldContain("nosuch.conf' failed, because it not existed.");
    }

    /// <summary>A number of a hundred digits has no place in the engine's decimals: it comes through where rows go as they come, into both tables, and ends the job where something looks at them.</summary>
    [Theory]
    [Trait("spec", "connectors.md 106, 121")]
    [InlineData("", "FINISHED")]
    [InlineData("transform { FieldMapper { plugin_input = rows, plugin_output = mapped, field_mapper = { id = id, n = n } } }", "FAILED")]
    public async Task Between_tables_of_the_same_types_rows_go_as_they_come(string transform, string end)
    {
        if (PostgresServer.Missing is { } missing) Assert.Skip(missing);
        var stop = TestContext.Current.CancellationToken;
        await using var database = await (await PostgresServer.SharedAsync(stop)).DatabaseAsync(stop);
        await database.RunAsync("""
            create table rows(id int, n numeric, t text); insert into rows select g, nullif(g, 7), 'ä' from generate_series(1, 10000) g; insert into rows values (10001, 1e100, null);
            create table one(id int primary key, n numeric, t text); create table two(like one);
            """, stop);
        var at = $"url = \"{database.Url}\", user = \"{PostgresServer.User}\", password = \"{PostgresServer.Password}\"";
        var (to, input) = ($"generate_sink_sql = true, database = \"{database.Name}\"", transform.Length > 0 ? "mapped" : "rows");
        var run = await RunAsync($$"""
            env { job.retry.times = 0 }
            source { Jdbc { plugin_output = rows, {{at}}, table_path = "public.rows" } }
            {{transform}}
            sink {
              Jdbc { plugin_input = {{input}}, {{at}}, {{to}}, table = "public.one", primary_keys = ["id"] }
              Jdbc { plugin_input = {{input}}, {{at}}, {{to}}, table = "public.two" }
            }
            """);
        run.End.ShouldBe(end, run.All);
        if (end == "FAILED")
        {
            run.All.ShouldContain("has no place in decimal(38, 18)");
            return;
        }
        (run.Read, run.Written).ShouldBe((10_001, 20_002));
        foreach (var table in new[] { "one", "two" })
            (await database.RowsAsync($"select count(*), sum(id), sum(n) filter (where n <> 1e100), count(*) filter (where n = 1e100), count(t) from {table}", stop)).ShouldBe(["10001|50015001|50004993|1|10000"]);
    }

    private int Lines(string pattern) => _place.Glob(pattern).Sum(file => File.ReadAllLines(file).Length);

    private async Task<ProgramRun> RunAsync(string job)
    {
        await File.WriteAllTextAsync(Path.Combine(_place.Folder, "job.conf"), job, TestContext.Current.CancellationToken);
        return await ProgramRun.StartAsync(_place.Folder, ["seatunnel", "-m", "local", "-c", "job.conf"]);
    }
}
