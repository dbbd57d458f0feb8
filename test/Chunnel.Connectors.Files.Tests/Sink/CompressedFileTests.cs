using Chunnel.Core;

namespace Chunnel.Connectors.Files.Tests;

public sealed class CompressedFileTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("csv", "lzo", ".lzo.csv")]
    [InlineData("json", "lzo", ".lzo.json")]
    [InlineData("text", "lzo", ".lzo.txt")]
    [InlineData("csv", "gzip", ".gz.csv")]
    [InlineData("csv", "zstd", ".zstd.csv")]
    [InlineData("json", "snappy", ".snappy.json")]
    [InlineData("text", "lz4", ".lz4.txt")]
    [Trait("spec", "connectors.md 6.4, 90")]
    public async Task What_the_sink_compresses_the_source_reads(string format, string codec, string suffix)
    {
        var table = Jobs.Table(("id", DataType.Int), ("name", DataType.String));
        var rows = Enumerable.Range(0, 3_000).Select(i => new object?[] { i, $"name {i % 10}" }).ToArray();
        await SinkRun.WriteAllAsync($$"""{ "path": "{{_folder["out"]}}", "tmp_path": "{{_folder["tmp"]}}", "file_format_type": "{{format}}", "compress_codec": "{{codec}}" }""", table, Jobs.Batch(table, rows));
        _folder.Files("out").ShouldHaveSingleItem().ShouldEndWith(suffix);
        (await Jobs.ReadAsync($$"""{ "path": "{{_folder["out"]}}", "file_format_type": "{{format}}", "compress_codec": "{{codec}}", "schema": { "fields": { "id": "int", "name": "string" } } }"""))
            .ShouldBe(rows.Select(row => $"{row[0]}|{row[1]}"));
    }
}
