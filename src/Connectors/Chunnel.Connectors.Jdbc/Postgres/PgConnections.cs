using System.Globalization;
using Chunnel.Core;
using Npgsql;

namespace Chunnel.Connectors.Jdbc;

/// <summary>Opens connections. They are not pooled: each reader and writer has its own for as long as it lives.</summary>
internal static class PgConnections
{
    private const int DefaultPort = 5432;

    // Larger than Npgsql's 8 KiB: a COPY fills them again and again.
    private const int BufferBytes = 64 << 10;
    private const int ReadBufferBytes = 256 << 10;

    /// <summary>What the driver gathers before it sends, on a connection that many rows go to: they go out in pieces of about this size.</summary>
    public const int WriteBufferBytes = 256 << 10;

    /// <summary>The driver would have this said to a builder of data sources, which refuses <c>targetServerType</c> beside several hosts.</summary>
    private const string TypeLoading = "Server Compatibility Mode";

    /// <summary>How values look as text, whatever the server's defaults are.</summary>
    private const string Session = "set standard_conforming_strings = on; set datestyle = 'ISO, YMD'; set intervalstyle = 'postgres'; set bytea_output = 'hex'; set extra_float_digits = 3";

    public static ValueTask<NpgsqlConnection> OpenAsync(ConnectionSettings settings, string? database, CancellationToken stop) =>
        OpenAsync(settings, database, BufferBytes, BufferBytes, stop);

    /// <summary>Opens one that many rows are to come from.</summary>
    public static ValueTask<NpgsqlConnection> OpenToReadAsync(ConnectionSettings settings, string? database, CancellationToken stop) =>
        OpenAsync(settings, database, ReadBufferBytes, BufferBytes, stop);

    /// <summary>Opens one that many rows are to go to.</summary>
    public static ValueTask<NpgsqlConnection> OpenToWriteAsync(ConnectionSettings settings, string? database, CancellationToken stop) =>
        OpenAsync(settings, database, BufferBytes, WriteBufferBytes, stop);

    public static async ValueTask ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken stop)
    {
        FailPoint.Reach("postgres.execute.before");
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(stop);
        FailPoint.Reach("postgres.execute.after");
    }

    private static async ValueTask<NpgsqlConnection> OpenAsync(ConnectionSettings settings, string? database, int readBuffer, int writeBuffer, CancellationToken stop)
    {
        var connection = new NpgsqlConnection(TextOf(settings, database, readBuffer, writeBuffer));
        try
        {
            FailPoint.Reach("postgres.connect");
            await connection.OpenAsync(stop);
            await ExecuteAsync(connection, Session, stop);
            return connection;
        }
        catch (Exception fault) when (PgErrors.IsOfServer(fault))
        {
            await connection.DisposeAsync();
            throw PgErrors.Connecting(fault, settings, database);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private static string TextOf(ConnectionSettings settings, string? database, int readBuffer, int writeBuffer)
    {
        var url = settings.Url;
        var text = new NpgsqlConnectionStringBuilder
        {
            Host = url.Hosts.Count == 0 ? "localhost" : string.Join(',', url.Hosts.Select(host => string.Create(CultureInfo.InvariantCulture, $"{host.Name}:{host.Port ?? DefaultPort}"))),
            Database = database ?? url.Database ?? settings.User,
            Username = settings.User,
            Password = settings.RevealPassword(),
            Timeout = Math.Min(settings.CheckTimeout, 1024),
            CommandTimeout = 0,
            ReadBufferSize = readBuffer,
            WriteBufferSize = writeBuffer,
            Pooling = false,
            Enlist = false,
            // As the Java driver does, which tries a plain connection first: asking costs a round trip and loads Kerberos.
            GssEncryptionMode = GssEncryptionMode.Disable,
            // It would ask the server for all its types, to map values that never pass through it: docs/adr/0113.
            [TypeLoading] = "NoTypeLoading",
            IncludeErrorDetail = true,
            ApplicationName = "Chunnel",
        };
        PgParameters.Apply(url, text);
        // The driver looks at what kind a server is only where it may choose; the Java driver looks at a single one too.
        if (text.TargetSessionAttributes is not null && url.Hosts.Count <= 1) text.Host = $"{text.Host},{text.Host}";
        return text.ConnectionString;
    }
}
