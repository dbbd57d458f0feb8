using Chunnel.Core;
using Chunnel.TestKit;

namespace Chunnel.Formats.Parquet.Tests;

/// <summary>The library makes objects for each batch and column; a row is none.</summary>
[Trait("promise", "0 B allocated per row")]
public sealed class ParquetAllocationTests
{
    /// <summary>The smallest object takes 24 bytes; an object for each row, or for every tenth, would show.</summary>
    private const double MostBytesPerRow = 2;

    private const int RowsPerBatch = 4_000;
    private const int Batches = 60;

    private static readonly TableSchema Orders = ParquetFiles.Table(
        ("id", DataType.BigInt), ("n", DataType.Int), ("price", DataType.Double), ("name", DataType.String), ("ts", DataType.Timestamp), ("amount", DataType.Decimal(12, 2)), ("day", DataType.Date), ("ok", DataType.Boolean));

    [Fact]
    public async Task No_row_allocates_written_or_read()
    {
        var memory = BatchMemory.Unlimited();
        using var batch = BoxedRows.ToBatch(Orders, [.. Enumerable.Range(0, RowsPerBatch).Select(i => new BoxedRow((long)i, i % 999, i / 8.0, $"name {i % 77}", new BoxedTimestamp(i * 1_000_000L), new BoxedDecimal(i * 25, 2, 2), new BoxedDate(i % 20_000), i % 2 == 0))], memory);
        var file = new MemoryStream(capacity: 32 << 20);
        await using (var writer = ParquetWriter.Create(file, Orders, memory))
        {
            await WriteAsync(writer, batch, Batches / 4);
            var before = GC.GetAllocatedBytesForCurrentThread();
            await WriteAsync(writer, batch, Batches / 2);
            PerRow(before, Batches / 2 * RowsPerBatch).ShouldBeLessThan(MostBytesPerRow);
            await writer.CloseAsync(TestContext.Current.CancellationToken);
        }
        using var reader = ParquetReader.Open(new MemoryStream(file.ToArray()), "orders.parquet", memory);
        using var scan = reader.Scan(null);
        long rows = 0, start = 0;
        for (var batches = 0; await scan.ReadAsync(TestContext.Current.CancellationToken) is { } read; batches++)
        {
            using (read)
            {
                if (batches == 15) (rows, start) = (0, GC.GetAllocatedBytesForCurrentThread());
                else rows += read.Rows;
            }
        }
        rows.ShouldBeGreaterThan(RowsPerBatch * 20);
        PerRow(start, rows).ShouldBeLessThan(MostBytesPerRow);
    }

    private static async Task WriteAsync(ParquetWriter writer, ColumnBatch batch, int times)
    {
        for (var i = 0; i < times; i++) await writer.WriteAsync(batch.Share(), TestContext.Current.CancellationToken);
    }

    private static double PerRow(long before, long rows) => (GC.GetAllocatedBytesForCurrentThread() - before) / (double)rows;
}
