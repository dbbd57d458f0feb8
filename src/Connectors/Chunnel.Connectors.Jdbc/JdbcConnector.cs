using Chunnel.Core;
using Chunnel.Plugins;

namespace Chunnel.Connectors.Jdbc;

/// <summary>
/// Start here: <c>Jdbc</c> reads and writes relational databases. What is the same for all of them stands in Source/ and Sink/; a database
/// has a folder of its own (Postgres/) behind the seam in Dialects/, and its driver is loaded when a job first uses it.
/// </summary>
public static class JdbcConnector
{
    public const string Name = "Jdbc";

    public static IReadOnlyList<PluginEntry> Plugins { get; } =
    [
        new(PluginKind.Source, Name, () => new JdbcSourcePlugin()),
        new(PluginKind.Sink, Name, () => new JdbcSinkPlugin()),
    ];
}
