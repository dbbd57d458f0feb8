using System.Globalization;
using Chunnel.Core;
using Chunnel.Plugins;

namespace Chunnel.Connectors.Jdbc;

/// <summary>How catalogs of data call the tables of a database.</summary>
internal static class JdbcDatasets
{
    /// <summary><c>postgres://host:5432</c> and <c>database.schema.table</c>; null for a kind of database that has no such form here.</summary>
    public static DatasetName? NameOf(ConnectionSettings connection, TablePath path, string? database)
    {
        const string defaultPort = "5432";
        var url = connection.Url;
        if (url.Kind != "postgresql" || url.Hosts is not [var host, ..]) return null;
        var schema = path.Schema ?? url.Parameters.GetValueOrDefault("currentSchema")?.Split(',')[0].Trim() ?? "public";
        return new DatasetName(
            $"postgres://{host.Name}:{host.Port?.ToString(CultureInfo.InvariantCulture) ?? defaultPort}",
            string.Join('.', new[] { database ?? path.Database ?? url.Database, schema, path.Table }.OfType<string>()));
    }
}
