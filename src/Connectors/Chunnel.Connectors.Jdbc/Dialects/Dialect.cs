using Chunnel.Core;
using Chunnel.Plugins;

namespace Chunnel.Connectors.Jdbc;

/// <summary>
/// A kind of database: how its URLs, names and tables look, and how a connection to it is opened. Nothing here loads a driver; opening
/// does.
/// </summary>
internal abstract class Dialect
{
    /// <summary>What the option <c>dialect</c> calls it.</summary>
    public abstract string Name { get; }

    /// <summary>Beginnings of the URL behind <c>jdbc:</c>.</summary>
    public abstract IReadOnlyList<string> UrlKinds { get; }

    /// <summary>Warnings for parameters of the URL or of <c>properties</c> that do nothing, errors for values that cannot be.</summary>
    public abstract IEnumerable<Problem> CheckParameters(JdbcUrl url, TextPosition where);

    /// <summary>Reads a table's name as a job writes it.</summary>
    public abstract TablePath ParsePath(string text);

    /// <summary>A name as SQL writes it.</summary>
    public abstract string Quote(string name);

    /// <summary>A text as SQL writes it.</summary>
    public abstract string Literal(string text);

    /// <summary>Opens a connection.</summary>
    /// <param name="settings">Where and who.</param>
    /// <param name="database">Another database of the same server than the URL's, or null.</param>
    /// <param name="stop">Ends the wait.</param>
    public abstract ValueTask<IDatabase> OpenAsync(ConnectionSettings settings, string? database, CancellationToken stop);

    /// <summary>Makes the sink of one table.</summary>
    public abstract ISink CreateSink(JdbcSinkSettings settings, SinkContext context);
}
