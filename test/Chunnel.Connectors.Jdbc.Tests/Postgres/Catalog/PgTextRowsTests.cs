namespace Chunnel.Connectors.Jdbc.Tests;

/// <summary>Rows of text that come by COPY: whoever asks for them can stop waiting.</summary>
public sealed class PgTextRowsTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    /// <summary>A server that says nothing, one that stops within its answer, and one whose host is gone.</summary>
    [Theory]
    [InlineData("select pg_sleep(600)::text", false)]
    [InlineData("select repeat('x', 100000) from generate_series(1, 10) g union all select pg_sleep(600)::text", false)]
    [InlineData("select pg_sleep(600)::text", true)]
    public async Task A_wait_ends_when_it_is_cancelled(string query, bool fallsSilent)
    {
        await using var db = await Db.OpenAsync();
        await using var wire = new SilentWire(db.Port);
        var connection = await PgConnections.OpenAsync(ConnectionSettings.Read(db.SettingsBy(wire.Port)), null, Db.Stop);
        using var stop = new CancellationTokenSource();
        var asking = Task.Run(() => PgTextRows.AskAsync(connection, query, stop.Token).AsTask(), Db.Stop);
        while ((await db.RowsAsync("select pid from pg_stat_activity where datname = current_database() and query like 'copy%' and wait_event = 'PgSleep'")).Count == 0) asking.IsCompleted.ShouldBeFalse();
        if (fallsSilent) wire.FallSilent();
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => asking.WaitAsync(Limit, Db.Stop));
        await connection.DisposeAsync().AsTask().WaitAsync(Limit, Db.Stop);
    }
}
