using Chunnel.Core;
using Chunnel.Plugins;

namespace Chunnel.Connectors.Jdbc;

/// <summary>Jdbc as a sink: rows into a table of a database.</summary>
public sealed class JdbcSinkPlugin : SinkPlugin
{
    public override string Name => JdbcConnector.Name;

    public override string Summary => "Writes rows into tables of a database: PostgreSQL.";

    public override OptionSet Options => JdbcSinkOptions.Set;

    public override IReadOnlyList<Problem> Check(SettingsObject settings)
    {
        List<Problem> problems = [.. base.Check(settings), .. DialectTable.Check(settings)];
        if (problems.Any(problem => problem.Severity == Severity.Error)) return problems;
        if (JdbcSinkOptions.IsExactlyOnce.Read(settings) && JdbcSinkOptions.MaxRetries.Read(settings) > 0)
        {
            problems.Add(new Problem(CommonErrors.OptionValidateFailed, "JDBC XA sink requires maxRetries equal to 0, otherwise it could cause duplicates.")
            {
                Where = JdbcSinkOptions.MaxRetries.Find(settings)!.Value.Where,
                Mend = "Take 'max_retries' out: a job that fails goes on from its checkpoint.",
            });
        }
        if (JdbcSinkOptions.QueryKeyExists.Find(settings) is { } old)
        {
            problems.Add(new Problem(CommonErrors.OptionValidateFailed, $"'{old.Key}' does nothing any more.") { Severity = Severity.Warning, Where = old.KeyWhere, Mend = "'enable_upsert' decides whether rows replace older ones." });
        }
        return problems;
    }

    public override ValueTask<ISink> CreateAsync(SinkContext context, CancellationToken stop)
    {
        var wrong = Check(context.Settings).Where(problem => problem.Severity == Severity.Error).ToList();
        if (wrong.Count > 0) throw new ProblemsException(wrong);
        var settings = JdbcSinkSettings.Read(context.Settings, context.Table);
        return new(settings.Dialect.CreateSink(settings, context));
    }
}
