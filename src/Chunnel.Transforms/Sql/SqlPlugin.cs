using Chunnel.Core;
using Chunnel.Plugins;
using Chunnel.Transforms.Sql.Explosions;
using Chunnel.Transforms.Sql.Parsing;
using Chunnel.Transforms.Tables;

namespace Chunnel.Transforms.Sql;

/// <summary>Selects, computes and filters with one SELECT (spec transforms.md 4).</summary>
public sealed class SqlPlugin : TableTransformPlugin
{
    public static readonly Option<string> Query = Option.Text("query").IsRequired().Says("One SELECT over the table that comes in; the name behind FROM may be any.");

    public static readonly Option<string> Engine = Option.Choice("engine", "ZETA", "INTERNAL").Default("ZETA").Says("Both names mean the built-in engine.");

    public override string Name => "Sql";

    public override string Summary => "Selects columns, computes new ones and filters rows with a SELECT.";

    protected override IReadOnlyList<OptionDescription> OwnOptions => [Query, Engine, RowErrors.Way];

    protected override IEnumerable<Problem> CheckOwn(SettingsObject settings)
    {
        if (QueryOf(settings) is not { } query) return [];
        var problems = new SqlProblems(query);
        SqlParser.Parse(query, problems);
        return problems.All;
    }

    protected override ITableTransform Create(TableSchema table, SettingsObject settings, TransformContext context)
    {
        var query = QueryOf(settings) ?? new QueryText(Query.Read(settings), settings.Where);
        var transform = new SqlTransform(table, query, new RowErrors(Name, RowErrors.Way.Read(settings)), context.SqlFunctions);
        return transform.Explosion is { } explosion ? new ExplodingTransform(transform, explosion) : transform;
    }

    private static QueryText? QueryOf(SettingsObject settings) =>
        Query.CheckValue(settings) is null && Query.Find(settings) is { } entry ? new QueryText(Query.Read(settings), entry.Value.Where) : null;
}
