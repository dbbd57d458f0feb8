using Chunnel.Core;
using Chunnel.Plugins;
using Chunnel.TestKit;

namespace Chunnel.Connectors.Jdbc.Tests;

/// <summary>Every type both ways, to the last digit (spec connectors.md 7.8, 7.9; checklist 106, 121).</summary>
public sealed class TypeTests
{
    private const string Everything = """
        create type mood as enum ('sad', 'it''s "fine"');
        create domain positive as int check (value > 0);
        create domain code as varchar(8);
        create table src(
            id int primary key, b bool, i2 int2, i4 int4, i8 int8, f4 float4, f8 float8, n numeric(38, 10), n2 numeric(5, 0), any_n numeric, m money,
            t text, vc varchar(20), c char(5), nm name, j json, jb jsonb, x xml, u uuid, by bytea, d date, tm time, tm3 time(3), ts timestamp, ts0 timestamp(0), tz timestamptz,
            ab bool[], ai2 int2[], ai int[], ai8 int8[], af4 float4[], af8 float8[], an numeric[], at text[], av varchar(3)[], ad date[], ats timestamp[], atz timestamptz[], au uuid[],
            e mood, p positive, co code, ip inet, ci cidr, mac macaddr, bi bit(3), vb bit varying(9), iv interval, pt point, r int4range, tv tsvector, o oid, ttz timetz);
        insert into src values (
            1, true, -32768, -2147483648, -9223372036854775808, 'NaN', 'Infinity', 1234567890123456789012345678.0123456789, 99999, 12.30, '-1234.56',
            E'tab\t"quote" \\ line\nä中🙂', 'some text', 'ab', 'a_name', '{"a": [1, 2.50]}', '{"b": {"c": null}}', '<a b="1">t&amp;u</a>', '123e4567-e89b-12d3-a456-426614174000', '\x00ff10',
            '2024-02-29', '23:59:59.999999', '12:34:56.789', '2024-02-29 23:59:59.999999', '1999-12-31 23:59:59', '2024-06-01 12:00:00.000001+05:30',
            '{t,f,null}', '{1,null,-3}', '{1,2,null}', '{9223372036854775807}', '{1.5,NaN}', '{2.5,-Infinity}', '{1.10,200,0.000000000000000001}', '{"a,b","c\"d",null,""}', '{abc}', '{2024-01-01,0001-01-01}',
            '{"2024-01-01 00:00:00.5"}', '{"2024-01-01 00:00:00+00"}', '{123e4567-e89b-12d3-a456-426614174000}',
            'it''s "fine"', 7, 'abc', '10.1.2.3/8', '10.0.0.0/8', '08:00:2b:01:02:03', '101', '110011', '1 year 2 mons -3 days 04:05:06.789', '(1.5,-2)', '[1,5)', 'fat:2 cat:3', 4294967295, '10:11:12.5+02');
        insert into src values (
            2, false, 32767, 2147483647, 9223372036854775807, '-Infinity', 'NaN', -0.0000000001, -1, 0.000000000000000001, '0.05',
            '', '', '', '', '[]', '[]', '<x/>', '00000000-0000-0000-0000-000000000000', '', 'infinity', '24:00:00', '00:00:00', 'infinity', '-infinity', '-infinity',
            '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', 'sad', 1, '', '::1', '::/0', 'ff:ff:ff:ff:ff:ff', '000', '', '00:00:00', '(0,0)', 'empty', '', 0, '00:00:00-12');
        insert into src values (
            3, null, 0, 0, 0, 0, -0.0, 0, 0, -99999999999999999999.999999999999999999, '92233720368547758.07',
            repeat('x', 300000), null, null, null, null, null, null, null, null, '0001-01-01 BC', null, null, '0001-12-31 23:59:59 BC', '294246-12-31 23:59:59', '4713-01-02 00:00:00+00 BC',
            null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null);
        insert into src(id, n, any_n, d, ts) values (4, 9999999999999999999999999999.9999999999, 1e19, '-infinity', '4713-01-02 00:00:00 BC'), (5, 0.5, 100, '5874897-12-31', '1970-01-01'), (6, 0, 1000000.000, '2000-01-01', '2000-01-01');
        """;

    [Fact]
    public async Task A_table_goes_through_and_comes_out_as_it_was()
    {
        await using var db = await Db.OpenAsync(Everything);
        await CopyAsync(db, "\"schema_save_mode\": \"RECREATE_SCHEMA\"");
        (await TypesAsync(db, "dst")).ShouldBe(await TypesAsync(db, "src"));
        await MustBeTheSameAsync(db);
    }

    [Fact]
    public async Task Rows_that_replace_others_go_through_the_staging_table_as_they_are()
    {
        await using var db = await Db.OpenAsync(Everything + "create table dst(like src including all); insert into dst(id) values (2), (3);");
        await CopyAsync(db, "\"primary_keys\": [\"id\"]");
        await MustBeTheSameAsync(db);
    }

    [Fact]
    public async Task Types_of_a_table_are_the_engines()
    {
        await using var db = await Db.OpenAsync(Everything + "comment on table src is 'its'; comment on column src.b is 'yes or no'; alter table src alter i2 set default 7; create unique index on src(i4, i8); create index on src(vc desc);");
        await using var source = await db.SourceAsync("\"table_path\": \"public.src\"");
        var table = source.Tables.Single();
        string[] types =
        [
            "id int", "b boolean", "i2 smallint", "i4 int", "i8 bigint", "f4 float", "f8 double", "n decimal(38, 10)", "n2 decimal(5, 0)", "any_n decimal(38, 18)", "m decimal(30, 2)",
            "t string", "vc string", "c string", "nm string", "j string", "jb string", "x string", "u string", "by bytes", "d date", "tm time", "tm3 time", "ts timestamp", "ts0 timestamp", "tz timestamp_tz",
            "ab array<boolean>", "ai2 array<smallint>", "ai array<int>", "ai8 array<bigint>", "af4 array<float>", "af8 array<double>", "an array<decimal(38, 18)>", "at array<string>", "av array<string>",
            "ad array<date>", "ats array<timestamp>", "atz array<timestamp_tz>", "au array<string>", "e string", "p int", "co string", "ip string", "ci string", "mac string", "bi string", "vb string", "iv string",
            "pt string", "r string", "tv string", "o bigint", "ttz time",
        ];
        table.Columns.Select(column => $"{column.Name} {column.Type}").ShouldBe(types);
        table.TableId.ShouldBe($"{db.Name}.public.src");
        table.PrimaryKey!.Columns.ShouldBe(["id"]);
        table.Comment.ShouldBe("its");
        table.Columns[1].Comment.ShouldBe("yes or no");
        table.Columns[2].Default.ShouldBe("7");
        table.Columns[0].Nullable.ShouldBeFalse();
        table.Columns.Single(column => column.Name == "vc").Length.ShouldBe(20);
        table.Columns.Single(column => column.Name == "ts0").Scale.ShouldBe(0);
        table.ConstraintKeys.Select(key => $"{key.Kind} {string.Join(',', key.Columns.Select(column => $"{column.Name}{(column.Descending ? " desc" : "")}"))}").ShouldBe(["UniqueKey i4,i8", "IndexKey vc desc"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_query_has_the_types_of_its_columns()
    {
        await using var db = await Db.OpenAsync(Everything);
        (await db.ReadAsync("\"query\": \"select n2, vc, any_n, u, jb, e, at, m, iv from src where id = 1\"")).ShouldBe(["99999|some text|12.30|123e4567-e89b-12d3-a456-426614174000|{\"b\": {\"c\": null}}|it's \"fine\"|['a,b', 'c\"d', null, '']|-1234.56|1 year 2 mons -3 days +04:05:06.789"]);
        await using var source = await db.SourceAsync("\"query\": \"select n2, vc, any_n from src\"");
        source.Tables[0].Columns.Select(column => $"{column.Type} {column.Length} {column.Scale}").ShouldBe(["decimal(5, 0)  0", "string 20 ", "decimal(38, 18)  "]);
    }

    [Fact]
    public async Task Tables_are_created_by_the_type_table()
    {
        await using var db = await Db.OpenAsync();
        var table = new TableSchema(new TablePath(null, null, "made"),
        [
            new("b", DataType.Boolean), new("ti", DataType.TinyInt), new("si", DataType.SmallInt), new("i", DataType.Int), new("bi", DataType.BigInt), new("f", DataType.Float), new("d", DataType.Double),
            new("n", DataType.Decimal(20, 3)), new("s", DataType.String), new("s9", DataType.String) { Length = 5000 }, new("sl", DataType.String) { Length = 10_485_761 }, new("by", DataType.Bytes), new("da", DataType.Date),
            new("t3", DataType.Time) { Scale = 3 }, new("ts", DataType.Timestamp) { Scale = 9 }, new("tz", DataType.TimestampTz), new("a", DataType.Array(DataType.Int)), new("ma", DataType.Map(DataType.String, DataType.Int)),
            new("ro", DataType.Row(new RowField("x", DataType.Int))), new("ve", DataType.Vector(TypeKind.FloatVector, 3)), new("nu", DataType.Null), new("id", DataType.Int) { Nullable = false },
        ]) { PrimaryKey = new PrimaryKey("k", ["id"]) };
        var rows = new RandomRows(7) { Plain = true }.Rows(new TableSchema(table.Path, [.. table.Columns.SkipLast(1)]), 200).Select((row, i) => new BoxedRow(RowKind.Insert, [.. row.Values, i])).ToArray();
        await db.WriteAsync($"\"generate_sink_sql\": true, \"database\": \"{db.Name}\", \"precision_loss\": \"warn\"", table, rows);
        (await TypesAsync(db, "made")).ShouldBe(
        [
            "b boolean", "ti smallint", "si smallint", "i integer", "bi bigint", "f real", "d double precision", "n numeric(20,3)", "s text", "s9 character varying(5000)", "sl text", "by bytea", "da date",
            "t3 time(3) without time zone", "ts timestamp(6) without time zone", "tz timestamp(6) with time zone", "a integer[]", "ma jsonb", "ro jsonb", "ve text", "nu text", "id integer",
        ]);
        (await db.RowsAsync("select count(*), count(distinct id) from made")).ShouldBe(["200|200"]);
    }

    [Theory]
    [InlineData("int", "numeric(10, 2)", "5", "5.00")]
    [InlineData("int", "float8", "5", "5")]
    [InlineData("int", "text", "5", "5")]
    [InlineData("bigint", "int2", "5", "5")]
    [InlineData("text", "int", "5", "5")]
    [InlineData("text", "uuid", "'123e4567-e89b-12d3-a456-426614174000'", "123e4567-e89b-12d3-a456-426614174000")]
    [InlineData("text", "inet", "'10.0.0.1'", "10.0.0.1/32")]
    [InlineData("text", "interval", "'1 day'", "1 day")]
    [InlineData("text", "jsonb", "'{\"a\":1}'", "{\"a\": 1}")]
    [InlineData("text", "bit(3)", "'101'", "101")]
    [InlineData("text", "timestamptz", "'2024-01-01 00:00:00+00'", "2024-01-01 00:00:00+00")]
    [InlineData("numeric", "money", "1.50", "$1.50")]
    [InlineData("numeric", "int", "7", "7")]
    [InlineData("double precision", "numeric", "0.1", "0.1")]
    [InlineData("double precision", "real", "0.5", "0.5")]
    [InlineData("date", "timestamp", "'2024-01-01'", "2024-01-01 00:00:00")]
    [InlineData("int[]", "bigint[]", "'{1,null}'", "{1,NULL}")]
    public async Task What_does_not_fit_as_it_is_the_server_converts(string from, string to, string value, string expected)
    {
        await using var db = await Db.OpenAsync($"create table src(v {from}); insert into src values ({value}), (null); create table dst(v {to});");
        await CopyAsync(db, "");
        (await db.RowsAsync("set timezone to 'UTC'; select coalesce(v::text, 'null') from dst order by v nulls last")).ShouldBe([expected, "null"]);
    }

    [Fact]
    public async Task A_number_that_decimal_cannot_hold_fails_or_does_as_it_is_told()
    {
        await using var db = await Db.OpenAsync("create table src(id int, n numeric); insert into src values (1, 1.5), (2, 'NaN'), (3, 'Infinity'), (4, -1e30), (5, 1::numeric / 3);");
        var refused = await Db.RefusedAsync(() => db.ReadAsync("\"table_path\": \"src\""));
        refused.Message.ShouldContain("column 'n', row 2: NaN has no place in decimal(38, 18)");
        refused.Message.ShouldContain("out_of_range = \"null\"");
        (await db.ReadAsync("\"table_path\": \"src\", \"out_of_range\": \"null\"")).ShouldBe(["1|1.5", "2|NULL", "3|NULL", "4|NULL", "5|0.333333333333333333"]);
        (await db.ReadAsync("\"table_path\": \"src\", \"out_of_range\": \"clamp\"")).ShouldBe(["1|1.5", "2|NULL", "3|99999999999999999999.999999999999999999", "4|-99999999999999999999.999999999999999999", "5|0.333333333333333333"]);
        (await Db.RefusedAsync(() => db.ReadAsync("\"query\": \"select * from src where id = 5\", \"precision_loss\": \"fail\""))).Message.ShouldContain("'n', row 1: 0.3333");
        var said = new List<string>();
        await using var source = await db.SourceAsync("\"query\": \"select * from src where id = 5\"", say: said.Add);
        await new SourceDrive(source, 1, BatchMemory.Unlimited()).AllRowsAsync(Db.Stop);
        said.ShouldHaveSingleItem().ShouldContain("1 numbers lost digits");
    }

    [Fact]
    public async Task What_the_table_cannot_hold_is_refused_clamped_or_null_and_told()
    {
        await using var db = await Db.OpenAsync("create table t(id int, i int2, n numeric(4, 1), ts timestamp)");
        var table = Db.Table("t", ("id", DataType.Int), ("i", DataType.BigInt), ("n", DataType.Decimal(10, 3)), ("ts", DataType.Timestamp));
        BoxedRow[] rows = [new(1, 40_000L, new BoxedDecimal(1_250, 3, 3), new BoxedTimestamp(0, 7)), new(2, -40_000L, new BoxedDecimal(9_999_999, 3, 3), new BoxedTimestamp(long.MinValue + 5))];
        var to = $"\"generate_sink_sql\": true, \"database\": \"{db.Name}\"";
        (await Db.RefusedAsync(() => db.WriteAsync(to, table, rows))).Message.ShouldContain("column 'i', row 1: 40000 has no place in smallint");
        (await Db.RefusedAsync(() => db.WriteAsync(to + ", \"precision_loss\": \"fail\", \"out_of_range\": \"clamp\"", table, rows))).Message.ShouldContain("column 'n', row 1: 1.250 has more digits");
        await using (var run = await SinkRun.StartAsync(db, to + ", \"out_of_range\": \"clamp\"", table))
        {
            await run.WriteAsync(rows);
            await run.CheckpointAsync(1);
            run.Warnings.Count.ShouldBe(2, string.Join('\n', run.Warnings));
        }
        await db.WriteAsync(to + ", \"out_of_range\": \"null\"", table, rows);
        (await db.RowsAsync("select * from t")).ShouldBe(["1|32767|1.3|1970-01-01 00:00:00", "2|-32768|999.9|4714-11-24 00:00:00 BC", "1||1.3|1970-01-01 00:00:00", "2|||"]);
    }

    private static async Task CopyAsync(Db db, string sinkMore)
    {
        await using var source = await db.SourceAsync("\"table_path\": \"public.src\"");
        await using var run = await SinkRun.StartAsync(db, $"\"generate_sink_sql\": true, \"database\": \"{db.Name}\", \"table\": \"public.dst\"{(sinkMore.Length > 0 ? ", " + sinkMore : "")}", source.Tables[0]);
        var drive = new SourceDrive(source, 1, BatchMemory.Unlimited());
        var splits = await drive.EnumerateAsync(Db.Stop);
        await using var reader = await drive.OpenReaderAsync(0, splits[0], Db.Stop);
        while (await drive.NextAsync(reader, Db.Stop) is { } batch) await run.WriteAsync(batch);
        await run.CheckpointAsync(1);
    }

    /// <summary>All but the zone of a timetz, which TIME does not keep.</summary>
    private static async Task MustBeTheSameAsync(Db db)
    {
        await db.RunAsync("alter table src drop ttz; alter table dst drop ttz");
        (await db.RowsAsync("select dst::text from dst order by id")).ShouldBe(await db.RowsAsync("select src::text from src order by id"));
    }

    private static Task<IReadOnlyList<string>> TypesAsync(Db db, string table) =>
        db.RowsAsync($"select attname || ' ' || format_type(atttypid, atttypmod) from pg_attribute where attrelid = '{table}'::regclass and attnum > 0 order by attnum");
}
