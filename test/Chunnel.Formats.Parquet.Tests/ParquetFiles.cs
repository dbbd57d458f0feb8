using Chunnel.Core;
using Chunnel.TestKit;

namespace Chunnel.Formats.Parquet.Tests;

/// <summary>Rows into a file and out of it, with every block and byte given back.</summary>
internal static class ParquetFiles
{
    public static async Task<byte[]> WriteAsync(TableSchema schema, IReadOnlyList<BoxedRow> rows, ParquetWriteOptions? options = null, int rowsPerBatch = 100)
    {
        var memory = BatchMemory.Unlimited();
        var stream = new MemoryStream();
        await using (var writer = ParquetWriter.Create(stream, schema, memory, options))
        {
            for (var at = 0; at < rows.Count; at += rowsPerBatch)
                await writer.WriteAsync(BoxedRows.ToBatch(schema, [.. rows.Skip(at).Take(rowsPerBatch)], memory), CancellationToken.None);
            (await writer.CloseAsync(CancellationToken.None)).ShouldBe(rows.Count);
        }
        memory.Budget.InUseBytes.ShouldBe(0);
        return stream.ToArray();
    }

    public static async Task<List<BoxedRow>> ReadAsync(byte[] file, ParquetScanOptions? options = null)
    {
        var memory = BatchMemory.Unlimited();
        var rows = new List<BoxedRow>();
        using (var reader = ParquetReader.Open(new MemoryStream(file), "test.parquet", memory))
        using (var scan = reader.Scan(options))
        {
            while (await scan.ReadAsync(CancellationToken.None) is { } batch)
            {
                using (batch)
                {
                    batch.Rows.ShouldBeLessThanOrEqualTo(ColumnBatch.AimRows);
                    (batch.FirstRow + batch.Rows).ShouldBe(scan.NextRow);
                    rows.AddRange(BoxedRows.Of(batch));
                }
            }
            scan.RowsLeft.ShouldBe(0);
        }
        memory.Budget.InUseBytes.ShouldBe(0);
        return rows;
    }

    public static TableSchema Table(params (string Name, DataType Type)[] columns) =>
        new(TablePath.Default, [.. columns.Select(column => new ColumnDef(column.Name, column.Type))]);
}
