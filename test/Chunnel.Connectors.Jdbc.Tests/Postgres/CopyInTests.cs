using Npgsql;
using Chunnel.TestKit;

namespace Chunnel.Connectors.Jdbc.Tests;

/// <summary>The driver's stream commits what it has when it is disposed (data-path.md trap 1): ours does not.</summary>
public sealed class CopyInTests
{
    /// <summary>One row of one int4: a count, a length, the number 7.</summary>
    private static readonly byte[] Row = [0, 1, 0, 0, 0, 4, 0, 0, 0, 7];

    [Fact]
    public async Task A_copy_counts_only_when_it_is_completed()
    {
        await using var db = await Db.OpenAsync("create table t(id int)");
        await using var connection = await OpenAsync(db);
        await using (var given = await PgCopyIn.BeginAsync(connection, "t", Db.Stop)) await given.SendAsync(Row, Db.Stop);
        (await db.RowsAsync("select * from t")).ShouldBeEmpty();
        await using (var completed = await PgCopyIn.BeginAsync(connection, "t", Db.Stop))
        {
            await completed.SendAsync(Row, Db.Stop);
            await completed.CompleteAsync(Db.Stop);
        }
        (await db.RowsAsync("select * from t")).ShouldBe(["7"]);
    }

    [Fact]
    public async Task A_copy_that_the_server_refused_is_given_up_quietly()
    {
        await using var db = await Db.OpenAsync("create table t(id int check (id < 5))");
        await using var connection = await OpenAsync(db);
        await using (var refused = await PgCopyIn.BeginAsync(connection, "t", Db.Stop))
        {
            await refused.SendAsync(Row, Db.Stop);
            (await Should.ThrowAsync<PostgresException>(async () => await refused.CompleteAsync(Db.Stop))).SqlState.ShouldBe(PostgresErrorCodes.CheckViolation);
        }
        await PgConnections.ExecuteAsync(connection, "insert into t values (1)", Db.Stop);
        (await db.RowsAsync("select * from t")).ShouldBe(["1"]);
    }

    private static async Task<NpgsqlConnection> OpenAsync(Db db) => await PgConnections.OpenAsync(ConnectionSettings.Read(db.Settings()), null, Db.Stop);
}
