using System.Globalization;
using Chunnel.Core;
using Chunnel.TestKit;

namespace Chunnel.Connectors.Jdbc.Tests;

/// <summary>Rows that PostgreSQL refuses leave the others alone, whichever way they go in (docs/dead-letters.md, adr 0098).</summary>
public sealed class RefusedRowsTests
{
    private const string Exactly = ", \"is_exactly_once\": true, \"xa_data_source_class_name\": \"org.postgresql.xa.PGXADataSource\"";

    private static readonly TableSchema _table = Db.Table("t", ("id", DataType.Int), ("v", DataType.String));
    private static readonly TableSchema _keyed = new(_table.Path, _table.Columns) { PrimaryKey = new PrimaryKey("k", ["id"]) };

    /// <summary>Into the table itself, by a conversion of the server's, by a statement a row, by key: the same rows are taken and refused.</summary>
    [Theory]
    [InlineData("\"query\": \"insert into t (id, v) values (?, ?)\"", "v varchar(5)")]
    [InlineData("\"query\": \"insert into t (id, v) values (?, ?)\"" + Exactly, "v varchar(5)")]
    [InlineData("\"query\": \"insert into t (id, v) values (?, ?)\"", "v varchar(5), w uuid default null")]
    [InlineData("\"query\": \"insert into t (id, v) values (?, lower(?))\"", "v varchar(5)")]
    [InlineData("\"query\": \"insert into t (id, v) values (?, lower(?))\"" + Exactly, "v varchar(5)")]
    [InlineData("\"generate_sink_sql\": true, \"database\": \"DB\", \"table\": \"public.t\", \"primary_keys\": [\"id\"]", "v varchar(5)")]
    [InlineData("\"generate_sink_sql\": true, \"database\": \"DB\", \"table\": \"public.t\", \"primary_keys\": [\"id\"]" + Exactly, "v varchar(5)")]
    [InlineData("\"generate_sink_sql\": true, \"database\": \"DB\", \"table\": \"public.t\", \"primary_keys\": [\"id\"], \"batch_size\": 3", "v varchar(5)")]
    public async Task The_rows_that_fit_are_in_and_the_others_are_named(string more, string columns)
    {
        await using var db = await Db.OpenAsync($"create table t(id int primary key check (id <> 6), {columns})");
        var refused = new RecordedRefusals();
        await using var run = await SinkRun.StartAsync(db, more.Replace("DB", db.Name, StringComparison.Ordinal), _keyed, refusals: refused);
        await run.WriteAsync([new(1, "a"), new(2, "much too long"), new(3, "c"), new(4, "also too long")]);
        await run.WriteAsync([new(5, "e"), new(6, "f"), new(7, "g")]);
        await run.CheckpointAsync(1);
        run.Unsettled.ShouldBe(0);
        await run.WriteAsync([new(8, "h")]);
        await run.CheckpointAsync(2);
        (await db.RowsAsync("select id, v from t order by id")).ShouldBe(["1|a", "3|c", "5|e", "7|g", "8|h"]);
        refused.Ids.ShouldBe([2, 4, 6]);
        var told = refused.Rows.Select(row => row.Error).ToList();
        told.ShouldAllBe(error => error.Code.Id == "COMMON-10");
        told[0].What.ShouldContain("row 2: value too long for type character varying(5) (22001)");
        told[2].What.ShouldContain("violates check constraint");
        told.ShouldAllBe(error => !error.What.Contains(", line ", StringComparison.Ordinal));
        (await db.RowsAsync("select gid from pg_prepared_xacts where database = current_database()")).ShouldBeEmpty();
    }

    /// <summary>A conversion that only the server can do: text that is no uuid.</summary>
    [Fact]
    public async Task A_value_that_the_server_cannot_convert_is_refused()
    {
        await using var db = await Db.OpenAsync("create table t(id int, v uuid)");
        var refused = new RecordedRefusals();
        await using var run = await SinkRun.StartAsync(db, "\"query\": \"insert into t (id, v) values (?, ?)\"", _table, refusals: refused);
        await run.WriteAsync([new(1, "00000000-0000-0000-0000-000000000001"), new(2, "no uuid"), new(3, null)]);
        await run.CheckpointAsync(1);
        (await db.RowsAsync("select id from t order by id")).ShouldBe(["1", "3"]);
        refused.Ids.ShouldBe([2]);
    }

    /// <summary>What has no form in the column is refused before it is sent.</summary>
    [Fact]
    public async Task A_value_that_no_column_holds_is_refused_before_it_is_sent()
    {
        await using var db = await Db.OpenAsync("create table t(id smallint, v text)");
        var refused = new RecordedRefusals();
        await using var run = await SinkRun.StartAsync(db, "\"query\": \"insert into t (id, v) values (?, ?)\"", _table, refusals: refused);
        await run.WriteAsync([new(1, "a"), new(70_000, "b"), new(3, "c\0"), new(4, "d")]);
        refused.Ids.ShouldBe([70_000, 3]);
        run.Unsettled.ShouldBe(2);
        await run.CheckpointAsync(1);
        (await db.RowsAsync("select id from t order by id")).ShouldBe(["1", "4"]);
    }

    /// <summary>Half of an update would delete the row that the other half means to change.</summary>
    [Fact]
    public async Task The_halves_of_an_update_are_refused_together()
    {
        await using var db = await Db.OpenAsync("create table t(id int primary key, v varchar(5)); insert into t values (1, 'one'), (2, 'two')");
        var refused = new RecordedRefusals();
        await using var run = await SinkRun.StartAsync(db, $"\"generate_sink_sql\": true, \"database\": \"{db.Name}\", \"table\": \"public.t\", \"primary_keys\": [\"id\"]", _keyed, refusals: refused);
        await run.WriteAsync([Row(RowKind.UpdateBefore, 1, "one"), Row(RowKind.UpdateAfter, 10, "much too long"), Row(RowKind.UpdateBefore, 2, "two"), Row(RowKind.UpdateAfter, 2, "zwei"), Row(RowKind.Delete, 3, "x")]);
        await run.CheckpointAsync(1);
        (await db.RowsAsync("select id, v from t order by id")).ShouldBe(["1|one", "2|zwei"]);
        refused.Rows.Select(row => (row.Row.Kind, row.Row[0])).ShouldBe([(RowKind.UpdateBefore, (object?)1), (RowKind.UpdateAfter, 10)]);
    }

    /// <summary>Whatever the shares of good and bad rows and the sizes of batches and flushes: each row is in the table or refused, never both.</summary>
    [Theory]
    [InlineData(1, 500, 50)]
    [InlineData(2, 60, 2)]
    [InlineData(3, 7, 7)]
    public async Task Every_row_is_in_one_place(int seed, int rows, int oneIn)
    {
        await using var db = await Db.OpenAsync("create table t(id int, v varchar(3))");
        var refused = new RecordedRefusals();
        var random = new Random(seed);
        BoxedRow[] all = [.. Enumerable.Range(0, rows).Select(id => new BoxedRow(id, random.Next(oneIn) == 0 ? "long" : "ok"))];
        await using (var run = await SinkRun.StartAsync(db, "\"query\": \"insert into t (id, v) values (?, ?)\"", _table, refusals: refused))
        {
            for (var from = 0; from < rows;)
            {
                var count = Math.Min(rows - from, random.Next(1, 40));
                await run.WriteAsync(all[from..(from + count)]);
                from += count;
                if (random.Next(4) == 0) await run.CheckpointAsync(from);
            }
            await run.CheckpointAsync(rows);
        }
        (await db.RowsAsync("select id from t order by id")).ShouldBe(all.Where(row => (string)row[1]! == "ok").Select(row => ((int)row[0]!).ToString(CultureInfo.InvariantCulture)), $"seed {seed}");
        refused.Ids.ShouldBe(all.Where(row => (string)row[1]! == "long").Select(row => row[0]), $"seed {seed}");
    }

    /// <summary>A table that is gone is no row's fault.</summary>
    [Fact]
    public async Task What_is_wrong_with_the_table_ends_the_job()
    {
        await using var db = await Db.OpenAsync("create table t(id int, v text)");
        var refused = new RecordedRefusals();
        await using var run = await SinkRun.StartAsync(db, "\"query\": \"insert into t (id, v) values (?, ?)\"", _table, refusals: refused);
        await db.RunAsync("drop table t");
        (await Db.RefusedAsync(async () =>
        {
            await run.WriteAsync([new(1, "a")]);
            await run.CheckpointAsync(1);
        })).Message.ShouldContain("42P01");
        refused.Rows.ShouldBeEmpty();
    }

    private static BoxedRow Row(RowKind kind, params object?[] values) => new(kind, values);
}
