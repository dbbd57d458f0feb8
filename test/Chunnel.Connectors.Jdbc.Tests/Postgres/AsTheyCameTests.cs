using Chunnel.Core;
using Chunnel.Plugins;
using Chunnel.TestKit;

namespace Chunnel.Connectors.Jdbc.Tests;

/// <summary>Rows that go from one PostgreSQL table into another of the same types as COPY gave them (docs/adr/0110). Values that the engine's types lack tell that nothing was decoded.</summary>
public sealed class AsTheyCameTests
{
    private const string Columns = """
        id int, b bool, i2 int2, i8 int8, f4 float4, f8 float8, n numeric(12, 4), any_n numeric, t text, vc varchar(20), c char(5), j json, x xml, by bytea,
        d date, tm time(3), ts timestamp, ts0 timestamp(0), tz timestamptz
        """;

    /// <summary>Rows over many chunks, texts of each length up to 40 in one to four bytes a character, values that the engine's types lack, and a row longer than a chunk.</summary>
    private const string Filled = $$"""
        create table src({{Columns}});
        insert into src select g, g % 3 = 0, g % 100, g * 1e12::int8, g / 7.0, g / 3.0, g / 16.0, case when g % 4 = 0 then g + 0.123456789012 end, repeat(chr(array_item), g % 41), left('vc' || g, g % 20), 'c' || g % 9, ('{"a": ' || g || '}')::json, '<a/>'::xml, decode(md5(g::text), 'hex'),
            date '2000-01-01' + g, time '00:00' + g * interval '1.5 s', timestamp '1999-01-01' + g * interval '1.000001 s', timestamp '1999-01-01' + g * interval '1 s', timestamptz '2020-01-01 00:00+02' + g * interval '1 min'
            from (select g, (array[65, 228, 8364, 128578])[g % 4 + 1] as array_item from generate_series(1, 20000) g) as made;
        insert into src(id) select g from generate_series(20001, 20100) g;
        insert into src(id, any_n, f8, d, ts, tz, t) values (20101, -1e150, 'NaN', 'infinity', 'infinity', '-infinity', ''), (20102, 1::numeric / 3 + 1e60, '-Infinity', '5874897-12-31', '4713-01-02 BC', '294276-12-31 23:59:59', repeat('long', 200000)), (20103, 1e200, 0, '-infinity', '-infinity', 'infinity', 'x');
        """;

    [Theory]
    [InlineData("")]
    [InlineData("", ", \"split.size\": 3000")]
    [InlineData(", \"primary_keys\": [\"id\"]")]
    [InlineData(", \"primary_keys\": [\"id\"], \"support_upsert_by_query_primary_key_exist\": true")]
    [InlineData(", \"is_exactly_once\": true, \"xa_data_source_class_name\": \"org.postgresql.xa.PGXADataSource\", \"max_retries\": 0")]
    public async Task All_of_a_table_is_in_the_other_to_the_last_digit(string more, string byKey = "")
    {
        await using var db = await Db.OpenAsync(Filled + "create table dst(like src, primary key (id)); alter table src add primary key (id);");
        await CopyAsync(db, more, byKey);
        await MustBeTheSameAsync(db);
    }

    [Fact]
    public async Task Columns_in_another_order_go_by_their_names()
    {
        await using var db = await Db.OpenAsync("create table src(id int, t text, n int, any_n numeric); insert into src select g, 'text ' || g, -g, 1e100 from generate_series(1, 1000) g; create table dst(any_n numeric, n int, id int, t text, more int default 7);");
        await CopyAsync(db, "");
        (await db.RowsAsync("select count(*), sum(id), sum(n), sum(more), count(*) filter (where t = 'text ' || id and any_n = 1e100) from dst")).ShouldBe(["1000|500500|-500500|7000|1000"]);
    }

    [Theory]
    [InlineData("numeric(12, 4)", "numeric(10, 2)", "1.2345", "1.23")]
    [InlineData("numeric(12, 4)", "numeric", "1.2345", "1.2345")]
    [InlineData("varchar(20)", "varchar(30)", "'a'", "a")]
    [InlineData("int", "bigint", "5", "5")]
    [InlineData("text", "jsonb", "'{}'", "{}")]
    [InlineData("timestamp", "timestamptz", "'2024-01-01'", "2024-01-01 00:00:00+00")]
    [InlineData("int[]", "int[]", "'{1,null}'", "{1,NULL}")]
    [InlineData("uuid", "uuid", "'123e4567-e89b-12d3-a456-426614174000'", "123e4567-e89b-12d3-a456-426614174000")]
    public async Task Where_types_differ_or_must_be_converted_values_are_written(string from, string to, string value, string expected)
    {
        await using var db = await Db.OpenAsync($"create table src(v {from}); insert into src values ({value}), (null); create table dst(v {to});");
        await CopyAsync(db, ", \"precision_loss\": \"warn\"");
        (await db.RowsAsync("set timezone to 'UTC'; select coalesce(v::text, 'null') from dst order by v nulls last")).ShouldBe([expected, "null"]);
    }

    [Fact]
    public async Task Whoever_asks_for_a_column_finds_what_it_would_have_been_and_sizes_are_the_same()
    {
        await using var db = await Db.OpenAsync(Filled + "delete from src where id > 20100");
        var memory = BatchMemory.Unlimited();
        await using var source = await db.SourceAsync("\"table_path\": \"public.src\"");
        var plain = await new SourceDrive(source, 1, memory).AllRowsAsync(Db.Stop);
        // All are held at once: none has its bytes taken from under it.
        var batches = new List<ColumnBatch>();
        await foreach (var batch in BatchesAsync(source, memory)) batches.Add(batch);
        var rows = new List<BoxedRow>();
        foreach (var batch in batches)
        {
            using var shared = batch.Share();
            var size = RowSize.Of(batch);
            batch.Wire.ShouldNotBeNull();
            rows.AddRange(BoxedRows.Of(shared));
            using var columns = new ColumnBatch(batch.Schema, batch.Rows, batch.Wire.Decode(), memory);
            size.ShouldBe(RowSize.Of(columns));
            batch.Dispose();
        }
        rows.ShouldBe(plain.Select(row => row.Row));
        memory.Budget.InUseBytes.ShouldBe(0);
    }

    /// <summary>The position is the same in both forms, and so is the check that the table has not changed.</summary>
    [Theory]
    [InlineData(PgWireForm.Name, "")]
    [InlineData(null, "")]
    [InlineData(PgWireForm.Name, ", \"split.size\": 20000")]
    [InlineData(null, ", \"split.size\": 20000")]
    public async Task A_reader_goes_on_where_another_has_stopped(string? afterwards, string byKey)
    {
        await using var db = await Db.OpenAsync("create table src(id int, t text, u int, primary key (u, t)); insert into src select g, 'täxt ' || to_char(g, '00000'), g from generate_series(1, 60000) g");
        await using var source = await db.SourceAsync($"\"table_path\": \"public.src\"{byKey}");
        var drive = new SourceDrive(source, 1, BatchMemory.Unlimited(), wire: PgWireForm.Name);
        var ids = new List<long>();
        IReadOnlyList<SourceSplit> splits;
        await using (var reader = await drive.OpenReaderAsync(0, (await drive.EnumerateAsync(Db.Stop))[0], Db.Stop))
        {
            for (var i = 0; i < 4; i++) Take((await drive.NextAsync(reader, Db.Stop))!, ids);
            splits = reader.Snapshot(1);
        }
        ids.Count.ShouldBeLessThan(60_000);
        var second = new SourceDrive(source, 1, BatchMemory.Unlimited(), wire: afterwards);
        await using var resumed = await second.OpenReaderAsync(0, splits, Db.Stop);
        while (await second.NextAsync(resumed, Db.Stop) is { } batch) Take(batch, ids);
        ids.ShouldBe(Enumerable.Range(1, 60_000).Select(id => (long)id));
    }

    [Theory]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("-Infinity")]
    public async Task What_is_no_number_ends_the_job_and_names_its_row(string value)
    {
        await using var db = await Db.OpenAsync($"create table src(t text, n numeric); insert into src select 'x', -g from generate_series(1, 5000) g; insert into src values (null, '{value}'); create table dst(like src)");
        (await Db.RefusedAsync(() => CopyAsync(db, ""))).Message.ShouldContain($"column 'n', row 5001: {value} has no place in decimal(38, 18)");
    }

    [Theory]
    [InlineData("\"out_of_range\": \"null\"")]
    [InlineData("\"precision_loss\": \"fail\"")]
    public async Task A_source_that_is_to_change_or_to_refuse_values_looks_at_them(string option)
    {
        await using var db = await Db.OpenAsync("create table src(n numeric(5, 2)); insert into src values (1)");
        await using var source = await db.SourceAsync($"\"table_path\": \"public.src\", {option}");
        await foreach (var batch in BatchesAsync(source, BatchMemory.Unlimited()))
        {
            using (batch) batch.Wire.ShouldBeNull();
        }
    }

    /// <summary>Where a server gives a few rows at a time and the sink is slow, what waits is not many times what was received.</summary>
    [Theory]
    [InlineData(1, 1)]
    [InlineData(20_000, 2)]
    public void Few_rows_do_not_hold_a_chunk(int rows, int holders)
    {
        var memory = BatchMemory.Unlimited();
        byte[] row = [0, 1, 0, 0, 0, 4, 0, 0, 0, 7];
        var chunk = new CopyChunk(memory.Rent(CopyChunk.Bytes));
        for (var i = 0; i < rows; i++, chunk.End += row.Length) row.CopyTo(chunk.Block.GetSpan()[chunk.End..]);
        var form = PgWireForm.TryMake(Db.Table("t", ("id", DataType.Int)), new Looseness(OutOfRange.Fail, PrecisionLoss.Warn), memory)!;
        var cut = form.Cut(chunk, ColumnBatch.MostRows, 0).Rows!;
        (cut.Rows, cut.Bytes, cut.RowSize, chunk.Block.References).ShouldBe((rows, rows * row.Length, 4L * rows, holders));
        cut.Span[^row.Length..].ToArray().ShouldBe(row);
        cut.Release();
        chunk.Block.Release();
        memory.Budget.InUseBytes.ShouldBe(0);
    }

    private static void Take(ColumnBatch batch, List<long> ids)
    {
        using (batch) ids.AddRange(BoxedRows.Of(batch).Select(row => (long)(int)row.Values[0]!));
    }

    private static async IAsyncEnumerable<ColumnBatch> BatchesAsync(ISource source, BatchMemory memory)
    {
        var drive = new SourceDrive(source, 1, memory, wire: PgWireForm.Name);
        var splits = (await drive.EnumerateAsync(Db.Stop))[0];
        await using var reader = await drive.OpenReaderAsync(0, splits, Db.Stop);
        while (await drive.NextAsync(reader, Db.Stop) is { } batch) yield return batch;
    }

    private static async Task CopyAsync(Db db, string sinkMore, string sourceMore = "")
    {
        await using var source = await db.SourceAsync($"\"table_path\": \"public.src\"{sourceMore}");
        await using var run = await SinkRun.StartAsync(db, $"\"generate_sink_sql\": true, \"database\": \"{db.Name}\", \"table\": \"public.dst\"{sinkMore}", source.Tables[0]);
        run.Wire.ShouldBe(PgWireForm.Name);
        await foreach (var batch in BatchesAsync(source, BatchMemory.Unlimited())) await run.WriteAsync(batch);
        await run.CheckpointAsync(1);
    }

    private static async Task MustBeTheSameAsync(Db db) =>
        (await db.RowsAsync("select count(*), md5(string_agg(dst::text, ',' order by id)) from dst")).ShouldBe(await db.RowsAsync("select count(*), md5(string_agg(src::text, ',' order by id)) from src"));
}
