using System.Collections.Concurrent;
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

    /// <summary>What the driver gathers before it sends: rows of a COPY go out in pieces of about this size.</summary>
    public const int WriteBufferBytes = 256 << 10;

    /// <summary>How values look as text, whatever the server's defaults are.</summary>
    private const string Session = "set standard_conforming_strings = on; set datestyle = 'ISO, YMD'; set intervalstyle = 'postgres'; set bytea_output = 'hex'; set extra_float_digits = 3";

    /// <summary>By their connection strings, as the driver keeps its own: one for each URL that a job of this process names.</summary>
    private static readonly ConcurrentDictionary<string, Lazy<NpgsqlDataSource>> s_sources = new();

    public static ValueTask<NpgsqlConnection> OpenAsync(ConnectionSettings settings, string? database, CancellationToken stop) =>
        OpenAsync(settings, database, BufferBytes, stop);

    /// <summary>Opens one that many rows are to come from.</summary>
    public static ValueTask<NpgsqlConnection> OpenToReadAsync(ConnectionSettings settings, string? database, CancellationToken stop) =>
        OpenAsync(settings, database, ReadBufferBytes, stop);

    public static async ValueTask ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken stop)
    {
        FailPoint.Reach("postgres.execute.before");
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(stop);
        FailPoint.Reach("postgres.execute.after");
    }

    private static async ValueTask<NpgsqlConnection> OpenAsync(ConnectionSettings settings, string? database, int readBuffer, CancellationToken stop)
    {
        var connection = s_sources.GetOrAdd(TextOf(settings, database, readBuffer), text => new Lazy<NpgsqlDataSource>(() => SourceOf(text))).Value.CreateConnection();
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

    /// <summary>
    /// Without what the driver asks a server about its types, and maps them to: values of rows never pass through it (docs/adr/0112).
    /// </summary>
    private static NpgsqlDataSource SourceOf(string text) =>
        new NpgsqlSlimDataSourceBuilder(text).EnableTransportSecurity().EnableArrays().ConfigureTypeLoading(types => types.EnableTypeLoading(false)).Build();

    private static string TextOf(ConnectionSettings settings, string? database, int readBuffer)
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
            WriteBufferSize = WriteBufferBytes,
            Pooling = false,
            Enlist = false,
            // As the Java driver does, which tries a plain connection first: asking costs a round trip and loads Kerberos.
            GssEncryptionMode = GssEncryptionMode.Disable,
            IncludeErrorDetail = true,
            ApplicationName = "Chunnel",
        };
        PgParameters.Apply(url, text);
        return text.ConnectionString;
    }
}
