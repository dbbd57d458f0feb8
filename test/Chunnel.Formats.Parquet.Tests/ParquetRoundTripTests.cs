using Chunnel.Core;
using Chunnel.Formats.Arrow;
using Chunnel.TestKit;
using CsCheck;

namespace Chunnel.Formats.Parquet.Tests;

/// <summary>data-path.md 2.3, 3 and 8: what is written is read, in any cut.</summary>
public sealed class ParquetRoundTripTests
{
    private static readonly Gen<int> Seeds = Gen.Int[0, int.MaxValue - 1];

    [Fact]
    [Trait("spec", "connectors.md 70")]
    public async Task Every_type_is_written_and_read()
    {
        var schema = RandomRows.EveryType(nulls: false);
        var rows = new RandomRows(8) { Plain = true }.Rows(schema, 1500);
        var file = await ParquetFiles.WriteAsync(schema, rows);
        (await ParquetFiles.ReadAsync(file, new ParquetScanOptions { Schema = schema })).ShouldBe(rows);
    }

    [Fact]
    public async Task Every_type_is_written_and_read_with_timestamps_of_old()
    {
        var schema = RandomRows.EveryType(nulls: false);
        var rows = new RandomRows(9) { Plain = true }.Rows(schema, 700);
        var file = await ParquetFiles.WriteAsync(schema, rows, new ParquetWriteOptions { TimestampsAsInt96 = true, RowGroupRows = 250 });
        (await ParquetFiles.ReadAsync(file, new ParquetScanOptions { Schema = schema })).ShouldBe(rows);
    }

    [Fact]
    public async Task Random_tables_survive_in_any_cut() =>
        await Seeds.SampleAsync(async seed =>
        {
            var dice = new Random(seed);
            var chance = new RandomRows(seed) { Plain = true };
            var schema = chance.Schema(nulls: false);
            var rows = chance.Rows(schema, dice.Next(400));
            var file = await ParquetFiles.WriteAsync(schema, rows, new ParquetWriteOptions
            {
                RowGroupRows = dice.Next(20, 200), Codec = (ParquetCodec)dice.Next(6), Dictionary = dice.Next(2) == 0, TimestampsAsInt96 = dice.Next(5) == 0,
            }, rowsPerBatch: dice.Next(1, 90));

            using var reader = ParquetReader.Open(new MemoryStream(file), "test.parquet", BatchMemory.Unlimited());
            reader.Rows.ShouldBe(rows.Count);
            var groups = reader.RowGroups.Count;
            var first = groups == 0 ? 0 : dice.Next(groups);
            var count = groups == 0 ? 0 : dice.Next(groups - first + 1);
            var start = first == groups ? rows.Count : (int)reader.RowGroups[first].FirstRow;
            var length = (int)reader.RowGroups.Skip(first).Take(count).Sum(group => group.Rows);
            (await ParquetFiles.ReadAsync(file, new ParquetScanOptions { Schema = schema, FirstRowGroup = first, RowGroupCount = count })).ShouldBe([.. rows.Skip(start).Take(length)]);

            // A reader that comes back to life goes on at its row; columns in another order, and some only.
            var from = dice.Next(rows.Count + 1);
            var some = schema.WithColumns([.. schema.Columns.Where(_ => dice.Next(3) > 0).Reverse()]);
            var expected = rows.Skip(from).Select(row => new BoxedRow(RowKind.Insert, [.. some.Columns.Select(column => row[schema.IndexOf(column.Name)])]));
            (await ParquetFiles.ReadAsync(file, new ParquetScanOptions { Schema = some, StartRow = from })).ShouldBe([.. expected]);
        }, iter: 60);

    [Fact]
    public async Task The_file_itself_knows_the_types()
    {
        var schema = new TableSchema(TablePath.Default,
        [
            .. RandomRows.EveryType(nulls: false).Columns.Where(column => !column.Type.IsVector),
        ]);
        var file = await ParquetFiles.WriteAsync(schema, []);
        using var reader = ParquetReader.Open(new MemoryStream(file), "test.parquet", BatchMemory.Unlimited());
        reader.Schema.Columns.Select(column => (column.Name, column.Type)).ShouldBe(schema.Columns.Select(column => (column.Name, column.Type)));
        reader.Rows.ShouldBe(0);
    }

    /// <summary>architecture.md 7: a column of type null in a typed file is text of nulls.</summary>
    [Fact]
    public async Task A_column_of_type_null_is_written_as_text_of_nulls()
    {
        var file = await ParquetFiles.WriteAsync(ParquetFiles.Table(("n", DataType.Null), ("i", DataType.Int)), [new BoxedRow(null, 1), new BoxedRow(null, 2)]);
        using var reader = ParquetReader.Open(new MemoryStream(file), "test.parquet", BatchMemory.Unlimited());
        reader.Schema.Columns[0].Type.ShouldBe(DataType.String);
        (await ParquetFiles.ReadAsync(file)).ShouldBe([new BoxedRow(null, 1), new BoxedRow(null, 2)]);
    }

    [Fact]
    public async Task Nanoseconds_are_kept_where_the_schema_declares_them()
    {
        var schema = new TableSchema(TablePath.Default, [new ColumnDef("t", DataType.Timestamp) { Scale = 9 }]);
        BoxedRow[] rows = [new(new BoxedTimestamp(1_700_000_000_000_000, 789)), new(new BoxedTimestamp(-1, 1))];
        (await ParquetFiles.ReadAsync(await ParquetFiles.WriteAsync(schema, rows))).ShouldBe(rows);
    }

    [Fact]
    public async Task Milliseconds_lose_digits_and_say_how_many_values_did()
    {
        var memory = BatchMemory.Unlimited();
        var schema = ParquetFiles.Table(("t", DataType.Timestamp));
        var stream = new MemoryStream();
        await using (var writer = ParquetWriter.Create(stream, schema, memory, new ParquetWriteOptions { Timestamps = ArrowTimestamps.Millis }))
        {
            await writer.WriteAsync(BoxedRows.ToBatch(schema, [new BoxedRow(new BoxedTimestamp(1_999)), new BoxedRow(new BoxedTimestamp(3_000))], memory), CancellationToken.None);
            await writer.CloseAsync(CancellationToken.None);
            writer.ValuesRounded.ShouldBe(1);
        }
        (await ParquetFiles.ReadAsync(stream.ToArray())).ShouldBe([new BoxedRow(new BoxedTimestamp(1_000)), new BoxedRow(new BoxedTimestamp(3_000))]);
    }

    [Fact]
    public async Task Only_the_rows_that_count_are_written()
    {
        var memory = BatchMemory.Unlimited();
        var schema = ParquetFiles.Table(("i", DataType.Int));
        var stream = new MemoryStream();
        await using (var writer = ParquetWriter.Create(stream, schema, memory))
        {
            using var all = BoxedRows.ToBatch(schema, [new BoxedRow(1), new BoxedRow(2), new BoxedRow(3)], memory);
            var selection = ColumnBuffer.Rent<ushort>(memory, 2);
            (selection.As<ushort>()[0], selection.As<ushort>()[1]) = (0, 2);
            await writer.WriteAsync(all.WithSelection(selection, 2), CancellationToken.None);
            (await writer.CloseAsync(CancellationToken.None)).ShouldBe(2);
        }
        (await ParquetFiles.ReadAsync(stream.ToArray())).ShouldBe([new BoxedRow(1), new BoxedRow(3)]);
        memory.Budget.InUseBytes.ShouldBe(0);
    }

    [Fact]
    public async Task Large_values_come_in_batches_of_about_a_mebibyte()
    {
        var schema = ParquetFiles.Table(("s", DataType.String));
        var rows = Enumerable.Range(0, 3000).Select(i => new BoxedRow(new string((char)('a' + i % 26), 2000))).ToList();
        var file = await ParquetFiles.WriteAsync(schema, rows);
        var memory = BatchMemory.Unlimited();
        using var reader = ParquetReader.Open(new MemoryStream(file), "test.parquet", memory);
        using var scan = reader.Scan();
        var read = new List<BoxedRow>();
        while (await scan.ReadAsync(CancellationToken.None) is { } batch)
        {
            using (batch)
            {
                batch.Bytes.ShouldBeLessThanOrEqualTo(ColumnBatch.AimBytes + 100_000);
                read.AddRange(BoxedRows.Of(batch));
            }
        }
        read.ShouldBe(rows);
    }

    [Fact]
    public async Task Rows_can_be_counted_without_a_column()
    {
        var file = await ParquetFiles.WriteAsync(ParquetFiles.Table(("i", DataType.Int)), [.. Enumerable.Range(0, 9000).Select(i => new BoxedRow(i))]);
        (await ParquetFiles.ReadAsync(file, new ParquetScanOptions { Schema = ParquetFiles.Table() })).Count.ShouldBe(9000);
    }
}
