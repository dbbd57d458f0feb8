namespace Chunnel.JobTests;

/// <summary>What transforms do that only a whole job can show: tables that come out beside others, through the real program.</summary>
public sealed class TransformJobTests : IDisposable
{
    private readonly Workplace _place = new();

    public void Dispose() => _place.Dispose();

    [Theory]
    [Trait("spec", "transforms.md 91")]
    [InlineData("")]
    [InlineData("checkpoint.interval = 100, read_limit.rows_per_second = 2000")]
    public async Task Rows_that_break_rules_stand_in_a_table_of_their_own(string env)
    {
        var run = await RunAsync($$"""
            env { job.mode = BATCH, parallelism = 2, {{env}} }
            source { FakeSource { tables_configs = [
                { row.num = 500, schema = { table = "shop.orders", fields { id = "int", amount = "int" } }, int.min = 0, int.max = 100 },
                { row.num = 300, schema = { table = "shop.people", fields { id = "int", amount = "int" } }, int.min = 200, int.max = 300 } ] } }
            transform { DataValidator {
                row_error_handle_way = "ROUTE_TO_TABLE"
                row_error_handle_way.error_table = "invalid"
                field_rules = [ { field_name = amount, rule_type = RANGE, max_value = 100 } ] } }
            sink { LocalFile { path = "{{_place.Folder}}/out/${table_name}", tmp_path = "{{_place.Folder}}/tmp", file_format_type = json } }
            """);
        run.ExitCode.ShouldBe(0, run.All);
        Lines("orders").Count.ShouldBe(1000);
        Lines("people").ShouldBeEmpty();
        var invalid = Lines("invalid");
        invalid.Count.ShouldBe(600);
        invalid.ShouldAllBe(line => line.Contains("\"source_table_path\":\"shop.people\"", StringComparison.Ordinal) && line.Contains("is not within range (-∞, 100]", StringComparison.Ordinal));
    }

    private IReadOnlyList<string> Lines(string table)
    {
        var folder = Path.Combine(_place.Folder, "out", table);
        return Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder, "*.json", SearchOption.AllDirectories).SelectMany(File.ReadLines)] : [];
    }

    private async Task<ProgramRun> RunAsync(string job)
    {
        await File.WriteAllTextAsync(Path.Combine(_place.Folder, "job.conf"), job, TestContext.Current.CancellationToken);
        return await ProgramRun.StartAsync(_place.Folder, ["seatunnel", "-c", "job.conf", "-m", "local"]);
    }
}
