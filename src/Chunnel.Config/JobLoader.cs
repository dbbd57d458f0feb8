using Chunnel.Config.DeadLetters;
using Chunnel.Config.Env;
using Chunnel.Config.Graph;
using Chunnel.Config.Hocon;
using Chunnel.Config.Json;
using Chunnel.Config.Sql;
using Chunnel.Config.Variables;
using Chunnel.Core;

namespace Chunnel.Config;

/// <summary>From text to definition, all mistakes in one answer (spec config.md 1).</summary>
public static class JobLoader
{
    /// <summary>No job comes near this size; a text beyond it is a mistake or an attack.</summary>
    public const int MaxTextLength = 64 * 1024 * 1024;

    /// <exception cref="ProblemsException">Everything that is wrong with the job.</exception>
    public static JobDefinition Load(JobText job)
    {
        var (definition, problems) = TryLoad(job);
        return definition ?? throw new ProblemsException([.. problems.Where(problem => problem.Severity == Severity.Error)]);
    }

    /// <summary>Reads a file with the includes beside it.</summary>
    /// <exception cref="ChunnelException">COMMON-22: there is no such file; COMMON-01: it cannot be read.</exception>
    public static JobText ReadFile(string path)
    {
        if (!File.Exists(path)) throw new ChunnelException(CommonErrors.FileMissing("SeaTunnel", "read", path), Directory.Exists(path) ? "It is a folder." : "There is no such job file.");
        var home = Path.GetDirectoryName(Path.GetFullPath(path))!;
        return new JobText(ReadText(path), JobFormats.OfFile(path)) { FileName = path, Includes = FileIncludes.From(home) };
    }

    private static string ReadText(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ChunnelException(CommonErrors.FileOperationFailed("SeaTunnel", "read", path), e.Message, e);
        }
    }

    public static JobLoadResult TryLoad(JobText job)
    {
        if (job.Text.Length > MaxTextLength)
        {
            return new JobLoadResult(null, [new Problem(CommonErrors.ConfigValidateFailed, $"The job text is longer than {MaxTextLength} characters.")]);
        }
        var problems = new List<Problem>();
        return Result(ReadRoot(job, problems), job.Format, job.Shades, problems);
    }

    /// <summary>A job that was read as JSON with a text around it: places are those of that text, quoted placeholders stay as they are.</summary>
    /// <param name="job">As it was read.</param>
    /// <param name="shades">What its secrets may be encrypted with.</param>
    public static JobLoadResult TryLoad(SettingsObject job, ShadeSet shades) => Result(job, JobFormat.Json, shades, []);

    /// <summary>A text in one of the languages of jobs that is no job: a tree that knows its places, variables filled in; null when it cannot be read.</summary>
    public static SettingsObject? ReadSettings(JobText text, ICollection<Problem> problems)
    {
        var found = new List<Problem>();
        var root = ReadRoot(text, found);
        foreach (var problem in InReadingOrder(found)) problems.Add(problem);
        return root;
    }

    private static JobLoadResult Result(SettingsObject? root, JobFormat format, ShadeSet? shades, List<Problem> problems)
    {
        var definition = root is null ? null : Define(root, format, shades, problems);
        var failed = problems.Exists(problem => problem.Severity == Severity.Error);
        return new JobLoadResult(failed ? null : definition, InReadingOrder(problems)) { Draft = definition };
    }

    /// <summary>The text as a tree, variables filled in; null when it cannot be read.</summary>
    internal static SettingsObject? ReadRoot(JobText job, List<Problem> problems)
    {
        var source = new SourceText(job.FileName, job.Text);
        var scope = new VariableScope(job.Variables, job.Properties, job.Environment);
        return job.Format switch
        {
            JobFormat.Json => JsonJob.Read(source, scope, problems),
            JobFormat.Sql => SqlJob.Read(source, scope, job.Includes, problems),
            _ => HoconJob.Read(source, scope, job.Includes, problems),
        };
    }

    private static JobDefinition? Define(SettingsObject root, JobFormat format, ShadeSet? shades, List<Problem> problems)
    {
        var (env, envFailed) = EnvReader.Read(root, problems);
        var opened = envFailed ? root : Shading.Open(root, shades, problems);
        var (letters, lettersFailed) = DeadLetterReader.OfEnv(opened, problems);
        var sections = new SectionReader(opened, format, problems);
        var sources = sections.Read(JobSections.Source, PluginKind.Source);
        var transforms = sections.Read(JobSections.Transform, PluginKind.Transform);
        var sinks = sections.Read(JobSections.Sink, PluginKind.Sink);
        if (sections.FoundMistakes || lettersFailed || !DeadLetterReader.IsWhole(letters, opened, [.. sources, .. transforms, .. sinks], problems)) return null;
        var graph = GraphBuilder.Build(sources, transforms, sinks, problems);
        return new JobDefinition
        {
            Env = env with { DeadLetters = letters },
            Sources = sources,
            Transforms = transforms,
            Sinks = sinks,
            Graph = graph,
            Root = NormalForm.Of(root),
            Warnings = InReadingOrder(problems.Where(problem => problem.Severity == Severity.Warning)),
        };
    }

    internal static IReadOnlyList<Problem> InReadingOrder(IEnumerable<Problem> problems) =>
        [.. problems.OrderBy(problem => problem.Where.Line == 0).ThenBy(problem => problem.Where.File, StringComparer.Ordinal)
            .ThenBy(problem => problem.Where.Line).ThenBy(problem => problem.Where.Column)];
}
