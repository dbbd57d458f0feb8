using System.Text;
using Chunnel.Core;

namespace Chunnel.Formats.Tests.Tables;

/// <summary>A batch is a handful of objects, its rows are none: counted, so that a string or a box per row cannot come in unseen.</summary>
[Trait("promise", "0 B allocated per row")]
public sealed class AllocationTests
{
    /// <summary>The smallest object takes 24 bytes: less than this for each row is no object per row, nor one for every tenth.</summary>
    private const double MostBytesPerRow = 2;

    private const int PieceRows = 5_000;
    private const int Pieces = 100;
    private const int WarmBatches = 20;

    private static readonly TableSchema Orders = Decoding.Schema(
        ("id", DataType.BigInt), ("n", DataType.Int), ("price", DataType.Double), ("name", DataType.String), ("ts", DataType.Timestamp), ("amount", DataType.Decimal(12, 2)), ("day", DataType.Date), ("ok", DataType.Boolean));

    [Fact]
    public Task Reading_csv() => ReadsAsync(i => $"{i},{i % 999},{i / 8.0},\"name, {i % 77}\",2024-03-01 10:11:{i % 60:D2},{i % 1000}.25,2024-03-{(i % 28) + 1:D2},{(i % 2 == 0 ? "true" : "false")}\n", stream => new TextDecoder(stream, Decoding.Request(Orders), DelimitedOptions.Csv));

    [Fact]
    public Task Reading_text() => ReadsAsync(i => $"{i}\u0001{i % 999}\u0001{i / 8.0}\u0001name {i % 77}\u00012024-03-01 10:11:{i % 60:D2}\u0001{i % 1000}.25\u00012024-03-{(i % 28) + 1:D2}\u0001{(i % 2 == 0 ? "true" : "false")}\n", stream => new TextDecoder(stream, Decoding.Request(Orders), DelimitedOptions.Text));

    [Fact]
    public Task Reading_json() => ReadsAsync(i => $$"""{"id":{{i}},"n":{{i % 999}},"price":{{i / 8.0}},"name":"name \"{{i % 77}}\"","ts":"2024-03-01T10:11:{{i % 60:D2}}","amount":{{i % 1000}}.25,"day":"2024-03-{{(i % 28) + 1:D2}}","ok":{{(i % 2 == 0 ? "true" : "false")}}}""" + "\n", stream => new JsonLinesDecoder(stream, Decoding.Request(Orders), JsonOptions.Default));

    [Fact]
    public Task Writing_csv() => WritesAsync(new TextEncoder(Orders, DelimitedOptions.Csv));

    [Fact]
    public Task Writing_text() => WritesAsync(new TextEncoder(Orders, DelimitedOptions.Text));

    [Fact]
    public Task Writing_json() => WritesAsync(new JsonLinesEncoder(Orders, JsonOptions.Default));

    private static async Task ReadsAsync(Func<int, string> row, Func<Stream, ITableDecoder> open)
    {
        var piece = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, PieceRows).Select(i => row(i))));
        await using var decoder = open(new RepeatingStream(piece, Pieces));
        long rows = 0, counted = 0, before = 0;
        for (var batches = 0; await decoder.ReadAsync(TestContext.Current.CancellationToken) is { } batch; batches++)
        {
            rows += batch.Rows;
            if (batches == WarmBatches) before = GC.GetAllocatedBytesForCurrentThread();
            else if (batches > WarmBatches) counted += batch.Rows;
            batch.Dispose();
        }
        var bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        rows.ShouldBe(PieceRows * Pieces);
        counted.ShouldBeGreaterThan(rows / 2);
        (bytes / (double)counted).ShouldBeLessThan(MostBytesPerRow);
    }

    private static async Task WritesAsync(ITableEncoder encoder)
    {
        string[] lines = [.. Enumerable.Range(0, 4_000).Select(i => $$"""{"id":{{i}},"n":{{i % 999}},"price":{{(i % 100) + 0.125}},"name":"na,me \"{{i % 77}}\"","ts":"2024-03-01T10:11:{{i % 60:D2}}.5","amount":{{i % 1000}}.25,"day":"2024-03-{{(i % 28) + 1:D2}}","ok":true}""")];
        var batches = await Writing.Batches(Orders, lines);
        var writer = new ByteWriter();
        encoder.Begin(writer);
        long rows = 0, before = 0;
        for (var round = 0; round < 60; round++)
        {
            if (round == 10) (rows, before) = (0, GC.GetAllocatedBytesForCurrentThread());
            foreach (var batch in batches)
            {
                writer.Clear();
                encoder.Write(batch, writer);
                rows += batch.Rows;
            }
        }
        var bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        foreach (var batch in batches) batch.Dispose();
        (bytes / (double)rows).ShouldBeLessThan(MostBytesPerRow);
    }
}
