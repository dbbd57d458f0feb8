using System.Globalization;
using Chunnel.Core;

namespace Chunnel.Connectors.Files.Tests;

/// <summary>spec connectors.md 70 at the level of whole jobs; the types are proven beside the format.</summary>
public sealed class ParquetTests : IDisposable
{
    private const int Rows = 30_000;
    private static readonly TableSchema Table = Jobs.Table(("Id", DataType.Int), ("name", DataType.String), ("day", DataType.Date));
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Files_bring_their_own_columns_in_lower_case()
    {
        await WriteAsync("out", 10);
        await using var source = await Jobs.SourceAsync(Settings());
        source.Tables[0].Columns.Select(column => $"{column.Name} {column.Type}").ShouldBe(["id int", "name string", "day date"]);
        (await Jobs.ReadAsync(Settings())).ShouldBe(Enumerable.Range(0, 10).Select(Row));
    }

    [Fact]
    public async Task Chosen_columns_and_partitions_come_in_their_order()
    {
        await WriteAsync("out/k=v", 1);
        (await Jobs.ReadAsync(Settings("\"read_columns\": [\"name\", \"id\"]"))).ShouldBe(["n0|0|v"]);
        (await Jobs.ReadAsync(Settings("\"schema\": { \"fields\": { \"name\": \"string\", \"id\": \"bigint\" } }"))).ShouldBe(["n0|0|v"]);
    }

    [Fact]
    public async Task Reading_goes_on_with_the_very_next_row()
    {
        await WriteAsync("out", Rows);
        await using var source = await Jobs.SourceAsync(Settings());
        List<string> rows = [];
        SourceRun.Snapshots snapshot;
        await using (var first = await SourceRun.StartAsync(source, 1))
        {
            for (var i = 0; i < 3; i++) await first.StepAsync(0, rows);
            snapshot = first.Snapshot();
        }
        rows.Count.ShouldBeInRange(1, Rows - 1);
        await using var second = await SourceRun.StartAsync(source, 1, snapshot);
        rows.AddRange((await second.ToEndAsync())[0]);
        rows.ShouldBe(Enumerable.Range(0, Rows).Select(Row));
    }

    [Fact]
    public async Task A_file_that_is_none_is_named()
    {
        _folder.Write("out/f.parquet", "no parquet at all");
        (await Should.ThrowAsync<ChunnelException>(() => Jobs.ReadAsync(Settings()))).Message.ShouldContain("f.parquet");
    }

    private static string Row(int i) => string.Create(CultureInfo.InvariantCulture, $"{i}|n{i}|{new DateOnly(2024, 1, 1).AddDays(i % 100):yyyy-MM-dd}");

    private async Task WriteAsync(string folder, int rows)
    {
        var batches = Enumerable.Range(0, rows).Chunk(4096)
            .Select(chunk => Jobs.Batch(Table, [.. chunk.Select(i => new object?[] { i, $"n{i}", new DateOnly(2024, 1, 1).AddDays(i % 100) })]));
        await SinkRun.WriteAllAsync($$"""{ "path": "{{_folder[folder]}}", "tmp_path": "{{_folder["tmp"]}}", "file_format_type": "parquet", "compress_codec": "snappy" }""", Table, [.. batches]);
        _folder.Files(folder).ShouldHaveSingleItem().ShouldEndWith(".snappy.parquet");
    }

    private string Settings(string more = "") => $$"""{ "path": "{{_folder["out"]}}", "file_format_type": "parquet" {{(more.Length > 0 ? "," : "")}} {{more}} }""";
}
