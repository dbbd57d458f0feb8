using Chunnel.Core;

namespace Chunnel.Config.Tests;

/// <summary>Job files that a SeaTunnel server was given, and what it said of those that it refused for their form or wiring.</summary>
public sealed class RecordedJobTests
{
    private static readonly Dictionary<string, string> Refused = new()
    {
        ["bad-cycle.conf"] = "The 'plugin_output' option configured is incorrect, this table(fake) belonging to source/transform(FakeSource) is not used.",
        ["bad-empty.conf"] = "Miss <Source> config! Please check the config file.",
        ["bad-job-mode.conf"] = "Could not parse value for enum JobMode. Expected one of: [[BATCH, STREAMING]]",
        ["bad-no-env.conf"] = "No configuration setting found for key 'env'",
        ["bad-no-sink.conf"] = "Miss <Sink> config! Please check the config file.",
        ["bad-no-source.conf"] = "Miss <Source> config! Please check the config file.",
        ["bad-syntax.conf"] = "The key 'FakeSource' must be followed by '=', ':' or '{', not by the end of the file.",
        ["bad-two-sources-unnamed.conf"] = "A ',' or a line break is expected before 'FakeSource'.",
        ["bad-unknown-input.conf"] = "The 'plugin_input' option configured in [Console] is incorrect, and the source/transform[nope] is not found.",
        ["sqlform-columns.sql"] = "Insert sql must not have columns",
        ["sqlform-delete.sql"] = "Unsupported SQL syntax: DELETE FROM src",
        ["sqlform-dup.sql"] = "Table name duplicate: src",
        ["sqlform-noconfig.sql"] = "No configuration setting found for key 'env'",
        ["sqlform-noconnector.sql"] = "The connector of option is none",
        ["sqlform-noinsert.sql"] = "The SQL config must contain `INSERT INTO ... SELECT ...` syntax",
        ["sqlform-nosource.sql"] = "The source table[src] is not found",
        ["sqlform-notype.sql"] = "The source table[src] is not found",
        ["sqlform-syntax.sql"] = "Unsupported SQL syntax: INSERT INTO snk SELEC * FROM src",
        ["sqlform-unknownsink.sql"] = "The sink table[nope] is not found",
        ["sqlform-unknownsource.sql"] = "The source table[nope] is not found",
        ["sqlform-values.sql"] = "Insert sql must have select statement",
    };

    public static TheoryData<string> All() =>
        [.. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Data", "jobs")).Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(All))]
    public void A_recorded_job_is_read_or_refused_with_the_recorded_reason(string name)
    {
        var result = Jobs.File($"jobs/{name}", "who2=7");
        if (Refused.TryGetValue(name, out var reason)) result.Mistakes().ShouldContain(what => what.StartsWith(reason, StringComparison.Ordinal), string.Join('\n', result.Problems));
        else result.Good();
    }

    [Fact]
    public void A_default_is_recorded_to_be_unfilled_without_its_variable() =>
        Jobs.File("jobs/vars.conf").Mistakes().ShouldBe(["The variable 'who2' has no value."]);

    [Fact]
    public void All_problems_of_a_refused_job_have_a_place() =>
        Refused.Keys.SelectMany(name => Jobs.File($"jobs/{name}").Problems)
            .Where(problem => problem.Where.Line == 0)
            .Select(problem => problem.What).Distinct()
            .ShouldBe(
            [
                "Miss <Source> config! Please check the config file.",
                "Miss <Sink> config! Please check the config file.",
                "No configuration setting found for key 'env'",
                "The SQL config must contain `INSERT INTO ... SELECT ...` syntax",
                "The SQL config must contain at least one source table",
            ], ignoreOrder: true);
}
