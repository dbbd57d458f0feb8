using Chunnel.Core;
using Chunnel.Plugins;

namespace Chunnel.Connectors.Jdbc;

/// <summary>PostgreSQL and its kin, through Npgsql.</summary>
internal sealed class PostgresDialect : Dialect
{
    public const string DefaultSchema = "public";

    public override string Name => "Postgres";

    public override IReadOnlyList<string> UrlKinds { get; } = ["postgresql", "postgres", "opengauss", "pivotal:greenplum"];

    public override IEnumerable<Problem> CheckParameters(JdbcUrl url, TextPosition where) => PgParameters.Check(url, where);

    public override TablePath ParsePath(string text) => TablePath.Parse(text, schemaFirst: true);

    public override string Quote(string name) => PgText.Quote(name);

    public override string Literal(string text) => PgText.Literal(text);

    public override async ValueTask<IDatabase> OpenAsync(ConnectionSettings settings, string? database, CancellationToken stop) =>
        new PgDatabase(await PgConnections.OpenToReadAsync(settings, database, stop), settings);

    public override ISink CreateSink(JdbcSinkSettings settings, SinkContext context) => new PgSink(settings, context);
}
