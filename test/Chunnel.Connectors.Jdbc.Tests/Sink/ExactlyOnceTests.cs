using Chunnel.Core;
using Chunnel.Plugins;
using Chunnel.TestKit;

namespace Chunnel.Connectors.Jdbc.Tests;

/// <summary>Two-phase commit: what dies where, and what is there afterwards (spec connectors.md 7.7; invariant S2).</summary>
public sealed class ExactlyOnceTests
{
    private static readonly TableSchema Table = Db.Table("t", ("id", DataType.Int), ("v", DataType.String));

    private static readonly TableSchema Keyed = new(Table.Path, Table.Columns) { PrimaryKey = new PrimaryKey("k", ["id"]) };

    [Fact]
    public async Task Rows_appear_with_the_checkpoint_and_a_commit_may_come_twice()
    {
        await using var db = await Db.OpenAsync("create table t(id int, v text)");
        await using var run = await SinkRun.StartAsync(db, Settings(db), Table, parallelism: 2);
        run.Delivery.ShouldBe(SinkDelivery.ExactlyOnce);
        await run.WriteAsync([new(1, "a")]);
        await run.WriteAsync([new(2, "b")], writer: 1);
        var prepared = await run.PrepareAsync(1);
        await run.WriteAsync([new(3, "after")]);
        (await db.RowsAsync("select count(*) from t")).ShouldBe(["0"]);
        await run.CommitAsync(prepared.Aggregate!);
        await run.CommitAsync(prepared.Aggregate!);
        await run.RestoreCommitAsync(prepared.Aggregate!);
        (await db.RowsAsync("select * from t order by id")).ShouldBe(["1|a", "2|b"]);
        await run.CommitAsync((await run.PrepareAsync(2)).Aggregate!);
        (await db.RowsAsync("select count(*) from t")).ShouldBe(["3"]);
        (await run.PrepareAsync(3)).Aggregate.ShouldBeNull("an empty branch is skipped");
    }

    /// <summary>The process dies between prepare and commit; the checkpoint was complete.</summary>
    [Fact]
    public async Task After_a_restore_what_the_checkpoint_holds_is_committed_and_the_rest_is_rolled_back()
    {
        await using var db = await Db.OpenAsync("create table t(id int, v text)");
        SinkRun.Prepared first;
        await using (var run = await SinkRun.StartAsync(db, Settings(db), Table, parallelism: 2))
        {
            await run.WriteAsync([new(1, "of the checkpoint")]);
            first = await run.PrepareAsync(7);
            await run.WriteAsync([new(2, "of a checkpoint that never was complete")], writer: 1);
            await run.PrepareAsync(8);
        }
        (await PreparedAsync(db)).ShouldBe("2");
        await using (var restored = await SinkRun.StartAsync(db, Settings(db), Table, parallelism: 2, states: first.States))
        {
            (await PreparedAsync(db)).ShouldBe("1");
            await restored.RestoreCommitAsync(first.Aggregate!);
            await restored.WriteAsync([new(2, "again")]);
            await restored.CheckpointAsync(9);
        }
        (await db.RowsAsync("select * from t order by id")).ShouldBe(["1|of the checkpoint", "2|again"]);
        (await PreparedAsync(db)).ShouldBe("0");
    }

    /// <summary>With fewer writers than before, nobody's leavings stay; those of other jobs do.</summary>
    [Fact]
    public async Task Strays_of_all_writers_go_and_those_of_other_jobs_stay()
    {
        await using var db = await Db.OpenAsync("create table t(id int, v text)");
        foreach (var job in new[] { "42", "43" })
        {
            await using var run = await SinkRun.StartAsync(db, Settings(db), Table, parallelism: 3, jobId: job);
            for (var writer = 0; writer < 3; writer++) await run.WriteAsync([new(writer, job)], writer);
            await run.PrepareAsync(1);
        }
        await using (await SinkRun.StartAsync(db, Settings(db), Table, parallelism: 2)) (await PreparedAsync(db)).ShouldBe("3");
        await db.RunAsync(string.Join(';', (await db.RowsAsync("select gid from pg_prepared_xacts where database = current_database()")).Select(gid => $"rollback prepared '{gid}'")));
    }

    /// <summary>After a change of the replicas a state may be with another writer than the one whose number it carries.</summary>
    [Fact]
    public async Task What_the_restored_checkpoint_counts_on_is_kept_whoever_has_its_state()
    {
        await using var db = await Db.OpenAsync("create table t(id int, v text)");
        SinkRun.Prepared prepared;
        await using (var run = await SinkRun.StartAsync(db, Settings(db), Table, parallelism: 2))
        {
            for (var writer = 0; writer < 2; writer++) await run.WriteAsync([new(writer, "of the checkpoint")], writer);
            prepared = await run.PrepareAsync(7);
        }
        await using (var restored = await SinkRun.StartAsync(db, Settings(db), Table, parallelism: 4, states: [prepared.States[0], [], prepared.States[1], []], attempt: 2))
        {
            await restored.RestoreCommitAsync(prepared.Aggregate!);
        }
        (await db.RowsAsync("select * from t order by id")).ShouldBe(["0|of the checkpoint", "1|of the checkpoint"]);
    }

    /// <summary>The server was still busy preparing when the client died, or the dead one was only asleep: it shows after the next attempt has begun.</summary>
    [Fact]
    public async Task What_an_older_attempt_prepares_late_goes_with_the_next_commit()
    {
        await using var db = await Db.OpenAsync("create table t(id int, v text)");
        await using var first = await SinkRun.StartAsync(db, Settings(db), Table);
        await first.WriteAsync([new(1, "late")]);
        await using var second = await SinkRun.StartAsync(db, Settings(db), Table, attempt: 2);
        await second.WriteAsync([new(1, "in time")]);
        await first.PrepareAsync(1);
        (await PreparedAsync(db)).ShouldBe("1");
        await second.CheckpointAsync(1);
        (await PreparedAsync(db)).ShouldBe("0");
        (await db.RowsAsync("select * from t")).ShouldBe(["1|in time"]);
    }

    /// <summary>Two sinks of a job write one table; the pipeline of one starts again while the other waits for its commit.</summary>
    [Fact]
    public async Task Transactions_of_another_sink_of_the_job_are_left_alone()
    {
        await using var db = await Db.OpenAsync("create table t(id int, v text)");
        await using var waiting = await SinkRun.StartAsync(db, Settings(db), Table, vertex: "Sink[1]-Jdbc");
        await waiting.WriteAsync([new(1, "waits")]);
        var prepared = await waiting.PrepareAsync(5);
        await using (var again = await SinkRun.StartAsync(db, Settings(db), Table, attempt: 2))
        {
            await again.WriteAsync([new(2, "comes")]);
            await again.CheckpointAsync(1);
        }
        await waiting.CommitAsync(prepared.Aggregate!);
        (await db.RowsAsync("select * from t order by id")).ShouldBe(["1|waits", "2|comes"]);
    }

    /// <summary>Upserts and deletes in a transaction that may not touch temporary tables.</summary>
    [Fact]
    public async Task Rows_that_replace_others_are_written_once_too_and_leave_no_staging_table()
    {
        await using var db = await Db.OpenAsync("create table t(id int primary key, v text); insert into t values (1, 'one'), (2, 'two')");
        await using (var run = await SinkRun.StartAsync(db, Settings(db) + ", \"batch_size\": 2", Keyed))
        {
            for (var checkpoint = 1; checkpoint <= 2; checkpoint++)
            {
                await run.WriteAsync([new(3, "new"), new(4, "new")]);
                await run.WriteAsync([new(1, $"uno {checkpoint}"), new(RowKind.Delete, [2, "two"])]);
                var prepared = await run.PrepareAsync(checkpoint);
                if (checkpoint == 1) (await db.RowsAsync("select * from t order by id")).ShouldBe(["1|one", "2|two"]);
                await run.CommitAsync(prepared.Aggregate!);
            }
        }
        (await db.RowsAsync("select * from t order by id")).ShouldBe(["1|uno 2", "3|new", "4|new"]);
        (await db.RowsAsync("select count(*) from pg_class where relname like '%chunnel%'")).ShouldBe(["0"]);
    }

    [Fact]
    public async Task The_jobs_own_statement_is_run_once_too()
    {
        await using var db = await Db.OpenAsync("create table t(id int primary key, n int); insert into t values (1, 0)");
        await using var run = await SinkRun.StartAsync(db, "\"query\": \"update t set n = n + ?::int where id = ?::int\", \"is_exactly_once\": true, \"xa_data_source_class_name\": \"org.postgresql.xa.PGXADataSource\"", Db.Table("x", ("n", DataType.Int), ("id", DataType.Int)));
        await run.WriteAsync([new(5, 1), new(6, 1)]);
        var prepared = await run.PrepareAsync(1);
        (await db.RowsAsync("select n from t")).ShouldBe(["0"]);
        await run.CommitAsync(prepared.Aggregate!);
        await run.CommitAsync(prepared.Aggregate!);
        (await db.RowsAsync("select n from t")).ShouldBe(["11"]);
    }

    [Fact]
    public async Task A_server_without_prepared_transactions_says_what_to_set()
    {
        if (PostgresServer.Missing is { } missing) Assert.Skip(missing);
        await using var server = await PostgresServer.StartAsync(Db.Stop, "max_prepared_transactions=0");
        await using var db = await Db.OpenAsync(server, "create table t(id int, v text)");
        var refused = await Db.RefusedAsync(() => SinkRun.StartAsync(db, Settings(db), Table));
        refused.Message.ShouldContain("max_prepared_transactions = 0");
        refused.Message.ShouldContain("postgresql.conf");
        refused.Code.Retry.ShouldBe(Retry.Never);
    }

    private static string Settings(Db db) =>
        $"\"generate_sink_sql\": true, \"database\": \"{db.Name}\", \"table\": \"t\", \"is_exactly_once\": true, \"xa_data_source_class_name\": \"org.postgresql.xa.PGXADataSource\"";

    private static async Task<string> PreparedAsync(Db db) => (await db.RowsAsync("select count(*) from pg_prepared_xacts where database = current_database()"))[0];
}
