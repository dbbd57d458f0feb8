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
        if (transform.From is { } from && !NamesOf(table, context.Settings).Contains(from))
            context.Say($"The query selects from '{from}', the table that comes in is '{table.TableId}': the name is taken for it.");
        return transform.Explosion is { } explosion ? new ExplodingTransform(transform, explosion) : transform;
    }

    /// <summary>What a query may call the table: its own name, or that of the input.</summary>
    private static IEnumerable<string> NamesOf(TableSchema table, SettingsObject block) =>
        CommonOptions.PluginInput.TryRead(block, out var inputs) ? [table.TableId, table.Path.Table, .. inputs] : [table.TableId, table.Path.Table];

    private static QueryText? QueryOf(SettingsObject settings) =>
        Query.CheckValue(settings) is null && Query.Find(settings) is { } entry ? new QueryText(Query.Read(settings), entry.Value.Where) : null;
}
