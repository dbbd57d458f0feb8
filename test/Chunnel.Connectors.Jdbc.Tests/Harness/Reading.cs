using Chunnel.Core;
using Chunnel.Plugins;
using Npgsql;

namespace Chunnel.Connectors.Jdbc.Tests;

/// <summary>The rows of one query on their way, below splits and positions.</summary>
internal sealed class Reading : IAsyncDisposable
{
    private readonly PgDatabase _database;
    private long _rows;

    private Reading(PgDatabase database, IRowReading rows) => (_database, Rows) = (database, rows);

    public IRowReading Rows { get; }

    /// <param name="db">Where the rows are.</param>
    /// <param name="query">Gives them.</param>
    /// <param name="table">What they are.</param>
    /// <param name="port">The port to go by, when not the server's own.</param>
    /// <param name="clock">By which it is patient.</param>
    public static async Task<Reading> OpenAsync(Db db, string query, TableSchema table, int? port = null, TimeProvider? clock = null)
    {
        var settings = ConnectionSettings.Read(port is null ? db.Settings() : db.SettingsBy(port.Value));
        var database = new PgDatabase(await PgConnections.OpenToReadAsync(settings, null, Db.Stop), settings);
        var context = new ReaderContext { Subtask = 0, Parallelism = 1, Memory = BatchMemory.Unlimited(), Clock = clock ?? TimeProvider.System };
        var looseness = new Looseness(OutOfRange.Fail, PrecisionLoss.Fail);
        return new Reading(database, await database.ReadAsync(new SplitQuery { Columns = "*", From = $"({query}) q", Conditions = [] }, table, context, looseness, sameOrder: false, Db.Stop));
    }

    public async Task<ColumnBatch?> NextAsync(CancellationToken stop)
    {
        var batch = await Rows.ReadAsync(_rows, stop);
        _rows += batch?.Rows ?? 0;
        return batch;
    }

    public async ValueTask DisposeAsync()
    {
        await Rows.DisposeAsync();
        await _database.DisposeAsync();
    }
}
