using Chunnel.Config.Hocon;
using Chunnel.Config.Variables;
using Chunnel.Core;

namespace Chunnel.Config.Tests;

/// <summary>Short ways to read a job in a test.</summary>
internal static class Jobs
{
    public static JobLoadResult Hocon(string text, params string[] variables) => Read(text, JobFormat.Hocon, "job.conf", variables);

    public static JobLoadResult Json(string text, params string[] variables) => Read(text, JobFormat.Json, "job.json", variables);

    public static JobLoadResult Sql(string text, params string[] variables) => Read(text, JobFormat.Sql, "job.sql", variables);

    public static JobLoadResult File(string name, params string[] variables) =>
        Read(Text(name), JobFormats.OfFile(name), Path.GetFileName(name), variables);

    public static string Text(string name) => System.IO.File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Data", name));

    /// <summary>The definition of a job that must have no mistake.</summary>
    public static JobDefinition Good(this JobLoadResult result)
    {
        result.Problems.Where(problem => problem.Severity == Severity.Error).ShouldBeEmpty();
        return result.Definition.ShouldNotBeNull();
    }

    public static IReadOnlyList<string> Mistakes(this JobLoadResult result)
    {
        result.Definition.ShouldBeNull();
        return [.. result.Problems.Where(problem => problem.Severity == Severity.Error).Select(problem => problem.What)];
    }

    public static IReadOnlyList<string> Warnings(this JobLoadResult result) =>
        [.. result.Problems.Where(problem => problem.Severity == Severity.Warning).Select(problem => problem.What)];

    /// <summary>A job around one value: <c>x = value</c> in the sink; gives the value as compact JSON.</summary>
    public static string Value(string value, params string[] variables) =>
        SettingsJson.Compact(Hocon(Around($"x = {value}"), variables).Good().Sinks[0].Options["x"].ShouldNotBeNull());

    /// <summary>A whole job with these options in its sink.</summary>
    public static string Around(string sinkOptions, string root = "") => $$"""
        env { job.mode = "BATCH" }
        {{root}}
        source { FakeSource { } }
        sink { Console {
        {{sinkOptions}}
        } }
        """;

    private static JobLoadResult Read(string text, JobFormat format, string fileName, string[] variables) => JobLoader.TryLoad(new JobText(text, format)
    {
        FileName = fileName,
        Variables = JobVariables.FromArguments(variables),
    });

    public static JobLoadResult WithIncludes(string text, Dictionary<string, string> files) => JobLoader.TryLoad(new JobText(text, JobFormat.Hocon)
    {
        FileName = "job.conf",
        Variables = JobVariables.None,
        Includes = request => files.TryGetValue(request.Name, out var found) ? new IncludedText(request.Name, found) : null,
    });

    public static JobLoadResult WithEnvironment(string text, Dictionary<string, string> environment) => JobLoader.TryLoad(new JobText(text, JobFormat.Hocon)
    {
        FileName = "job.conf",
        Variables = JobVariables.None,
        Environment = environment,
    });
}
