using Chunnel.Core;
using Chunnel.TestKit;

namespace Chunnel.Connectors.Files.Tests;

/// <summary>Timestamps that a parquet file cannot hold as they are (data-path.md 2.1): never changed without a word.</summary>
public sealed class ParquetRangeTests : IDisposable
{
    private const long OneSecond = 1_000_000;

    private static readonly TableSchema Table = Jobs.Table(("id", DataType.Int), ("at", DataType.Timestamp));

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Digits_that_are_lost_are_counted_and_told()
    {
        await using var run = await SinkRun.StartAsync(Settings("\"parquet_timestamp_unit\": \"MILLIS\""), Table);
        await run.WriteAsync(Rows(new BoxedTimestamp(OneSecond), new BoxedTimestamp(OneSecond + 1), new BoxedTimestamp(OneSecond + 2)));
        await run.EndOfInputAsync();
        await run.CheckpointAsync(1);
        run.Warnings.ShouldHaveSingleItem().ShouldStartWith("Table t: 2 values of one parquet file have lost digits");
        (await ReadAsync()).ShouldBe(["0|1970-01-01T00:00:01", "1|1970-01-01T00:00:01", "2|1970-01-01T00:00:01"]);
    }

    [Fact]
    public async Task Or_they_stop_the_job_with_the_row()
    {
        await using var run = await SinkRun.StartAsync(Settings("\"parquet_timestamp_unit\": \"MILLIS\", \"precision_loss\": \"fail\""), Table);
        (await Should.ThrowAsync<ChunnelException>(async () =>
        {
            await run.WriteAsync(Rows(new BoxedTimestamp(OneSecond + 1)));
            await run.EndOfInputAsync();
        })).Message.ShouldContain("at");
    }

    [Theory]
    [InlineData("NULL", "0|NULL")]
    [InlineData("clamp", "0|")]
    [InlineData("FAIL", null)]
    public async Task What_is_out_of_range_is_null_or_the_nearest_or_stops_the_job(string policy, string? row)
    {
        await using var run = await SinkRun.StartAsync(Settings($"\"out_of_range\": \"{policy}\""), Table);
        var writing = async () =>
        {
            await run.WriteAsync(Rows(new BoxedTimestamp(long.MaxValue)));
            await run.EndOfInputAsync();
            await run.CheckpointAsync(1);
        };
        if (row is null)
        {
            await Should.ThrowAsync<ChunnelException>(writing);
            return;
        }
        await writing();
        run.Warnings.ShouldHaveSingleItem().ShouldContain("1 values of one parquet file were out of its range");
        (await ReadAsync()).ShouldHaveSingleItem().ShouldStartWith(row);
    }

    private static ColumnBatch Rows(params BoxedTimestamp[] times) => Jobs.Batch(Table, [.. times.Select((time, i) => new object?[] { i, time })]);

    private Task<IReadOnlyList<string>> ReadAsync() => Jobs.ReadAsync($$"""{ "path": "{{_folder["out"]}}", "file_format_type": "parquet" }""");

    private string Settings(string more) => $$"""{ "path": "{{_folder["out"]}}", "tmp_path": "{{_folder["tmp"]}}", "file_format_type": "parquet", {{more}} }""";
}
