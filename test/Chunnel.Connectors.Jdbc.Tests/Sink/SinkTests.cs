using Chunnel.Core;
using Chunnel.Plugins;
using Chunnel.TestKit;

namespace Chunnel.Connectors.Jdbc.Tests;

/// <summary>Inserts, upserts, deletes, save modes (spec connectors.md checklist 113 to 127, 129).</summary>
public sealed class SinkTests
{
    private static readonly TableSchema Table = Db.Table("t", ("id", DataType.Int), ("v", DataType.String));

    private static readonly TableSchema Keyed = new(Table.Path, Table.Columns) { PrimaryKey = new PrimaryKey("k", ["id"]) };

    /// <summary>113: values go by the order of columns, in bulk and row by row.</summary>
    [Theory]
    [InlineData("insert into t (v2, id2) values (?, ?)", "b|a")]
    [InlineData("INSERT INTO public.\"t\"(v2,id2)VALUES( ?,? ) ;", "b|a")]
    [InlineData("insert into t values (?, ?)", "a|b")]
    [InlineData("insert into t(id2, v2) values (?, upper(?))", "a|B")]
    [InlineData("insert into t(id2, v2) values (?, ? || '?') -- ?", "a|b?")]
    [InlineData("insert into t as x (id2, v2) values (?, ?) on conflict do nothing", "a|b")]
    public async Task The_jobs_own_statement_binds_by_order(string query, string expected)
    {
        await using var db = await Db.OpenAsync("create table t(id2 text, v2 text)");
        await db.WriteAsync($"\"query\": \"{query.Replace("\"", "\\\"", StringComparison.Ordinal)}\"", Db.Table("x", ("a", DataType.String), ("b", DataType.String)), new BoxedRow("a", "b"));
        (await db.RowsAsync("select * from t")).ShouldBe([expected]);
    }

    [Fact]
    public async Task Placeholders_must_be_as_many_as_columns()
    {
        await using var db = await Db.OpenAsync();
        (await Db.RefusedAsync(() => db.WriteAsync("\"query\": \"insert into t values (?)\"", Table))).Message.ShouldContain("The query has 1 placeholders, and table 't' has 2 columns: id, v");
        (await Db.RefusedAsync(() => db.WriteAsync("\"query\": \"insert into t (a) values (?, ?)\"", Table))).Message.ShouldContain("names 1 columns and has 2 placeholders");
    }

    /// <summary>114, 126, 129.</summary>
    [Theory]
    [InlineData("\"generate_sink_sql\": true", "'database'")]
    [InlineData("\"table\": \"t\"", "'query'")]
    [InlineData("\"query\": \"insert into t values (?)\", \"is_exactly_once\": true", "'xa_data_source_class_name'")]
    [InlineData("\"query\": \"insert into t values (?)\", \"is_exactly_once\": true, \"xa_data_source_class_name\": \"x\", \"max_retries\": 1", "JDBC XA sink requires maxRetries equal to 0, otherwise it could cause duplicates")]
    [InlineData("\"query\": \"insert into t values (?)\", \"data_save_mode\": \"CUSTOM_PROCESSING\"", "'custom_sql'")]
    [InlineData("\"query\": \"insert into t values (?)\", \"dialect\": \"Paradox\"", "'Paradox' is no dialect")]
    public async Task What_cannot_be_is_refused_before_anything_is_reached(string more, string says)
    {
        await using var db = await Db.OpenAsync();
        new JdbcSinkPlugin().Check(db.Settings(more)).Where(problem => problem.Severity == Severity.Error).ShouldContain(problem => problem.What.Contains(says, StringComparison.Ordinal));
    }

    /// <summary>115, 116: an insert by a key that is there replaces the row, straight away and later.</summary>
    [Fact]
    public async Task A_second_insert_by_a_key_replaces_the_row()
    {
        await using var db = await Db.OpenAsync("create table t(id int primary key, v text); insert into t values (2, 'old')");
        await using var run = await SinkRun.StartAsync(db, Generate(db), Keyed);
        run.Delivery.ShouldBe(SinkDelivery.Idempotent);
        await run.WriteAsync([new(1, "a"), new(3, "x"), new(3, "y")]);
        await run.CheckpointAsync(1);
        await run.WriteAsync([new(1, "b"), new(2, "new")]);
        await run.CheckpointAsync(2);
        (await db.RowsAsync("select * from t order by id")).ShouldBe(["1|b", "2|new", "3|y"]);
    }

    /// <summary>117: -U of a key that stays is nothing, -D deletes, a changed key takes its row along.</summary>
    [Fact]
    public async Task Kinds_are_carried_out_and_a_changed_key_leaves_no_old_row()
    {
        await using var db = await Db.OpenAsync("create table t(id int primary key, v text); insert into t values (1, 'one'), (2, 'two'), (3, 'three')");
        await db.WriteAsync(Generate(db), Keyed,
            Row(RowKind.UpdateBefore, 1, "one"), Row(RowKind.UpdateAfter, 1, "uno"), Row(RowKind.Delete, 2, "two"), Row(RowKind.UpdateBefore, 3, "three"), Row(RowKind.UpdateAfter, 30, "three"));
        (await db.RowsAsync("select * from t order by id")).ShouldBe(["1|uno", "30|three"]);
    }

    /// <summary>118: whatever the order of a flush's rows and however small its flushes, the last event of a key counts.</summary>
    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 7)]
    [InlineData(3, 1000)]
    public async Task The_last_event_of_a_key_wins(int seed, int batchSize)
    {
        await using var db = await Db.OpenAsync("create table t(id int primary key, v text); insert into t select g, 'old' from generate_series(0, 19) g");
        var expected = Enumerable.Range(0, 20).ToDictionary(id => id, _ => "old");
        var dice = new Random(seed);
        await using (var run = await SinkRun.StartAsync(db, Generate(db) + $", \"batch_size\": {batchSize}", Keyed))
        {
            for (var batch = 0; batch < 20; batch++)
            {
                var rows = new List<BoxedRow>();
                for (var i = 0; i < 10; i++) Add(dice, rows, expected, $"v{batch}.{i}");
                await run.WriteAsync(rows);
                if (batch % 7 == 6) await run.CheckpointAsync(batch);
            }
            await run.CheckpointAsync(100);
        }
        (await db.RowsAsync("select * from t order by id")).ShouldBe(expected.OrderBy(pair => pair.Key).Select(pair => $"{pair.Key}|{pair.Value}"), $"seed {seed}");
    }

    /// <summary>Whether two keys are the same is the database's to say.</summary>
    [Fact]
    public async Task Keys_that_the_database_takes_for_the_same_become_one()
    {
        await using var db = await Db.OpenAsync("create table t(id numeric primary key, v text)");
        var table = new TableSchema(Table.Path, [new("id", DataType.Decimal(10, 2)), new("v", DataType.String)]) { PrimaryKey = new PrimaryKey("k", ["id"]) };
        await db.WriteAsync(Generate(db), table, new BoxedRow(new BoxedDecimal(100, 2, 2), "a"), new BoxedRow(new BoxedDecimal(100, 2, 0), "b"));
        (await db.RowsAsync("select v from t")).ShouldBe(["b"]);
    }

    /// <summary>119: without upsert, inserts insert and updates update.</summary>
    [Fact]
    public async Task Without_upsert_inserts_insert_and_updates_update()
    {
        await using var db = await Db.OpenAsync("create table t(id int, v text); insert into t values (1, 'one'), (2, 'two')");
        var to = Generate(db) + ", \"enable_upsert\": false";
        await db.WriteAsync(to, Keyed, Row(RowKind.UpdateAfter, 1, "uno"), Row(RowKind.Delete, 2, ""), Row(RowKind.Insert, 3, "a"), Row(RowKind.UpdateAfter, 3, "b"), Row(RowKind.UpdateAfter, 9, "nobody"));
        (await db.RowsAsync("select * from t order by id")).ShouldBe(["1|uno", "3|b"]);
        await db.RunAsync("alter table t add primary key (id)");
        (await Db.RefusedAsync(() => db.WriteAsync(to, Keyed, new BoxedRow(1, "again")))).Message.ShouldContain("duplicate key value");
    }

    /// <summary>119: new rows need no staging table, whether or not rows may replace others; a key that comes twice in a flush is there once.</summary>
    [Theory]
    [InlineData("")]
    [InlineData(", \"enable_upsert\": false")]
    [InlineData(", \"support_upsert_by_insert_only\": true")]
    public async Task New_rows_go_straight_into_the_table(string more)
    {
        await using var db = await Db.OpenAsync("""
            create table t(id int primary key, v text);
            create table how(statement text);
            create function tell() returns trigger language plpgsql as $$ begin insert into how values (split_part(current_query(), ' ', 1)); return null; end $$;
            create trigger told after insert on t for each statement execute function tell()
            """);
        await db.WriteAsync(Generate(db) + more, Keyed, new BoxedRow(1, "a"), new BoxedRow(2, "b"));
        (await db.RowsAsync("select statement from how")).ShouldBe(["copy"]);
        await db.WriteAsync(Generate(db) + more, Keyed, new BoxedRow(3, "first"), new BoxedRow(3, "last"));
        (await db.RowsAsync("select * from t order by id")).ShouldBe(["1|a", "2|b", "3|last"]);
        (await db.RowsAsync("select statement from how")).ShouldBe(["copy", "insert"]);
    }

    /// <summary>A COPY that is a transaction by itself is cancelled when its flush was not ended, also when much of it was sent.</summary>
    [Theory]
    [InlineData("create table t(id int primary key, v text)", "")]
    [InlineData("create table t(id int, v text)", ", \"max_retries\": 2")]
    public async Task A_flush_that_does_not_end_leaves_nothing(string sql, string more)
    {
        await using var db = await Db.OpenAsync(sql);
        var long4K = new string('x', 4 << 10);
        await using (var run = await SinkRun.StartAsync(db, Generate(db) + more, sql.Contains("primary", StringComparison.Ordinal) ? Keyed : Table))
        {
            await run.WriteAsync([.. Enumerable.Range(0, 500).Select(id => new BoxedRow(id, long4K))]);
            (await db.RowsAsync("select count(*) from pg_stat_activity where datname = current_database() and query like 'copy%from stdin%' and state = 'active'")).ShouldBe(["1"]);
        }
        (await db.RowsAsync("select count(*) from t")).ShouldBe(["0"]);
    }

    /// <summary>A key that the server looks at only when the transaction ends is looked at when the COPY does: there the last row counts, too.</summary>
    [Fact]
    public async Task A_deferred_key_that_comes_twice_is_there_once()
    {
        await using var db = await Db.OpenAsync("create table t(id int primary key deferrable initially deferred, v text); insert into t values (9, 'old')");
        await db.WriteAsync(Generate(db) + ", \"enable_upsert\": false", Keyed, new BoxedRow(3, "first"), new BoxedRow(3, "last"));
        (await db.RowsAsync("select * from t order by id")).ShouldBe(["3|last", "9|old"]);
    }

    /// <summary>120: without a key every row is inserted, whatever its kind.</summary>
    [Fact]
    public async Task Without_a_key_every_row_is_inserted()
    {
        await using var db = await Db.OpenAsync("create table t(id int, v text)");
        await using var run = await SinkRun.StartAsync(db, Generate(db), Table);
        run.Delivery.ShouldBe(SinkDelivery.AtLeastOnce);
        await run.WriteAsync([Row(RowKind.Insert, 1, "a"), Row(RowKind.UpdateBefore, 1, "a"), Row(RowKind.UpdateAfter, 1, "b"), Row(RowKind.Delete, 1, "b")]);
        await run.CheckpointAsync(1);
        (await db.RowsAsync("select count(*) from t")).ShouldBe(["4"]);
    }

    /// <summary>121: keys, indexes and comments come with the table, unless they are not wanted.</summary>
    [Theory]
    [InlineData("", "3")]
    [InlineData(", \"create_index\": false", "0")]
    public async Task A_created_table_has_the_keys_of_what_comes_in(string more, string indexes)
    {
        await using var db = await Db.OpenAsync();
        var table = new TableSchema(Table.Path, [new("id", DataType.Int) { Comment = "it's" }, new("v", DataType.String) { Nullable = false }, new("w", DataType.Date)])
        {
            PrimaryKey = new PrimaryKey("pk", ["id"]),
            ConstraintKeys = [new("u", ConstraintKind.UniqueKey, [new("v"), new("w")]), new("i", ConstraintKind.IndexKey, [new("w", Descending: true)])],
            Comment = "a 'table'",
        };
        var to = $"\"generate_sink_sql\": true, \"database\": \"{db.Name}\", \"table\": \"new_schema.made\", \"enable_upsert\": false{more}";
        await db.WriteAsync(to, table, new BoxedRow(1, "a", null));
        (await db.RowsAsync("select count(*) from pg_index where indrelid = 'new_schema.made'::regclass")).ShouldBe([indexes]);
        (await db.RowsAsync("select obj_description('new_schema.made'::regclass), col_description('new_schema.made'::regclass, 1)")).ShouldBe(["a 'table'|it's"]);
        (await db.RowsAsync("select attnotnull from pg_attribute where attrelid = 'new_schema.made'::regclass and attname = 'v'")).ShouldBe(["t"]);
    }

    /// <summary>122, and names that need quotes.</summary>
    [Fact]
    public async Task Names_may_be_written_in_another_case()
    {
        await using var db = await Db.OpenAsync();
        var table = new TableSchema(new TablePath(null, null, "Some \"table\""), [new("Id", DataType.Int), new("with space", DataType.String)]) { PrimaryKey = new PrimaryKey("k", ["Id"]) };
        await db.WriteAsync($"\"generate_sink_sql\": true, \"database\": \"{db.Name}\", \"field_ide\": \"UPPERCASE\", \"tablePrefix\": \"p_\", \"tableSuffix\": \"_s\"", table, new BoxedRow(1, "a"), new BoxedRow(1, "b"));
        (await db.RowsAsync("select \"ID\", \"WITH SPACE\" from \"P_SOME \"\"TABLE\"\"_S\"")).ShouldBe(["1|b"]);
    }

    /// <summary>123: COPY, whatever the kinds and keys.</summary>
    [Fact]
    public async Task Use_copy_statement_copies_every_row()
    {
        await using var db = await Db.OpenAsync("create table t(id int, v text)");
        await db.WriteAsync(Generate(db) + ", \"use_copy_statement\": true", Keyed, new BoxedRow(1, "a"), Row(RowKind.Delete, 1, "a"));
        (await db.RowsAsync("select count(*) from t")).ShouldBe(["2"]);
    }

    /// <summary>124: a broken connection is tried again, without losing a row; not for ever.</summary>
    [Theory]
    [InlineData("GENERATE, \"primary_keys\": [\"id\"]")]
    [InlineData("GENERATE, \"batch_size\": 1000")]
    [InlineData("\"query\": \"insert into t select ?, ?\"")]
    public async Task A_broken_connection_is_tried_again(string more)
    {
        await using var db = await Db.OpenAsync("create table t(id int primary key, v text)");
        await using var run = await SinkRun.StartAsync(db, more.Replace("GENERATE", Generate(db), StringComparison.Ordinal) + ", \"max_retries\": 2", Table);
        await run.WriteAsync([new(1, "a"), new(2, "b")]);
        await db.RunAsync("select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'Chunnel' and datname = current_database()");
        await run.WriteAsync([new(3, "c")]);
        await run.CheckpointAsync(1);
        run.Warnings.ShouldContain(warning => warning.Contains("tried again (1 of 2)", StringComparison.Ordinal));
        (await db.RowsAsync("select * from t order by id")).ShouldBe(["1|a", "2|b", "3|c"]);
    }

    [Fact]
    public async Task Without_retries_a_broken_connection_fails_the_flush()
    {
        await using var db = await Db.OpenAsync("create table t(id int primary key, v text)");
        await using var run = await SinkRun.StartAsync(db, Generate(db), Table);
        await run.WriteAsync([new(1, "a")]);
        await db.RunAsync("select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'Chunnel' and datname = current_database()");
        var failed = await Db.RefusedAsync(() => run.CheckpointAsync(1));
        failed.Message.ShouldContain("Writing records to JDBC failed.");
        failed.Code.Retry.ShouldBe(Retry.Later);
        (await db.RowsAsync("select * from t")).ShouldBeEmpty();
    }

    /// <summary>A transaction that holds earlier flushes dies with its connection: trying only the last one again would lose them.</summary>
    [Theory]
    [InlineData("GENERATE, \"primary_keys\": [\"id\"]")]
    [InlineData("\"query\": \"insert into t select ?, ?\"")]
    public async Task A_transaction_of_several_flushes_is_not_tried_again_in_part(string more)
    {
        await using var db = await Db.OpenAsync("create table t(id int primary key, v text)");
        await using var run = await SinkRun.StartAsync(db, more.Replace("GENERATE", Generate(db), StringComparison.Ordinal) + ", \"max_retries\": 2, \"auto_commit\": false, \"batch_size\": 2", Table);
        await run.WriteAsync([new(1, "a"), new(2, "b")]);
        await db.RunAsync("select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'Chunnel' and datname = current_database()");
        await Db.RefusedAsync(async () =>
        {
            await run.WriteAsync([new(3, "c"), new(4, "d")]);
            await run.CheckpointAsync(1);
        });
        (await db.RowsAsync("select * from t")).ShouldBeEmpty();
    }

    /// <summary>125: a checkpoint flushes what is there, and plain inserts are seen with it, not before.</summary>
    [Fact]
    public async Task Inserts_are_one_transaction_up_to_the_checkpoint()
    {
        await using var db = await Db.OpenAsync("create table t(id int, v text)");
        await using (var run = await SinkRun.StartAsync(db, Generate(db), Table))
        {
            await run.WriteAsync([new(1, "a")]);
            (await db.RowsAsync("select count(*) from t")).ShouldBe(["0"]);
            await run.CheckpointAsync(1);
            (await db.RowsAsync("select count(*) from t")).ShouldBe(["1"]);
            // The driver's stream commits when it is disposed: ours must not.
            await run.WriteAsync([.. Enumerable.Range(0, 50_000).Select(i => new BoxedRow(i, "lost with its writer"))]);
        }
        (await db.RowsAsync("select count(*) from t")).ShouldBe(["1"]);
    }

    [Theory]
    [InlineData("DROP_DATA", "", "2|b")]
    [InlineData("APPEND_DATA", "", "1|a,2|b")]
    [InlineData("CUSTOM_PROCESSING", ", \"custom_sql\": \"update t set v = 'custom'; delete from t where id > 5\"", "1|custom,2|b")]
    public async Task Data_save_modes_do_as_they_say(string mode, string more, string expected)
    {
        await using var db = await Db.OpenAsync("create table t(id int, v text); insert into t values (1, 'a')");
        await db.WriteAsync(Generate(db) + $", \"data_save_mode\": \"{mode}\"{more}", Table, new BoxedRow(2, "b"));
        string.Join(',', await db.RowsAsync("select * from t order by id")).ShouldBe(expected);
    }

    [Fact]
    public async Task A_database_that_is_missing_is_created_with_the_table()
    {
        await using var db = await Db.OpenAsync();
        var name = db.Name + "_made";
        try
        {
            await db.WriteAsync($"\"generate_sink_sql\": true, \"database\": \"{name}\"", Table, new BoxedRow(1, "a"));
            (await db.RowsAsync($"select count(*) from pg_database where datname = '{name}'")).ShouldBe(["1"]);
        }
        finally
        {
            await db.RunAsync($"drop database if exists {name} with (force)");
        }
    }

    /// <summary>127: each table that comes in has one of its own, by its name and key.</summary>
    [Fact]
    public async Task Placeholders_give_each_table_one_of_its_own()
    {
        await using var db = await Db.OpenAsync();
        foreach (var name in new[] { "a", "b" })
        {
            var table = new TableSchema(new TablePath("shop", "sales", name), [new("k", DataType.Int), new("v", DataType.String)]) { PrimaryKey = new PrimaryKey("k", ["k"]) };
            await db.WriteAsync($"\"generate_sink_sql\": true, \"database\": \"{db.Name}\", \"table\": \"${{schema_name}}.copy_of_${{table_name}}\", \"primary_keys\": [\"${{primary_key}}\"]", table, new BoxedRow(1, name), new BoxedRow(1, name + "2"));
        }
        (await db.RowsAsync("select v from sales.copy_of_a union all select v from sales.copy_of_b")).ShouldBe(["a2", "b2"]);
    }

    [Fact]
    public async Task Rows_that_replace_others_need_a_unique_key()
    {
        await using var db = await Db.OpenAsync("create table t(id int, v text)");
        (await Db.RefusedAsync(() => db.WriteAsync(Generate(db), Keyed, new BoxedRow(1, "a")))).Message.ShouldContain("no primary key or unique constraint on exactly these columns");
    }

    [Fact]
    public async Task Without_a_word_for_replacing_the_old_way_is_taken()
    {
        await using var db = await Db.OpenAsync("create table t(id int, v text); insert into t values (1, 'one')");
        await db.WriteAsync(Generate(db) + ", \"compatible_mode\": \"postgresLow\"", Keyed, new BoxedRow(1, "uno"), new BoxedRow(2, "due"), Row(RowKind.UpdateAfter, 2, "zwei"), Row(RowKind.Delete, 3, ""));
        (await db.RowsAsync("select * from t order by id")).ShouldBe(["1|uno", "2|zwei"]);
    }

    private static string Generate(Db db) => $"\"generate_sink_sql\": true, \"database\": \"{db.Name}\", \"table\": \"t\"";

    private static BoxedRow Row(RowKind kind, int id, string text) => new(kind, [id, text]);

    private static void Add(Random dice, List<BoxedRow> rows, Dictionary<int, string> expected, string text)
    {
        var id = dice.Next(30);
        if (!expected.TryGetValue(id, out var old))
        {
            expected[id] = text;
            rows.Add(new BoxedRow(id, text));
        }
        else if (dice.Next(3) == 0)
        {
            expected.Remove(id);
            rows.Add(Row(RowKind.Delete, id, old));
        }
        else
        {
            expected[id] = text;
            rows.Add(Row(RowKind.UpdateBefore, id, old));
            rows.Add(Row(RowKind.UpdateAfter, id, text));
        }
    }
}
