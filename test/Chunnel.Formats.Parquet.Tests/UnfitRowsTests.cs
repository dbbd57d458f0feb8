using System.Text;
using Apache.Arrow;
using Apache.Arrow.Types;
using Chunnel.Core;
using Chunnel.Formats.Arrow;
using Chunnel.TestKit;

namespace Chunnel.Formats.Parquet.Tests;

/// <summary>Rows with a value that its type cannot hold are told of and left out where the caller asks for it; else the first one is the end.</summary>
public sealed class UnfitRowsTests
{
    private static readonly TableSchema Wide = ParquetFiles.Table(("id", DataType.Int), ("n", DataType.BigInt), ("d", DataType.Decimal(20, 4)), ("l", DataType.Array(DataType.BigInt)), ("s", DataType.Bytes));
    private static readonly TableSchema Narrow = ParquetFiles.Table(("id", DataType.Int), ("n", DataType.SmallInt), ("d", DataType.Decimal(5, 2)), ("l", DataType.Array(DataType.TinyInt)), ("s", DataType.String));

    /// <summary>Numbers, decimals, elements and text of any rows, over batches and row groups, against a plain look at each row.</summary>
    [Fact]
    public async Task Exactly_the_rows_that_do_not_fit_are_told_of()
    {
        const int seed = 961130;
        var dice = new Random(seed);
        for (var round = 0; round < 30; round++)
        {
            var share = dice.Next(4) switch { 0 => 0, 1 => 0.002, 2 => 0.2, _ => 1.0 };
            var rows = Enumerable.Range(0, dice.Next(1, 3000)).Select(id => WideRow(id, dice, share)).ToList();
            var file = await ParquetFiles.WriteAsync(Wide, rows, new ParquetWriteOptions { RowGroupRows = dice.Next(10, 2000) });
            var told = new List<int>();
            var options = new ParquetScanOptions
            {
                Schema = Narrow,
                BatchRows = dice.Next(1, 500),
                Unfit = (batch, row, unfit) =>
                {
                    told.Add(((FixedColumn<int>)batch[0]).Values[row]);
                    unfit.Why(row, batch.FirstRow).What.ShouldContain($"row {batch.FirstRow + row}", customMessage: $"seed {seed}, round {round}");
                },
            };
            var read = await ReadAsync(file, options);
            told.ShouldBe(rows.Where(row => !Fits(row)).Select(row => (int)row[0]!), $"seed {seed}, round {round}");
            read.ShouldBe([.. rows.Where(Fits).Select(Narrowed)], $"seed {seed}, round {round}");
            if (told.Count > 0) await Should.ThrowAsync<ChunnelException>(() => ReadAsync(file, new ParquetScanOptions { Schema = Narrow }));
        }
    }

    [Theory]
    [InlineData(1, "Column 'n', row 1: 40000 does not fit smallint.")]
    [InlineData(2, "Column 'd', row 1: 1234.5000 does not fit decimal(5, 2).")]
    [InlineData(3, "Column 'l', row 1: 300 does not fit tinyint.")]
    [InlineData(4, "Column 's': the text of row 1 is not UTF-8.")]
    public async Task What_does_not_fit_is_said_with_column_row_and_value(int column, string what)
    {
        object?[] bad = [null, 40_000L, new BoxedDecimal(12_345_000, 4, 4), new BoxedList(1L, null, 300L), new BoxedBytes([0xC3])];
        var values = new object?[] { 2, 7L, null, new BoxedList(5L), null };
        values[column] = bad[column];
        var file = await ParquetFiles.WriteAsync(Wide, [new BoxedRow(1, 1L, null, new BoxedList(1L, 2L), null), new BoxedRow(values)]);
        UnfitRows? told = null;
        var read = await ReadAsync(file, new ParquetScanOptions { Schema = Narrow, Unfit = (_, _, unfit) => told = unfit });
        read.ShouldHaveSingleItem();
        told.ShouldNotBeNull().Why(1, 0).What.ShouldBe(what);
        Enumerable.Range(0, 5).Where(i => told.Has(1, Narrow.Columns[i].Name)).ShouldBe([column]);
        (await Should.ThrowAsync<ChunnelException>(() => ReadAsync(file, new ParquetScanOptions { Schema = Narrow }))).What.ShouldContain(column == 3 ? "300 does not fit tinyint" : what);
    }

    /// <summary>Days far beyond what a timestamp of the engine holds, in twelve bare bytes.</summary>
    [Fact]
    [Trait("spec", "connectors.md 70")]
    public async Task A_day_of_old_beyond_every_timestamp_does_not_fit()
    {
        const int epoch = 2_440_588;
        const int last = 106_751_990;
        byte[] file = TwelveBytes(epoch + 1, int.MaxValue, null, epoch + last, epoch - last, int.MinValue, epoch + last + 2);
        var told = new List<int>();
        var read = await ReadAsync(file, new ParquetScanOptions { Unfit = (_, row, _) => told.Add(row) });
        told.ShouldBe([1, 5, 6]);
        read.Select(row => row[0]).ShouldBe([new BoxedTimestamp(CivilTime.MicrosPerDay), null, new BoxedTimestamp(last * CivilTime.MicrosPerDay), new BoxedTimestamp(-last * CivilTime.MicrosPerDay)]);
        (await Should.ThrowAsync<ChunnelException>(() => ReadAsync(file, new ParquetScanOptions()))).What.ShouldBe("Column 't', row 1: 0x0000000000000000FFFFFF7F as INT96 does not fit timestamp.");
    }

    private static byte[] TwelveBytes(params int?[] days)
    {
        byte[] values = [.. days.SelectMany(day => new byte[8].Concat(BitConverter.GetBytes(day ?? 0)))];
        byte validity = 0;
        for (var i = 0; i < days.Length; i++) validity |= (byte)(days[i] is null ? 0 : 1 << i);
        var type = new FixedSizeBinaryType(12);
        var data = new ArrayData(type, days.Length, days.Count(day => day is null), 0, [new ArrowBuffer(new[] { validity }), new ArrowBuffer(values)]);
        var schema = new Apache.Arrow.Schema([new Field("t", type, nullable: true)], null);
        using var batch = new RecordBatch(schema, [ArrowArrayFactory.BuildArray(data)], days.Length);
        using var stream = new MemoryStream();
        using (var writer = new ParquetSharp.Arrow.FileWriter(stream, schema, leaveOpen: true))
        {
            writer.WriteRecordBatch(batch);
            writer.Close();
        }
        return stream.ToArray();
    }

    private static BoxedRow WideRow(int id, Random dice, double share)
    {
        bool Bad() => dice.NextDouble() < share;
        bool Null() => dice.Next(5) == 0;
        return new BoxedRow(
            id,
            Null() ? null : Bad() ? 40_000L : dice.NextInt64(short.MinValue, short.MaxValue),
            Null() ? null : Bad() ? new BoxedDecimal(12_345_000, 4, 4) : new BoxedDecimal(dice.Next(-99_999, 99_999) * 100, 4, 4),
            Null() ? null : new BoxedList([.. Enumerable.Range(0, dice.Next(4)).Select(_ => Null() ? null : (object?)(Bad() ? 300L : dice.NextInt64(-128, 127)))]),
            Null() ? null : Bad() ? new BoxedBytes([(byte)'a', 0xFF]) : new BoxedBytes(Encoding.UTF8.GetBytes($"ä{id}")));
    }

    private static bool Fits(BoxedRow row) =>
        row[1] is not 40_000L && (row[2] is not BoxedDecimal d || !d.Equals(new BoxedDecimal(12_345_000, 4, 4))) && (row[3] is not BoxedList list || !list.Items.Contains(300L)) && (row[4] is not BoxedBytes bytes || !bytes.Bytes.Contains((byte)0xFF));

    private static BoxedRow Narrowed(BoxedRow row) => new(
        row[0],
        row[1] is long n ? (short)n : null,
        row[2] is BoxedDecimal d ? new BoxedDecimal(d.Unscaled / 100, 2, 2) : null,
        row[3] is BoxedList list ? new BoxedList([.. list.Items.Select(item => item is long element ? (object?)(sbyte)element : null)]) : null,
        row[4] is BoxedBytes bytes ? Encoding.UTF8.GetString(bytes.Bytes) : null);

    private static async Task<List<BoxedRow>> ReadAsync(byte[] file, ParquetScanOptions options)
    {
        var memory = BatchMemory.Unlimited();
        var rows = new List<BoxedRow>();
        try
        {
            using var reader = ParquetReader.Open(new MemoryStream(file), "test.parquet", memory);
            using var scan = reader.Scan(options);
            while (await scan.ReadAsync(CancellationToken.None) is { } batch)
            {
                using (batch) rows.AddRange(BoxedRows.Of(batch));
            }
            scan.RowsLeft.ShouldBe(0);
        }
        finally
        {
            memory.Budget.InUseBytes.ShouldBe(0);
        }
        return rows;
    }
}
