using Chunnel.Core;
using Chunnel.TestKit;
using Npgsql;

namespace Chunnel.Connectors.Jdbc.Tests;

/// <summary>COPY's bytes as they come from the server: in any pieces, given up at any moment, broken off.</summary>
public sealed class ReadingTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private static readonly TableSchema Rows = Db.Table("t", ("id", DataType.Int), ("v", DataType.String));

    /// <summary>Some rows at once, and then none for long. Rows are longer than what the server keeps back before it sends.</summary>
    private const string Halting = "select g, repeat('x', 20000) || case when g > 3 then pg_sleep(600)::text else '' end from generate_series(1, 10) g";

    /// <summary>The bytes that the driver waits for may be few, and nothing may follow them for a while.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(12)]
    public async Task Rows_come_whatever_pieces_they_come_in(int behind)
    {
        await using var db = await Db.OpenAsync();
        await using var wire = new HaltingWire(db.Port, behind);
        await using var reading = await Reading.OpenAsync(db, "select g, 'v' || g from generate_series(1, 40) g", Rows, wire.Port);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Db.Stop);
        limit.CancelAfter(Limit);
        var ids = new List<int>();
        while (await reading.NextAsync(limit.Token) is { } batch)
        {
            using (batch) ids.AddRange(((FixedColumn<int>)batch[0]).Values[..batch.Rows]);
        }
        ids.ShouldBe(Enumerable.Range(1, 40));
        wire.Halts.ShouldBeGreaterThan(40);
    }

    [Fact]
    public async Task Rows_do_not_wait_for_more_and_a_wait_ends_when_the_reader_is_given_up()
    {
        await using var db = await Db.OpenAsync();
        var reading = await Reading.OpenAsync(db, Halting, Rows);
        using (var stop = CancellationTokenSource.CreateLinkedTokenSource(Db.Stop))
        {
            for (var rows = 0; rows < 2;)
            {
                using var batch = (await reading.NextAsync(stop.Token))!;
                rows += batch.Rows;
            }
            var waiting = reading.NextAsync(stop.Token);
            waiting.IsCompleted.ShouldBeFalse();
            await stop.CancelAsync();
            await Should.ThrowAsync<OperationCanceledException>(async () => await waiting);
        }
        await reading.Rows.DisposeAsync().AsTask().WaitAsync(Limit, Db.Stop);
        // The connection is as good as before.
        await reading.DisposeAsync();
        (await db.RowsAsync("select count(*) from pg_stat_activity where query like 'copy%pg_sleep%' and state = 'active'")).ShouldBe(["0"]);
    }

    /// <summary>A server that lost its power answers neither the COPY nor the cancel, and nothing tells that it is gone.</summary>
    [Fact]
    public async Task A_server_that_falls_silent_holds_up_nobody_who_gives_up()
    {
        await using var db = await Db.OpenAsync();
        await using var wire = new SilentWire(db.Port);
        var clock = new ManualClock();
        var reading = await Reading.OpenAsync(db, Halting, Rows, wire.Port, clock);
        (await reading.NextAsync(Db.Stop))!.Dispose();
        wire.FallSilent();
        var ending = reading.DisposeAsync().AsTask();
        ending.IsCompleted.ShouldBeFalse();
        clock.Advance(CopyPump.Patience);
        await ending.WaitAsync(Limit, Db.Stop);
    }

    /// <summary>Encrypted bytes gather below the driver's decryption: what is at hand there says nothing of what the decryption holds.</summary>
    [Fact]
    public async Task Over_an_encrypted_connection_rows_come_whole_and_do_not_wait_for_more()
    {
        if (PostgresServer.Missing is { } missing) Assert.Skip(missing);
        using var key = await ServerKey.MakeAsync(Db.Stop);
        await using var server = await PostgresServer.StartAsync(Db.Stop, key.Settings);
        await using var db = await Db.OpenAsync(server);
        await using (var all = await Reading.OpenAsync(db, "select g, repeat('x', g % 3000) from generate_series(1, 50000) g", Rows))
        {
            (await db.RowsAsync("select count(*) from pg_stat_ssl s join pg_stat_activity a using (pid) where s.ssl and a.query like 'copy%'")).ShouldBe(["1"]);
            var next = 1;
            while (await all.NextAsync(Db.Stop) is { } batch)
            {
                using (batch)
                {
                    for (var row = 0; row < batch.Rows; row++, next++)
                    {
                        ((FixedColumn<int>)batch[0]).Values[row].ShouldBe(next);
                        ((TextColumn)batch[1])[row].Length.ShouldBe(next % 3000);
                    }
                }
            }
            next.ShouldBe(50_001);
        }
        await using var halting = await Reading.OpenAsync(db, Halting, Rows);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Db.Stop);
        limit.CancelAfter(Limit);
        for (var rows = 0; rows < 2;)
        {
            using var batch = (await halting.NextAsync(limit.Token))!;
            rows += batch.Rows;
        }
    }

    [Fact]
    public async Task A_connection_that_ends_meanwhile_is_an_error_that_may_pass()
    {
        await using var db = await Db.OpenAsync();
        await using var reading = await Reading.OpenAsync(db, Halting, Rows);
        using ((await reading.NextAsync(Db.Stop))!)
        {
            await db.RunAsync("select pg_terminate_backend(pid) from pg_stat_activity where query like 'copy%pg_sleep%' and pid <> pg_backend_pid()");
        }
        var broken = await Should.ThrowAsync<ChunnelException>(async () =>
        {
            while (await reading.NextAsync(Db.Stop) is { } batch) batch.Dispose();
        });
        broken.Message.ShouldContain("reading table 't'");
        broken.Code.Retry.ShouldBe(Retry.Later);
    }

    /// <summary>Rows are taken out of the driver's buffer: an internal of the version that is used. With another that has none, look anew at <see cref="DriverBuffer"/>.</summary>
    [Fact]
    public async Task Many_messages_come_with_one_call()
    {
        await using var db = await Db.OpenAsync();
        await using var connection = await PgConnections.OpenToReadAsync(ConnectionSettings.Read(db.Settings()), null, Db.Stop);
        await using var copy = new PgCopyOut(await connection.BeginRawBinaryCopyAsync("copy (select 1) to stdout (format binary)", Db.Stop));
        copy.Read(new byte[100]).ShouldBe(PgTuples.HeaderBytes + 2 + 4 + 4 + 2, "the header, a row and the end come with one call");
        copy.Read(new byte[100]).ShouldBe(0);
    }
}
