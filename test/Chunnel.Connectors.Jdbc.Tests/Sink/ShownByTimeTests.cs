using Chunnel.Core;
using Chunnel.TestKit;

namespace Chunnel.Connectors.Jdbc.Tests;

/// <summary>Option batch_interval_ms: rows are seen by time, on a clock that the test winds.</summary>
public sealed class ShownByTimeTests
{
    private static readonly TableSchema Table = Db.Table("t", ("id", DataType.Int), ("v", DataType.String));

    private static readonly TableSchema Keyed = new(Table.Path, Table.Columns) { PrimaryKey = new PrimaryKey("k", ["id"]) };

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    [Theory]
    [InlineData("\"generate_sink_sql\": true, \"database\": \"$db\"", false)]
    [InlineData("\"generate_sink_sql\": true, \"database\": \"$db\"", true)]
    [InlineData("\"query\": \"insert into t values (?::int, upper(?))\"", false)]
    public async Task Rows_are_seen_when_their_time_has_come_though_none_follow(string more, bool keyed)
    {
        await using var db = await Db.OpenAsync("create table t(id int primary key, v text)");
        var clock = new ManualClock();
        await using var run = await StartAsync(db, more, keyed ? Keyed : Table, clock);
        await run.WriteAsync([new(1, "A")]);
        clock.Advance(Interval - TimeSpan.FromMilliseconds(1));
        await run.WriteAsync([new(2, "B")]);
        await run.Timed.Showing;
        (await db.RowsAsync("select * from t")).ShouldBeEmpty();
        clock.Advance(TimeSpan.FromMilliseconds(1));
        await run.Timed.Showing;
        (await db.RowsAsync("select * from t order by id")).ShouldBe(["1|A", "2|B"]);
        await run.WriteAsync([new(3, "C")]);
        clock.Advance(Interval);
        await run.Timed.Showing;
        await run.CheckpointAsync(1);
        (await db.RowsAsync("select * from t order by id")).ShouldBe(["1|A", "2|B", "3|C"]);
    }

    /// <summary>Nobody is to see the row vanish between the halves of an update.</summary>
    [Fact]
    public async Task Halves_of_an_update_are_seen_together()
    {
        await using var db = await Db.OpenAsync("create table t(id int primary key, v text); insert into t values (1, 'old')");
        var clock = new ManualClock();
        await using var run = await StartAsync(db, "\"generate_sink_sql\": true, \"database\": \"$db\"", Keyed, clock);
        await run.WriteAsync([new(RowKind.UpdateBefore, [1, "old"])]);
        clock.Advance(Interval);
        await run.Timed.Showing;
        (await db.RowsAsync("select * from t")).ShouldBe(["1|old"]);
        await run.WriteAsync([new(RowKind.UpdateAfter, [1, "new"])]);
        clock.Advance(Interval);
        await run.Timed.Showing;
        (await db.RowsAsync("select * from t")).ShouldBe(["1|new"]);
    }

    [Fact]
    public async Task What_goes_wrong_meanwhile_is_told_by_the_next_call()
    {
        await using var db = await Db.OpenAsync("create table t(id int check (id < 5), v text)");
        var clock = new ManualClock();
        await using var run = await StartAsync(db, "\"generate_sink_sql\": true, \"database\": \"$db\"", Table, clock);
        await run.WriteAsync([new(7, "too many")]);
        clock.Advance(Interval);
        await run.Timed.Showing;
        (await Db.RefusedAsync(() => run.WriteAsync([new(1, "next")]))).Message.ShouldContain("violates check constraint");
        (await Db.RefusedAsync(() => run.CheckpointAsync(1))).Message.ShouldContain("violates check constraint");
        (await db.RowsAsync("select * from t")).ShouldBeEmpty();
    }

    /// <summary>What a writer that is given up did not commit stays unseen.</summary>
    [Fact]
    public async Task A_writer_that_is_given_up_shows_nothing_more()
    {
        await using var db = await Db.OpenAsync("create table t(id int, v text)");
        var clock = new ManualClock();
        await using (var run = await StartAsync(db, "\"generate_sink_sql\": true, \"database\": \"$db\"", Table, clock)) await run.WriteAsync([new(1, "a")]);
        clock.Advance(Interval);
        (await db.RowsAsync("select * from t")).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("\"is_exactly_once\": true, \"xa_data_source_class_name\": \"org.postgresql.xa.PGXADataSource\"")]
    [InlineData("\"auto_commit\": false")]
    public async Task Where_rows_belong_to_the_checkpoint_time_shows_none(string more)
    {
        await using var db = await Db.OpenAsync("create table t(id int, v text)");
        var clock = new ManualClock();
        await using var run = await StartAsync(db, "\"generate_sink_sql\": true, \"database\": \"$db\", " + more, Table, clock);
        await run.WriteAsync([new(1, "a")]);
        clock.Advance(Interval);
        run.IsTimed.ShouldBeFalse();
        (await db.RowsAsync("select * from t")).ShouldBeEmpty();
        await run.CheckpointAsync(1);
        (await db.RowsAsync("select * from t")).ShouldBe(["1|a"]);
    }

    private static Task<SinkRun> StartAsync(Db db, string more, TableSchema table, ManualClock clock) =>
        SinkRun.StartAsync(db, more.Replace("$db", db.Name, StringComparison.Ordinal) + ", \"batch_interval_ms\": 5000, \"schema_save_mode\": \"IGNORE\"", table, clock: clock);
}
