using Chunnel.Core;
using Chunnel.TestKit;

namespace Chunnel.Connectors.Jdbc.Tests;

/// <summary>
/// Constraints that PostgreSQL checks at the end of a transaction: rows that break one are refused, those that a later row makes right are not
/// (docs/dead-letters.md, adr 0108).
/// </summary>
public sealed class DeferredConstraintTests
{
    private const string Plain = "\"query\": \"insert into t (id, v) values (?, ?)\"";
    private const string Statement = "\"query\": \"insert into t (id, v) values (?, lower(?))\"";
    private const string Upsert = "\"generate_sink_sql\": true, \"database\": \"DB\", \"table\": \"public.t\", \"primary_keys\": [\"id\"]";
    private const string Exactly = ", \"is_exactly_once\": true, \"xa_data_source_class_name\": \"org.postgresql.xa.PGXADataSource\"";

    private const string Parents = "create table p(k text primary key); insert into p values ('a'), ('b'); create table t(id int primary key, v text references p deferrable initially deferred)";

    /// <summary>A row that refers to another one of its table, which may come later.</summary>
    private const string Tree = "create table t(id int primary key, v text, parent int generated always as (v::int) stored constraint tree references t deferrable initially deferred)";

    private static readonly TableSchema _table = Db.Table("t", ("id", DataType.Int), ("v", DataType.String));
    private static readonly TableSchema _keyed = new(_table.Path, _table.Columns) { PrimaryKey = new PrimaryKey("k", ["id"]) };

    [Theory]
    [InlineData(Plain)]
    [InlineData(Plain + Exactly)]
    [InlineData(Plain + ", \"batch_size\": 2")]
    [InlineData(Plain + ", \"batch_size\": 2" + Exactly)]
    [InlineData(Plain + ", \"max_retries\": 2, \"batch_size\": 2")]
    [InlineData(Statement)]
    [InlineData(Statement + ", \"batch_size\": 2")]
    [InlineData(Upsert)]
    [InlineData(Upsert + ", \"batch_size\": 2")]
    public async Task Rows_that_break_a_deferred_constraint_are_refused(string more)
    {
        await using var db = await Db.OpenAsync(Parents);
        var refused = new RecordedRefusals();
        await using var run = await SinkRun.StartAsync(db, more.Replace("DB", db.Name, StringComparison.Ordinal), _keyed, refusals: refused);
        await run.WriteAsync([new(1, "a"), new(2, "nobody"), new(3, "b"), new(4, null)]);
        await run.WriteAsync([new(5, "nobody"), new(6, "a"), new(7, "none")]);
        await run.CheckpointAsync(1);
        run.Unsettled.ShouldBe(0);
        await run.WriteAsync([new(8, "b"), new(9, "none")]);
        await run.CheckpointAsync(2);
        (await db.RowsAsync("select id from t order by id")).ShouldBe(["1", "3", "4", "6", "8"]);
        refused.Ids.ShouldBe([2, 5, 7, 9]);
        refused.Rows[0].Error.Code.Id.ShouldBe("COMMON-10");
        refused.Rows[0].Error.What.ShouldContain("row 2: insert or update on table \"t\" violates foreign key constraint \"t_v_fkey\" (23503); Key (v)=(nobody) is not present in table \"p\".");
        (await db.RowsAsync("select gid from pg_prepared_xacts where database = current_database()")).ShouldBeEmpty();
    }

    /// <summary>Few rows of a batch wait without the others, and are told by their own numbers.</summary>
    [Fact]
    public async Task Rows_that_wait_keep_their_numbers()
    {
        await using var db = await Db.OpenAsync(Parents);
        var refused = new RecordedRefusals();
        await using var run = await SinkRun.StartAsync(db, Plain, _table, refusals: refused);
        await run.WriteAsync([.. Enumerable.Range(0, 100).Select(id => new BoxedRow(id, id is 20 or 21 or 70 ? "nobody" : "a"))]);
        await run.CheckpointAsync(1);
        refused.Ids.ShouldBe([20, 21, 70]);
        refused.Rows.Select(row => row.Error.What.Split(':')[0]).ShouldBe(["Table 't' refuses row 21", "Table 't' refuses row 22", "Table 't' refuses row 71"]);
    }

    /// <summary>Without refusals all is as the server has it: the end of the transaction ends the job. So it is where rows could not be told apart from those that a later one makes right.</summary>
    [Theory]
    [InlineData(Plain, false)]
    [InlineData(Upsert, false)]
    [InlineData(Upsert + Exactly, true)]
    [InlineData(Statement + Exactly, true)]
    public async Task Else_the_transaction_ends_the_job(string more, bool mayRefuse)
    {
        await using var db = await Db.OpenAsync(Parents);
        var refused = new RecordedRefusals();
        await using var run = await SinkRun.StartAsync(db, more.Replace("DB", db.Name, StringComparison.Ordinal), _keyed, refusals: mayRefuse ? refused : null);
        var ended = await Db.RefusedAsync(async () =>
        {
            await run.WriteAsync([new(1, "a"), new(2, "nobody")]);
            await run.CheckpointAsync(1);
        });
        ended.Message.ShouldContain("t_v_fkey");
        ended.Code.Retry.ShouldNotBe(Retry.Later, "the same rows would break it again");
        refused.Rows.ShouldBeEmpty();
        (await db.RowsAsync("select id from t")).ShouldBeEmpty();
    }

    /// <summary>Of two rows with one value the first stays.</summary>
    [Fact]
    public async Task A_deferred_unique_constraint_refuses_the_second_row()
    {
        await using var db = await Db.OpenAsync("create table t(id int, v text unique deferrable initially deferred)");
        var refused = new RecordedRefusals();
        await using var run = await SinkRun.StartAsync(db, Plain + ", \"batch_size\": 3", _table, refusals: refused);
        await run.WriteAsync([new(1, "a"), new(2, "b"), new(3, "a"), new(4, "b"), new(5, "c")]);
        await run.CheckpointAsync(1);
        (await db.RowsAsync("select id from t order by id")).ShouldBe(["1", "2", "5"]);
        refused.Ids.ShouldBe([3, 4]);
    }

    /// <summary>A row that has to be written in order and that a later one of its flush makes right, beside one that is wrong: nobody is refused for it.</summary>
    [Theory]
    [InlineData(Upsert)]
    [InlineData(Statement)]
    public async Task What_cannot_be_decided_ends_the_job(string more)
    {
        await using var db = await Db.OpenAsync(Tree);
        var refused = new RecordedRefusals();
        await using var run = await SinkRun.StartAsync(db, more.Replace("DB", db.Name, StringComparison.Ordinal), _keyed, refusals: refused);
        (await Db.RefusedAsync(async () =>
        {
            await run.WriteAsync([new(1, "4"), new(2, "99"), new(3, null), new(4, null)]);
            await run.CheckpointAsync(1);
        })).Message.ShouldContain("violates foreign key constraint \"tree\"");
        refused.Rows.ShouldBeEmpty();
        (await db.RowsAsync("select id from t")).ShouldBeEmpty();
    }

    /// <summary>Rows that hold each other up are right only together, whatever wrong ones stand between them.</summary>
    [Fact]
    public async Task Rows_in_a_circle_stay()
    {
        await using var db = await Db.OpenAsync(Tree);
        var refused = new RecordedRefusals();
        await using var run = await SinkRun.StartAsync(db, Plain + ", \"batch_size\": 2", _table, refusals: refused);
        await run.WriteAsync([new(1, "5"), new(2, "77"), new(3, "88"), new(4, "1"), new(5, "4"), new(6, "77"), new(7, "6")]);
        await run.CheckpointAsync(1);
        (await db.RowsAsync("select id from t order by id")).ShouldBe(["1", "4", "5"]);
        refused.Ids.ShouldBe([2, 3, 6, 7]);
    }

    /// <summary>
    /// Whatever refers to whatever, in whatever order and flushes: of each transaction exactly those rows are in whose chain ends well or in itself.
    /// Each flush is looked at before the next one, so this also says that what was deferred is deferred again.
    /// </summary>
    [Theory]
    [InlineData(1, 120, "")]
    [InlineData(2, 120, Exactly)]
    [InlineData(3, 60, "")]
    [InlineData(4, 300, "")]
    public async Task Exactly_the_rows_that_never_become_right_are_refused(int seed, int rows, string more)
    {
        await using var db = await Db.OpenAsync(Tree);
        var refused = new RecordedRefusals();
        var random = new Random(seed);
        BoxedRow[] all = [.. Enumerable.Range(0, rows).Select(id => new BoxedRow(id, random.Next(6) switch { 0 => null, 1 => $"{rows + random.Next(5)}", _ => $"{Math.Clamp(id + random.Next(-15, 16), 0, rows - 1)}" }))];
        var there = new HashSet<int>();
        var expected = new List<int>();
        await using (var run = await SinkRun.StartAsync(db, $"{Plain}, \"batch_size\": {random.Next(1, 20)}{more}", _table, refusals: refused))
        {
            var begin = 0;
            for (var from = 0; from < rows;)
            {
                var to = Math.Min(rows, from + random.Next(1, 30));
                await run.WriteAsync(all[from..to]);
                from = to;
                if (random.Next(4) > 0 && from < rows) continue;
                await run.CheckpointAsync(from);
                run.Unsettled.ShouldBe(0);
                expected.AddRange(NeverRight(all[begin..from], there));
                begin = from;
            }
        }
        refused.Ids.Cast<int>().Order().ShouldBe(expected.Order(), $"seed {seed}");
        (await db.RowsAsync("select id from t order by id")).ShouldBe(there.Order().Select(id => $"{id}"), $"seed {seed}");
    }

    /// <summary>Only what was deferred is deferred again; where a name says too little, all that can be.</summary>
    [Fact]
    public async Task Constraints_are_set_by_name()
    {
        await using var db = await Db.OpenAsync("create table \"Q\"(a int constraint \"it's \"\"so\"\"\" unique deferrable initially deferred, b int unique deferrable, c int unique)");
        await using var connection = await PgConnections.OpenAsync(ConnectionSettings.Read(db.Settings()), null, Db.Stop);
        (await PgDeferred.FindAsync(connection, Db.Stop))!.Check.ShouldBe("set constraints all immediate; set constraints public.\"it's \"\"so\"\"\" deferred");
        await db.RunAsync("create table r(a int constraint one unique); alter table \"Q\" add constraint two foreign key (a) references r(a) deferrable initially deferred; create table s(a int constraint two check (a > 0))");
        (await PgDeferred.FindAsync(connection, Db.Stop))!.Check.ShouldBe("set constraints all immediate; set constraints all deferred");
        await db.RunAsync("drop table \"Q\"");
        (await PgDeferred.FindAsync(connection, Db.Stop)).ShouldBeNull();
    }

    /// <summary>Takes the rows in that are right in the end, and returns the others: a plain look until nothing changes.</summary>
    private static List<int> NeverRight(BoxedRow[] rows, HashSet<int> there)
    {
        var right = rows.ToDictionary(row => (int)row[0]!, row => row[1] is string parent ? int.Parse(parent, System.Globalization.CultureInfo.InvariantCulture) : (int?)null);
        while (right.FirstOrDefault(row => row.Value is { } parent && !there.Contains(parent) && !right.ContainsKey(parent)) is { Value: not null } wrong) right.Remove(wrong.Key);
        there.UnionWith(right.Keys);
        return [.. rows.Select(row => (int)row[0]!).Where(id => !right.ContainsKey(id))];
    }
}
