using Chunnel.Core;
using Chunnel.Plugins;

namespace Chunnel.Connectors.Jdbc;

/// <summary>Jdbc as a source: tables and queries of a database, split between readers.</summary>
public sealed class JdbcSourcePlugin : SourcePlugin
{
    public override string Name => JdbcConnector.Name;

    public override string Summary => "Reads tables and queries of a database: PostgreSQL.";

    public override OptionSet Options => JdbcSourceOptions.Set;

    public override IReadOnlyList<Problem> Check(SettingsObject settings)
    {
        List<Problem> problems = [.. base.Check(settings), .. DialectTable.Check(settings)];
        if (JdbcSourceOptions.TableList.CheckValue(settings) is not null) return problems;
        problems.AddRange(CheckTables(settings));
        return problems;
    }

    public override async ValueTask<ISource> CreateAsync(SourceContext context, CancellationToken stop)
    {
        var wrong = Check(context.Settings).Where(problem => problem.Severity == Severity.Error).ToList();
        if (wrong.Count > 0) throw new ProblemsException(wrong);
        var settings = JdbcSourceSettings.Read(context.Settings);
        var tables = await new TableFinder(settings).FindAsync(stop);
        return new JdbcSource(settings, tables, context);
    }

    private static IEnumerable<Problem> CheckTables(SettingsObject settings)
    {
        var single = JdbcSourceOptions.TablePath.Find(settings) ?? JdbcSourceOptions.Query.Find(settings);
        if (JdbcSourceOptions.TableList.Find(settings) is not { } list)
        {
            if (single is null) yield return Wrong(settings.Where, "Either table path or query must be specified in source configuration.", "Set 'table_path', 'query' or 'table_list'.");
            yield break;
        }
        if (single is not null) yield return Wrong(single.KeyWhere, "Please configure either `table_list` or `table_path`/`query`, not both", "Move it into 'table_list'.");
        var entries = JdbcSourceOptions.TableList.Read(settings);
        if (entries.Count == 0) yield return Wrong(list.Value.Where, "'table_list' is empty.", "Name at least one table.");
        foreach (var problem in entries.SelectMany(entry => new OptionSet(JdbcSourceOptions.OfEntry).Check(entry, "Jdbc's table_list", []))) yield return problem;
        var paths = entries.Select(entry => JdbcSourceOptions.TablePath.Find(entry) is { } path ? SettingsConvert.ToText(path.Value) : "null").ToList();
        var twice = paths.Where(path => path == "null").Concat(paths.GroupBy(path => path).Where(group => group.Count() > 1).Select(group => group.Key)).Distinct().ToList();
        if (twice.Count > 0) yield return Wrong(list.Value.Where, $"Please configure unique `table_path`, not allow null/duplicate table path: [{string.Join(", ", twice)}]", "Give each entry a table_path of its own.");
    }

    private static Problem Wrong(TextPosition where, string what, string mend) => new(CommonErrors.OptionValidateFailed, what) { Where = where, Mend = mend };
}
