using Chunnel.Core;
using Chunnel.Formats.Arrow;
using Chunnel.TestKit;

namespace Chunnel.Formats.Parquet.Tests;

/// <summary>data-path.md 2.1 and 8, by number.</summary>
public sealed class ParquetTrapTests
{
    private static readonly BoxedTimestamp LastMoment = new(253_402_300_799_999_999);
    private static readonly BoxedTimestamp FirstMoment = new(-62_135_596_800_000_000);

    /// <summary>Trap 3: read as nanoseconds, these become 1816 and 1754.</summary>
    [Fact]
    [Trait("spec", "connectors.md 70")]
    public async Task INT96_holds_sentinels_of_the_years_1_and_9999()
    {
        var schema = ParquetFiles.Table(("t", DataType.Timestamp), ("l", DataType.Array(DataType.Timestamp)));
        BoxedRow[] rows = [new(LastMoment, new BoxedList(FirstMoment, null)), new(FirstMoment, new BoxedList()), new(null, null)];
        var file = await ParquetFiles.WriteAsync(schema, rows, new ParquetWriteOptions { TimestampsAsInt96 = true });
        using (var low = new ParquetSharp.ParquetFileReader(new MemoryStream(file)))
            low.FileMetaData.Schema.Column(0).PhysicalType.ShouldBe(ParquetSharp.PhysicalType.Int96);
        (await ParquetFiles.ReadAsync(file)).ShouldBe(rows);
    }

    [Fact]
    public async Task Bytes_of_twelve_are_written_as_INT96_where_asked_for()
    {
        var schema = ParquetFiles.Table(("b", DataType.Bytes), ("i", DataType.Int));
        byte[] dayAfterEpoch = [0, 0, 0, 0, 0, 0, 0, 0, .. BitConverter.GetBytes(2_440_589)];
        var file = await ParquetFiles.WriteAsync(schema, [new BoxedRow(new BoxedBytes(dayAfterEpoch), 1), new BoxedRow(null, 2)], new ParquetWriteOptions { FixedAsInt96 = ["b"] });
        (await ParquetFiles.ReadAsync(file)).ShouldBe([new BoxedRow(new BoxedTimestamp(CivilTime.MicrosPerDay), 1), new BoxedRow(null, 2)]);
        (await Should.ThrowAsync<ChunnelException>(() => ParquetFiles.WriteAsync(schema, [new BoxedRow(new BoxedBytes([1]), 1)], new ParquetWriteOptions { FixedAsInt96 = ["b"] }))).Message.ShouldContain("'b', row 0");
        Should.Throw<ChunnelException>(() => ParquetWriter.Create(new MemoryStream(), schema, BatchMemory.Unlimited(), new ParquetWriteOptions { FixedAsInt96 = ["i"] })).Message.ShouldContain("'i'");
    }

    /// <summary>Trap 4: a row group a batch would halve the speed.</summary>
    [Fact]
    public async Task Many_batches_make_few_row_groups()
    {
        var schema = ParquetFiles.Table(("i", DataType.Int));
        var rows = Enumerable.Range(0, 5000).Select(i => new BoxedRow(i)).ToList();
        foreach (var int96 in new[] { false, true })
        {
            var file = await ParquetFiles.WriteAsync(schema, rows, new ParquetWriteOptions { RowGroupRows = 2000, TimestampsAsInt96 = int96 }, rowsPerBatch: 100);
            using var reader = ParquetReader.Open(new MemoryStream(file), "test.parquet", BatchMemory.Unlimited());
            reader.RowGroups.Select(group => (group.FirstRow, group.Rows)).ShouldBe([(0, 2000), (2000, 2000), (4000, 1000)]);
        }
    }

    /// <summary>Trap 5 and 8.11: one owner of every handle; nothing is left behind when a file is given up in the middle.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_file_given_up_is_no_file_and_holds_nothing(bool int96)
    {
        var memory = BatchMemory.Unlimited();
        var schema = ParquetFiles.Table(("s", DataType.String));
        var stream = new MemoryStream();
        await using (var writer = ParquetWriter.Create(stream, schema, memory, new ParquetWriteOptions { TimestampsAsInt96 = int96 }))
        {
            await writer.WriteAsync(BoxedRows.ToBatch(schema, [new BoxedRow("x")], memory), CancellationToken.None);
        }
        memory.Budget.InUseBytes.ShouldBe(0);
        Should.Throw<ChunnelException>(() => ParquetReader.Open(new MemoryStream(stream.ToArray()), "given-up.parquet", memory)).Message.ShouldContain("given-up.parquet");
    }

    /// <summary>Trap 9: microseconds unless milliseconds are asked for; lists have the names that the format prescribes.</summary>
    [Fact]
    public async Task Timestamps_are_microseconds_and_lists_have_elements()
    {
        var file = await ParquetFiles.WriteAsync(ParquetFiles.Table(("t", DataType.Timestamp), ("z", DataType.TimestampTz), ("l", DataType.Array(DataType.Int))), []);
        using var low = new ParquetSharp.ParquetFileReader(new MemoryStream(file));
        var schema = low.FileMetaData.Schema;
        var local = schema.Column(0).LogicalType.ShouldBeOfType<ParquetSharp.TimestampLogicalType>();
        local.TimeUnit.ShouldBe(ParquetSharp.TimeUnit.Micros);
        local.IsAdjustedToUtc.ShouldBeFalse();
        schema.Column(1).LogicalType.ShouldBeOfType<ParquetSharp.TimestampLogicalType>().IsAdjustedToUtc.ShouldBeTrue();
        schema.Column(2).Path.ToDotString().ShouldBe("l.list.element");
    }

    /// <summary>Trap 10: LZ4 without Hadoop's frame; LZO is refused before anything runs.</summary>
    [Fact]
    public async Task Codecs_are_what_they_are_called()
    {
        var schema = ParquetFiles.Table(("s", DataType.String));
        BoxedRow[] rows = [.. Enumerable.Repeat(new BoxedRow(new string('x', 1000)), 100)];
        foreach (var codec in Enum.GetValues<ParquetCodec>())
        {
            ParquetCodecs.Parse(codec.ToString().ToUpperInvariant()).ShouldBe(codec);
            (await ParquetFiles.ReadAsync(await ParquetFiles.WriteAsync(schema, rows, new ParquetWriteOptions { Codec = codec }))).SequenceEqual(rows).ShouldBeTrue(codec.ToString());
        }
        Should.Throw<ChunnelException>(() => ParquetCodecs.Parse("lzo")).Mend!.ShouldContain("zstd");
        Should.Throw<ChunnelException>(() => ParquetCodecs.Parse("snapy"));
    }

    [Fact]
    public async Task Timestamps_that_do_not_fit_follow_the_policy()
    {
        var schema = ParquetFiles.Table(("t", DataType.Timestamp));
        BoxedRow[] rows = [new(new BoxedTimestamp(1)), new(new BoxedTimestamp(TimestampColumn.PositiveInfinity))];
        foreach (var int96 in new[] { false, true })
        {
            (await Should.ThrowAsync<ChunnelException>(() => ParquetFiles.WriteAsync(schema, rows, new ParquetWriteOptions { TimestampsAsInt96 = int96 }))).Message.ShouldContain("row 1");
            (await ParquetFiles.ReadAsync(await ParquetFiles.WriteAsync(schema, rows, new ParquetWriteOptions { TimestampsAsInt96 = int96, OutOfRange = OutOfRange.Clamp }))).ShouldBe([rows[0], new BoxedRow(LastMoment)]);
            (await ParquetFiles.ReadAsync(await ParquetFiles.WriteAsync(schema, rows, new ParquetWriteOptions { TimestampsAsInt96 = int96, OutOfRange = OutOfRange.Null }))).ShouldBe([rows[0], new BoxedRow((object?)null)]);
        }
        await Should.ThrowAsync<ChunnelException>(() => ParquetFiles.WriteAsync(schema, [new BoxedRow(new BoxedTimestamp(0, 5))], new ParquetWriteOptions { PrecisionLoss = PrecisionLoss.Fail }));
    }

    [Fact]
    public async Task A_damaged_file_is_refused_by_name_and_place()
    {
        var file = await ParquetFiles.WriteAsync(ParquetFiles.Table(("s", DataType.String)), [.. Enumerable.Range(0, 5000).Select(i => new BoxedRow($"value {i}"))]);
        Should.Throw<ChunnelException>(() => ParquetReader.Open(new MemoryStream(file[..^1]), "cut.parquet", BatchMemory.Unlimited())).Message.ShouldContain("cut.parquet");
        Should.Throw<ChunnelException>(() => ParquetReader.Open(new MemoryStream([]), "empty.parquet", BatchMemory.Unlimited())).Message.ShouldContain("empty.parquet");

        // Bytes of the first page are gone.
        file.AsSpan(4, 200).Clear();
        var refused = await Should.ThrowAsync<ChunnelException>(() => ParquetFiles.ReadAsync(file));
        refused.Message.ShouldContain("test.parquet, from row 0 on");
    }

    [Fact]
    public async Task A_column_that_is_not_there_is_named_with_the_one_that_was_meant()
    {
        var file = await ParquetFiles.WriteAsync(ParquetFiles.Table(("price", DataType.Int)), []);
        var refused = await Should.ThrowAsync<ChunnelException>(() => ParquetFiles.ReadAsync(file, new ParquetScanOptions { Schema = ParquetFiles.Table(("prize", DataType.Int)) }));
        refused.Message.ShouldContain("Did you mean 'price'?");
        (await Should.ThrowAsync<ChunnelException>(async () => await ParquetFiles.ReadAsync(
            await ParquetFiles.WriteAsync(ParquetFiles.Table(("s", DataType.String)), [new BoxedRow("x")]), new ParquetScanOptions { Schema = ParquetFiles.Table(("s", DataType.Int)) }))).Message.ShouldContain("'s'");
    }

    /// <summary>Invariants R3 and L1: row groups that are open leave room for the batches that will end them, also those of files that get no more rows.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public async Task Readers_never_wait_for_row_groups_that_nobody_ends(int files)
    {
        var memory = new BatchMemory(new BlockPool(), new MemoryBudget("small", 8 << 20));
        var schema = ParquetFiles.Table(("s", DataType.String));
        var writers = Enumerable.Range(0, files).Select(_ => ParquetWriter.Create(new MemoryStream(), schema, memory)).ToList();
        for (var i = 0; i < 60; i++)
        {
            await memory.WaitForRoomAsync(ColumnBatch.AimBytes, CancellationToken.None).AsTask().WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
            var batch = BoxedRows.ToBatch(schema, [.. Enumerable.Range(0, 800).Select(row => new BoxedRow(new string((char)('a' + row % 26), 1000)))], memory);
            await writers[i < 40 ? i % files : 0].WriteAsync(batch, CancellationToken.None);
        }
        foreach (var writer in writers) await writer.CloseAsync(CancellationToken.None);
        writers.Sum(writer => writer.Rows).ShouldBe(60 * 800);
        (memory.Budget.InUseBytes, memory.Budget.KeptBytes).ShouldBe((0, 0));
    }

    /// <summary>data-path.md 6: what the library takes is charged, and a small budget makes smaller row groups instead of failing.</summary>
    [Fact]
    public async Task A_small_budget_ends_row_groups_early()
    {
        var memory = new BatchMemory(new BlockPool(), new MemoryBudget("small", 12 << 20));
        var schema = ParquetFiles.Table(("s", DataType.String));
        var stream = new MemoryStream();
        var dice = new Random(1);
        await using (var writer = ParquetWriter.Create(stream, schema, memory))
        {
            for (var i = 0; i < 60; i++)
            {
                var batch = BoxedRows.ToBatch(schema, [.. Enumerable.Range(0, 500).Select(_ => new BoxedRow(new string((char)dice.Next('a', 'z'), 1000)))], memory);
                await writer.WriteAsync(batch, CancellationToken.None);
            }
            await writer.CloseAsync(CancellationToken.None);
        }
        memory.Budget.InUseBytes.ShouldBe(0);
        memory.Budget.PeakBytes.ShouldBeLessThan(20 << 20);
        using var reader = ParquetReader.Open(new MemoryStream(stream.ToArray()), "test.parquet", memory);
        reader.Rows.ShouldBe(30_000);
        reader.RowGroups.Count.ShouldBeInRange(2, 20);
    }
}
