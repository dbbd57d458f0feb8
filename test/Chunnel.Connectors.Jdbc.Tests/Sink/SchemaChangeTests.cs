using Chunnel.Core;
using Chunnel.TestKit;

namespace Chunnel.Connectors.Jdbc.Tests;

/// <summary>The target changes with what comes in (spec connectors.md 7.7; checklist 128 for PostgreSQL).</summary>
public sealed class SchemaChangeTests
{
    private static readonly TableSchema Before = Keyed(new ColumnDef("id", DataType.Int), new ColumnDef("v", DataType.String));

    private static readonly TableSchema After = Keyed(new ColumnDef("id", DataType.Int), new ColumnDef("w", DataType.String), new ColumnDef("n", DataType.Decimal(10, 2)) { Comment = "it's new" });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Columns_are_added_dropped_and_renamed_once(bool exactlyOnce)
    {
        await using var db = await Db.OpenAsync("create table t(id int primary key, v text, old int)");
        var settings = $"\"generate_sink_sql\": true, \"database\": \"{db.Name}\", \"table\": \"t\"" + (exactlyOnce ? ", \"is_exactly_once\": true, \"xa_data_source_class_name\": \"x\"" : "");
        var change = new UpdateColumns(Before.Path,
        [
            new AddColumn(Before.Path, After.Columns[2], new ColumnPlace()), new DropColumn(Before.Path, "old"), new ChangeColumn(Before.Path, "v", After.Columns[1], new ColumnPlace()),
        ]) { After = After };
        for (var life = 1; life <= 2; life++)
        {
            // After a restart the same change comes again.
            await using var run = await SinkRun.StartAsync(db, settings, life == 1 ? Before : After);
            if (life == 1) await run.WriteAsync([new(1, "one"), new(RowKind.Delete, [7, ""])]);
            await run.ApplyAsync(change);
            await run.WriteAsync(BoxedRows.ToBatch(After, [new(life + 1, "w", new BoxedDecimal(150, 2, 2))], BatchMemory.Unlimited()));
            await run.CheckpointAsync(life);
            run.Warnings.Count(warning => warning.Contains("passed over", StringComparison.Ordinal)).ShouldBe(life == 1 ? 0 : 3);
        }
        (await db.RowsAsync("select * from t order by id")).ShouldBe(["1|one|", "2|w|1.50", "3|w|1.50"]);
        (await db.RowsAsync("select col_description('t'::regclass, 4)")).ShouldBe(["it's new"]);
    }

    [Fact]
    public async Task A_type_may_change_and_a_change_that_cannot_be_is_told()
    {
        await using var db = await Db.OpenAsync("create table t(id int primary key, v text); insert into t values (1, 'no number')");
        await using var run = await SinkRun.StartAsync(db, $"\"generate_sink_sql\": true, \"database\": \"{db.Name}\", \"table\": \"t\"", Before);
        await run.ApplyAsync(new ModifyColumn(Before.Path, new ColumnDef("id", DataType.BigInt), new ColumnPlace()));
        (await db.RowsAsync("select format_type(atttypid, -1) from pg_attribute where attrelid = 't'::regclass and attname = 'id'")).ShouldBe(["bigint"]);
        var refused = await Db.RefusedAsync(() => run.ApplyAsync(new ModifyColumn(Before.Path, new ColumnDef("v", DataType.Int), new ColumnPlace())));
        refused.Message.ShouldContain("ErrorCode:[JDBC-11]");
        refused.Message.ShouldContain("invalid input syntax for type integer");
    }

    private static TableSchema Keyed(params ColumnDef[] columns) => new(new TablePath(null, null, "t"), columns) { PrimaryKey = new PrimaryKey("k", ["id"]) };
}
