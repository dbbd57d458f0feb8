using System.Globalization;
using Chunnel.Core;
using Chunnel.TestKit;
using DuckDB.NET.Data;
using Parquet;

namespace Chunnel.Formats.Parquet.Tests;

/// <summary>Other programs read what we write and write what we read.</summary>
public sealed class ParquetForeignTests : IDisposable
{
    private static readonly TableSchema Orders = ParquetFiles.Table(
        ("b", DataType.Boolean), ("t", DataType.TinyInt), ("s", DataType.SmallInt), ("i", DataType.Int), ("l", DataType.BigInt), ("f", DataType.Float), ("d", DataType.Double),
        ("m", DataType.Decimal(18, 4)), ("n", DataType.String), ("y", DataType.Bytes), ("day", DataType.Date), ("ts", DataType.Timestamp),
        ("list", DataType.Array(DataType.Int)), ("map", DataType.Map(DataType.String, DataType.Int)), ("row", DataType.Row(new RowField("a", DataType.Int), new RowField("b", DataType.String))));

    private readonly string _folder = Directory.CreateTempSubdirectory("chunnel-parquet-").FullName;

    private string File => Path.Combine(_folder, "rows.parquet");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_column_has_a_dictionary_where_its_first_values_repeat()
    {
        var schema = ParquetFiles.Table(("key", DataType.BigInt), ("text.free", DataType.String), ("price", DataType.Double), ("state", DataType.String), ("group", DataType.Int));
        List<BoxedRow> rows = [.. Enumerable.Range(0, 4000).Select(i => new BoxedRow([(long)i, $"text number {i}", i / 7.0, i % 3 == 0 ? null : $"state {i % 50}", i % 500]))];
        var file = await ParquetFiles.WriteAsync(schema, rows, rowsPerBatch: 2000);
        await System.IO.File.WriteAllBytesAsync(File, file, TestContext.Current.CancellationToken);
        using var duck = Duck();
        Strings(duck, $"SELECT path_in_schema FROM parquet_metadata('{File}') WHERE dictionary_page_offset IS NOT NULL ORDER BY 1").ShouldBe(["group", "state"]);
        (await ParquetFiles.ReadAsync(file)).ShouldBe(rows);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task DuckDB_reads_what_we_write(bool int96)
    {
        var rows = new RandomRows(21) { Plain = true }.Rows(Orders, 1000);
        await System.IO.File.WriteAllBytesAsync(File, await ParquetFiles.WriteAsync(Orders, rows, new ParquetWriteOptions { TimestampsAsInt96 = int96, RowGroupRows = 300 }), TestContext.Current.CancellationToken);
        using var duck = Duck();
        Scalar(duck, $"SELECT count(*) FROM '{File}'").ShouldBe("1000");
        foreach (var column in new[] { "t", "s", "i", "l" })
            Scalar(duck, $"SELECT coalesce(sum({column}::HUGEINT), 0)::VARCHAR FROM '{File}'").ShouldBe(Sum(rows, column), column);
        Strings(duck, $"SELECT m::VARCHAR FROM '{File}'").ShouldBe(rows.Select(row => row[7]?.ToString()));
        Scalar(duck, $"SELECT count(*) FROM '{File}' WHERE b").ShouldBe(rows.Count(row => row[0] is true).ToString(CultureInfo.InvariantCulture));
        Strings(duck, $"SELECT n FROM '{File}'").ShouldBe(rows.Select(row => (string?)row[8]));
        Strings(duck, $"SELECT epoch_us(ts)::VARCHAR FROM '{File}'").ShouldBe(rows.Select(row => (row[11] as BoxedTimestamp)?.Micros.ToString(CultureInfo.InvariantCulture)));
        Strings(duck, $"SELECT datediff('day', DATE '1970-01-01', day)::VARCHAR FROM '{File}'").ShouldBe(rows.Select(row => (row[10] as BoxedDate)?.Days.ToString(CultureInfo.InvariantCulture)));
        Strings(duck, $"SELECT len(list)::VARCHAR FROM '{File}'").ShouldBe(rows.Select(row => (row[12] as BoxedList)?.Items.Count.ToString(CultureInfo.InvariantCulture)));
        Scalar(duck, $"SELECT coalesce(sum(x::HUGEINT), 0)::VARCHAR FROM (SELECT unnest(list) x FROM '{File}')")
            .ShouldBe(rows.Select(row => row[12]).OfType<BoxedList>().SelectMany(list => list.Items).OfType<int>().Sum(number => (long)number).ToString(CultureInfo.InvariantCulture));
        Strings(duck, $"SELECT cardinality(map)::VARCHAR FROM '{File}' WHERE map IS NOT NULL").ShouldBe(rows.Select(row => row[13]).OfType<BoxedMap>().Select(map => map.Pairs.Count.ToString(CultureInfo.InvariantCulture)));
        Strings(duck, $"SELECT \"row\".b FROM '{File}'").ShouldBe(rows.Select(row => (row[14] as BoxedList)?.Items[1] as string));
    }

    [Fact]
    [Trait("spec", "connectors.md 70")]
    public async Task We_read_what_DuckDB_writes()
    {
        using (var duck = Duck())
        {
            Execute(duck, $$"""
                COPY (SELECT i::TINYINT AS t, i::UTINYINT AS ut, i::UINTEGER AS ui, (i::UBIGINT + 18446744073709551000)::UBIGINT AS ul, i::DOUBLE / 4 AS d, (i / 8)::DECIMAL(9, 3) AS m,
                  'wörd ' || i AS s, DATE '2000-01-01' + i::INTEGER AS day, TIME '10:00:00' + INTERVAL (i) SECOND AS tm, TIMESTAMP '9999-12-31 23:59:59' AS ts,
                  TIMESTAMPTZ '2024-01-01 00:00:00+00' AS tz, TIMESTAMP_NS '2024-01-01 00:00:00.123456789' AS ns, CASE WHEN i % 3 = 0 THEN NULL ELSE [i, NULL] END AS list,
                  MAP {'k': i} AS map, {'a': i, 'b': [i]} AS r FROM range(10) t(i)) TO '{{File}}' (FORMAT PARQUET, ROW_GROUP_SIZE 4)
                """);
        }
        var file = await System.IO.File.ReadAllBytesAsync(File, TestContext.Current.CancellationToken);
        using (var reader = ParquetReader.Open(File, BatchMemory.Unlimited()))
        {
            reader.Schema.ToString().ShouldBe("default.default.default(t tinyint, ut smallint, ui bigint, ul decimal(20, 0), d double, m decimal(9, 3), s string, day date, tm time, ts timestamp, "
                + "tz timestamp_tz, ns timestamp, list array<bigint>, map map<string, bigint>, r row<a bigint, b array<bigint>>)");
        }
        var row = (await ParquetFiles.ReadAsync(file))[7];
        row.ToString().ShouldBe("+I(7, 7, 7, 18446744073709551007, 1.75, 0.875, 'wörd 7', 2000-01-08, 10:00:07, 9999-12-31T23:59:59Z, 2024-01-01T00:00Z, "
            + "2024-01-01T00:00:00.123456789Z, [7, null], {'k': 7}, [7, [7]])");
    }

    [Fact]
    public async Task Parquet_Net_reads_what_we_write()
    {
        var schema = ParquetFiles.Table(("i", DataType.Int), ("s", DataType.String), ("d", DataType.Double));
        var rows = new RandomRows(22) { Plain = true }.Rows(schema, 500);
        var file = await ParquetFiles.WriteAsync(schema, rows, new ParquetWriteOptions { RowGroupRows = 200 });
        await using var reader = await global::Parquet.ParquetReader.CreateAsync(new MemoryStream(file), cancellationToken: TestContext.Current.CancellationToken);
        reader.RowGroupCount.ShouldBe(3);
        var (fields, read) = (reader.Schema.DataFields, new List<BoxedRow>());
        for (var i = 0; i < reader.RowGroupCount; i++)
        {
            using var group = reader.OpenRowGroupReader(i);
            var (ints, texts, doubles) = (new int?[group.RowCount], new string?[group.RowCount], new double?[group.RowCount]);
            await group.ReadAsync<int>(fields[0], ints.AsMemory(), cancellationToken: TestContext.Current.CancellationToken);
            await group.ReadAsync(fields[1], texts.AsMemory(), cancellationToken: TestContext.Current.CancellationToken);
            await group.ReadAsync<double>(fields[2], doubles.AsMemory(), cancellationToken: TestContext.Current.CancellationToken);
            read.AddRange(ints.Select((number, row) => new BoxedRow(number, texts[row], doubles[row])));
        }
        read.ShouldBe(rows);
    }

    [Fact]
    public async Task We_read_what_Parquet_Net_writes()
    {
        var written = Enumerable.Range(0, 300).Select(i => new Order { Id = i, Name = i % 7 == 0 ? null : $"näme {i}", Price = i % 5 == 0 ? null : i / 8.0, At = new DateTime(2024, 1, 1).AddMilliseconds(i) }).ToList();
        var stream = new MemoryStream();
        await global::Parquet.Serialization.ParquetSerializer.SerializeAsync(written, stream, cancellationToken: TestContext.Current.CancellationToken);
        var schema = ParquetFiles.Table(("Id", DataType.BigInt), ("Name", DataType.String), ("Price", DataType.Double), ("At", DataType.Timestamp));
        (await ParquetFiles.ReadAsync(stream.ToArray(), new ParquetScanOptions { Schema = schema })).ShouldBe(
            [.. written.Select(order => new BoxedRow(order.Id, order.Name, order.Price, new BoxedTimestamp((order.At.Ticks - DateTime.UnixEpoch.Ticks) / 10)))]);
    }

    public sealed class Order
    {
        public long Id { get; set; }

        public string? Name { get; set; }

        public double? Price { get; set; }

        public DateTime At { get; set; }
    }

    private static string Sum(IReadOnlyList<BoxedRow> rows, string column)
    {
        Int128 sum = 0;
        foreach (var row in rows)
        {
            sum += row[Orders.IndexOf(column)] switch { sbyte v => v, short v => v, int v => v, long v => v, _ => 0 };
        }
        return sum.ToString(CultureInfo.InvariantCulture);
    }

    private static DuckDBConnection Duck()
    {
        var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        Execute(connection, "SET TimeZone = 'UTC'");
        return connection;
    }

    private static void Execute(DuckDBConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static string Scalar(DuckDBConnection connection, string sql) => Strings(connection, sql)[0]!;

    private static List<string?> Strings(DuckDBConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var values = new List<string?>();
        while (reader.Read()) values.Add(reader.IsDBNull(0) ? null : Convert.ToString(reader.GetValue(0), CultureInfo.InvariantCulture));
        return values;
    }
}
