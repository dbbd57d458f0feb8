using Chunnel.Core;
using Chunnel.Plugins;
using Npgsql;

namespace Chunnel.Connectors.Jdbc;

/// <summary>The database of a sink, which is created with the table where the save mode says so.</summary>
internal static class PgDatabases
{
    private const string Missing = "3D000";
    private const string Duplicate = "42P04";

    /// <summary>A database that every server has.</summary>
    private const string Always = "postgres";

    public static async ValueTask<NpgsqlConnection> OpenOrCreateAsync(JdbcSinkSettings settings, CancellationToken stop)
    {
        try
        {
            return await PgConnections.OpenAsync(settings.Connection, settings.Database, stop);
        }
        catch (ChunnelException fault) when (fault.InnerException is PostgresException { SqlState: Missing } && settings.SchemaSaveMode is SchemaSaveMode.CreateSchemaWhenNotExist or SchemaSaveMode.RecreateSchema)
        {
            await using (var always = await PgConnections.OpenAsync(settings.Connection, Always, stop))
            {
                try
                {
                    await PgConnections.ExecuteAsync(always, $"create database {PgText.Quote(settings.Database ?? settings.Connection.Url.Database ?? "")}", stop);
                }
                catch (PostgresException there) when (there.SqlState == Duplicate)
                {
                    // Another table's sink was quicker.
                }
            }
            return await PgConnections.OpenAsync(settings.Connection, settings.Database, stop);
        }
    }
}
