using Chunnel.Core;
using Chunnel.Plugins;
using Chunnel.TestKit;

namespace Chunnel.Connectors.Jdbc.Tests;

/// <summary>Tables, queries and splits (spec connectors.md checklist 94 to 104, 106, 110 to 112).</summary>
public sealed class SourceTests
{
    private const string Orders = """
        create table orders(id int primary key, name text, day date);
        insert into orders select g, 'n' || g, date '2024-01-01' + g % 90 from generate_series(1, 1000) g;
        analyze;
        """;

    /// <summary>94: both forms give the same rows. 112: fetch_size 1 gives all of them.</summary>
    [Fact]
    public async Task A_table_and_a_query_give_the_same_rows()
    {
        await using var db = await Db.OpenAsync(Orders);
        var table = await db.ReadAsync("\"table_path\": \"public.orders\"");
        table.Count.ShouldBe(1000);
        table[0].ShouldBe("1|n1|2024-01-02");
        (await db.ReadAsync("\"query\": \"select * from orders;\", \"fetch_size\": 1")).ShouldBe(table);
        (await db.ReadAsync($"\"query\": \"select * from orders -- all of them\", \"table_path\": \"{db.Name}.public.orders\"")).ShouldBe(table);
    }

    /// <summary>Whatever kind of table it is, reading it gives what a query of it gives.</summary>
    [Theory]
    [InlineData("create table t(id int, \"the name\" text); insert into t values (1, 'a'), (2, null)")]
    [InlineData("create table t(id int); create table u() inherits (t); insert into t values (1); insert into u values (2)")]
    [InlineData("create table t(id int) partition by list (id); create table u partition of t for values in (1); create table v partition of t for values in (2); insert into t values (1), (2)")]
    [InlineData("create table t(id int, twice int generated always as (id * 2) stored); insert into t values (1), (2)")]
    [InlineData("create view t as select * from (values (1, 'a'), (2, 'b')) v(id, name)")]
    [InlineData("create materialized view t as select * from (values (1), (2)) v(id)")]
    [InlineData("create table t(id int, at inet, mood text[]); insert into t values (1, '10.0.0.1/8', '{a}'), (2, '::1', null)")]
    [InlineData("create table t(id int, gone int, more text); alter table t drop column gone; insert into t values (1, 'a'), (2, 'b')")]
    public async Task Any_kind_of_table_gives_all_its_rows(string sql)
    {
        await using var db = await Db.OpenAsync(sql);
        var table = await db.ReadAsync("\"table_path\": \"public.t\"");
        table.Count.ShouldBe(2);
        table.ShouldBe(await db.ReadAsync("\"query\": \"select * from t\""), ignoreOrder: true);
    }

    /// <summary>95: a table for each entry, under its own path.</summary>
    [Fact]
    public async Task A_list_gives_each_table_under_its_path()
    {
        await using var db = await Db.OpenAsync(Orders + "create table other(a int); insert into other values (1), (2);");
        await using var source = await db.SourceAsync("\"table_list\": [{\"table_path\": \"public.orders\", \"query\": \"select id from orders where id < 4\"}, {\"table_path\": \"other\"}]");
        source.Tables.Select(table => table.TableId).ShouldBe([$"{db.Name}.public.orders", $"{db.Name}.public.other"]);
        source.Tables[0].PrimaryKey!.Columns.ShouldBe(["id"]);
        var rows = await new SourceDrive(source, 2, BatchMemory.Unlimited()).AllRowsAsync(Db.Stop);
        rows.Count(row => row.Table == source.Tables[0].TableId).ShouldBe(3);
        rows.Count(row => row.Table == source.Tables[1].TableId).ShouldBe(2);
    }

    [Fact]
    public async Task A_pattern_gives_every_table_that_it_matches()
    {
        await using var db = await Db.OpenAsync("create table t_1(a int); create table t_2(a int); create table xt_3(a int); create view t_v as select 1 as a;");
        await using var source = await db.SourceAsync($"\"table_path\": \"{db.Name}\\\\.public\\\\.t_.*\", \"use_regex\": true");
        source.Tables.Select(table => table.Path.Table).ShouldBe(["t_1", "t_2", "t_v"]);
        (await Db.RefusedAsync(async () => await db.SourceAsync("\"table_path\": \"nothing\", \"use_regex\": true"))).Message.ShouldContain("No table matches 'nothing'");
    }

    /// <summary>96, 97 and their kin.</summary>
    [Theory]
    [InlineData("\"table_path\": \"a\", \"table_list\": [{\"table_path\": \"b\"}]", "Please configure either `table_list` or `table_path`/`query`, not both")]
    [InlineData("\"table_path\": \"a\", \"where_condition\": \"id > 1\"", "The where condition clause must start with 'where'. value: id > 1")]
    [InlineData("\"fetch_size\": 1", "Either table path or query must be specified in source configuration.")]
    [InlineData("\"table_list\": [{\"table_path\": \"a\"}, {\"table_path\": \"a\"}]", "Please configure unique `table_path`, not allow null/duplicate table path: [a]")]
    [InlineData("\"table_list\": [{\"query\": \"select 1\"}]", "not allow null/duplicate table path: [null]")]
    public async Task What_cannot_be_is_refused_before_anything_is_reached(string more, string says)
    {
        await using var db = await Db.OpenAsync();
        new JdbcSourcePlugin().Check(db.Settings(more)).Where(problem => problem.Severity == Severity.Error).ShouldContain(problem => problem.What.Contains(says, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_condition_holds_for_tables_and_queries_of_any_shape()
    {
        await using var db = await Db.OpenAsync(Orders);
        const string where = ", \"where_condition\": \"where id <= 3 or name = 'n7'\"";
        (await db.ReadAsync("\"table_path\": \"orders\"" + where)).Count.ShouldBe(4);
        (await db.ReadAsync("\"query\": \"select name from orders o\"" + where)).Count.ShouldBe(4);
        (await db.ReadAsync("\"query\": \"select id, name from orders where id <> 2\"" + where)).Count.ShouldBe(3);
        (await db.ReadAsync("\"query\": \"select id, name from orders order by id limit 2\"" + where)).Count.ShouldBe(2);
    }

    /// <summary>98, 104: fixed splits of numbers cover all rows once, those without a key in a split of their own.</summary>
    [Theory]
    [InlineData("", 10, 1005)]
    [InlineData(", \"partition_num\": 3", 3, 1005)]
    [InlineData(", \"partition_lower_bound\": 101, \"partition_upper_bound\": 200, \"partition_num\": 4", 4, 105)]
    public async Task Fixed_splits_cover_all_rows_once(string more, int splits, int rows)
    {
        await using var db = await Db.OpenAsync(Orders + "create table k as select id as \"Key\", name from orders; insert into k select null, 'none' || g from generate_series(1, 5) g;");
        var settings = "\"query\": \"select * from k\", \"partition_column\": \"Key\"" + more;
        await using var source = await db.SourceAsync(settings);
        (await new SourceDrive(source, 2, BatchMemory.Unlimited()).EnumerateAsync(Db.Stop)).Sum(own => own.Count).ShouldBe(splits + 1);
        var read = await db.ReadAsync(settings, readers: 2);
        read.Count.ShouldBe(rows);
        read.Distinct().Count().ShouldBe(rows);
    }

    /// <summary>99: texts are split by their hash.</summary>
    [Fact]
    public async Task Fixed_splits_of_texts_cover_all_rows_once()
    {
        await using var db = await Db.OpenAsync(Orders + "insert into orders values (2000, null, null)");
        var settings = "\"query\": \"select name, id from orders\", \"partition_column\": \"name\", \"partition_num\": 3";
        await using var source = await db.SourceAsync(settings);
        (await new SourceDrive(source, 2, BatchMemory.Unlimited()).EnumerateAsync(Db.Stop)).Sum(own => own.Count).ShouldBe(4);
        (await db.ReadAsync(settings, readers: 2)).Distinct().Count().ShouldBe(1001);
    }

    /// <summary>100, and columns that cannot be split by.</summary>
    [Fact]
    public async Task A_column_that_cannot_split_is_refused()
    {
        await using var db = await Db.OpenAsync(Orders + "alter table orders add flag bool");
        (await Db.RefusedAsync(async () => await db.SourceAsync("\"query\": \"select * from orders\", \"partition_column\": \"ID\""))).Message.ShouldContain("Partitioned column(ID) don't exist in the table columns");
        (await Db.RefusedAsync(async () => await db.SourceAsync("\"query\": \"select * from orders\", \"partition_column\": \"flag\""))).Message.ShouldContain("flag is not numeric/string type");
    }

    /// <summary>101, 102, 103, 104, 111: splits by size, of keys that are spread evenly and of others, with and without statistics.</summary>
    [Theory]
    [InlineData("create table s as select g as k, 'v' || g as v from generate_series(1, 5000) g; alter table s add primary key (k)", "")]
    [InlineData("create table s as select g as k, 'v' || g as v from generate_series(1, 5000) g; alter table s add primary key (k)", ", \"use_select_count\": true")]
    [InlineData("create table s as select g::bigint * g * g * 1000 as k, 'v' || g as v from generate_series(1, 5000) g; alter table s add primary key (k)", "")]
    [InlineData("create table s as select g::bigint * g * g * 1000 as k, 'v' || g as v from generate_series(1, 5000) g; alter table s add primary key (k)", ", \"split.sample-sharding.threshold\": 3, \"split.inverse-sampling.rate\": 20")]
    [InlineData("create table s as select 'k' || g as k, 'v' || g as v from generate_series(1, 5000) g; alter table s add primary key (k)", "")]
    [InlineData("create table s as select md5(g::text)::uuid as k, 'v' || g as v from generate_series(1, 5000) g; alter table s add primary key (k)", "")]
    [InlineData("create table s as select date '2000-01-01' + g as k, 'v' || g as v from generate_series(1, 5000) g; alter table s add primary key (k)", "")]
    [InlineData("create table s as select g % 7 as k, 'v' || g as v from generate_series(1, 5000) g", ", \"partition_column\": \"k\"")]
    [InlineData("create table s as select nullif(g, g / 2 * 2) as k, 'v' || g as v from generate_series(1, 5000) g; create unique index on s(k)", "")]
    [InlineData("create table s as select g / 100.0 as k, 'v' || g as v from generate_series(1, 5000) g; alter table s add primary key (k)", "")]
    [InlineData("create table s as select g as k, 'v' || g as v from generate_series(1, 5000) g", "")]
    public async Task Splits_by_size_cover_all_rows_once(string table, string more)
    {
        await using var db = await Db.OpenAsync(table + "; analyze");
        var read = await db.ReadAsync("\"table_path\": \"s\", \"split.size\": 400" + more, readers: 3);
        read.Count.ShouldBe(5000);
        read.Distinct().Count().ShouldBe(5000);
    }

    [Fact]
    public async Task Even_keys_make_as_many_splits_as_there_are_rows_for()
    {
        await using var db = await Db.OpenAsync(Orders);
        await using var source = await db.SourceAsync("\"table_path\": \"orders\", \"split.size\": 100");
        (await new SourceDrive(source, 50, BatchMemory.Unlimited()).EnumerateAsync(Db.Stop)).Sum(own => own.Count).ShouldBe(10);
        await using var whole = await db.SourceAsync("\"table_path\": \"orders\"");
        (await new SourceDrive(whole, 4, BatchMemory.Unlimited()).EnumerateAsync(Db.Stop)).Sum(own => own.Count).ShouldBe(1);
    }

    /// <summary>By key, a reader goes on behind the last row even when the table has changed meanwhile.</summary>
    [Fact]
    public async Task By_key_reading_goes_on_whatever_happened_to_the_table()
    {
        await using var db = await Db.OpenAsync("create table k(a int, b text, v text, primary key (a, b)); insert into k select g % 10, 'it''s ' || g, repeat('x', 100) from generate_series(1, 12000) g;");
        await using var source = await db.SourceAsync("\"table_path\": \"k\"", JobMode.Streaming);
        var (before, splits) = await ReadSomeAsync(source, 1_200);
        await db.RunAsync("update k set v = 'changed'; delete from k where a = 0; vacuum full k;");
        var after = await RestAsync(source, splits);
        before.Concat(after).Distinct().Count().ShouldBe(before.Count + after.Count);
        (before.Count + after.Count).ShouldBe(12_000);
    }

    /// <summary>Without a key it goes on when the rows are what they were, and says so when they are not.</summary>
    [Fact]
    public async Task Without_a_key_reading_goes_on_only_over_the_same_rows()
    {
        await using var db = await Db.OpenAsync("create table k as select g as a, repeat('x', 100) as v from generate_series(1, 12000) g");
        await using var source = await db.SourceAsync("\"table_path\": \"k\"");
        var (before, splits) = await ReadSomeAsync(source, 1);
        await db.RunAsync("insert into k values (20000, 'new')");
        (before.Count + (await RestAsync(source, splits)).Count).ShouldBe(12_001);
        await db.RunAsync("update k set v = 'changed' where a = 5");
        (await Db.RefusedAsync(() => RestAsync(source, splits))).Message.ShouldContain("are not what they were when the checkpoint was taken");
    }

    [Fact]
    public async Task Two_columns_by_one_name_are_refused()
    {
        await using var db = await Db.OpenAsync(Orders);
        (await Db.RefusedAsync(async () => await db.SourceAsync("\"query\": \"select a.id, b.id from orders a, orders b\""))).Message.ShouldContain("The query gives 2 columns by the name 'id'");
    }

    [Fact]
    public async Task Bytes_may_be_read_as_text()
    {
        await using var db = await Db.OpenAsync("create table b(v bytea); insert into b values (convert_to('größe', 'UTF8')), (null);");
        (await db.ReadAsync("\"table_path\": \"b\"")).ShouldBe(["6772c3b6c39f65", "NULL"]);
        (await db.ReadAsync("\"table_path\": \"b\", \"handle_blob_as_string\": true")).ShouldBe(["größe", "NULL"]);
    }

    [Fact]
    public async Task Rows_longer_than_a_chunk_are_read_whole()
    {
        await using var db = await Db.OpenAsync("create table l as select g as id, repeat(chr(64 + g), 100000 * g * g) as v from generate_series(1, 6) g");
        (await db.ReadAsync("\"table_path\": \"l\"")).Select(row => row.Length).ShouldBe(Enumerable.Range(1, 6).Select(g => 2 + 100_000 * g * g));
    }

    /// <summary>The keys of the first rows, at least so many, and where reading stands behind them; how many rows a batch has is the network's business.</summary>
    private static async Task<(List<string> Rows, IReadOnlyList<SourceSplit> Splits)> ReadSomeAsync(ISource source, int atLeast)
    {
        var drive = new SourceDrive(source, 1, BatchMemory.Unlimited());
        var splits = await drive.EnumerateAsync(Db.Stop);
        await using var reader = await drive.OpenReaderAsync(0, splits[0], Db.Stop);
        var rows = new List<string>();
        while (rows.Count < atLeast)
        {
            using var batch = await drive.NextAsync(reader, Db.Stop);
            rows.AddRange(BoxedRows.Of(batch!).Select(KeyOf));
        }
        return (rows, [.. reader.Snapshot(1).Select(source.WriteSplit).Select(source.ReadSplit)]);
    }

    private static async Task<List<string>> RestAsync(ISource source, IReadOnlyList<SourceSplit> splits)
    {
        var drive = new SourceDrive(source, 1, BatchMemory.Unlimited());
        await using var reader = await drive.OpenReaderAsync(0, splits, Db.Stop);
        return [.. (await drive.RowsAsync(reader, Db.Stop)).Select(row => KeyOf(row.Row))];
    }

    private static string KeyOf(BoxedRow row) => $"{row[0]}|{(row.Values.Count > 2 ? row[1] : "")}";
}
