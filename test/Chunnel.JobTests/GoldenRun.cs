using Chunnel.Config;
using Chunnel.Config.Variables;
using Chunnel.Core;
using Chunnel.Engine;
using Chunnel.Server;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Chunnel.JobTests;

/// <summary>A recorded job, run in this process to its end.</summary>
/// <param name="Result">In the form of the recording.</param>
/// <param name="Error">Everything that was said about what is wrong; empty when nothing is.</param>
internal sealed record GoldenRun(GoldenJob Result, string Error)
{
    private static readonly TimeSpan _limit = TimeSpan.FromMinutes(1);

    // The values that the recorded run was given.
    private static readonly string[] _variables = ["who=Ann", "who2=Bob"];

    public static async Task<GoldenRun> StartAsync(string name, string folder, CancellationToken stop)
    {
        var job = new JobText(GoldenJob.Text(name, folder), JobFormats.OfFile(name)) { FileName = name, Variables = JobVariables.FromArguments(_variables) };
        var loaded = JobLoader.TryLoad(job);
        if (loaded.Definition is not { } definition) return Refused(loaded.Problems);
        await using var engine = new ChunnelEngine(new EngineSettings(), InstalledPlugins.Look().Registry, new SilentLogs(), TimeProvider.System);
        var printed = new List<string>();
        try
        {
            var handle = await engine.SubmitAsync(new JobSubmission { Definition = definition, Print = line => Keep(printed, line) }, stop);
            return Ended(await handle.Ended.WaitAsync(_limit, stop), printed);
        }
        catch (ProblemsException wrong)
        {
            return Refused(wrong.Problems);
        }
        catch (ChunnelException wrong)
        {
            return Refused([wrong.ToProblem()]);
        }
    }

    private static GoldenRun Ended(JobView job, List<string> printed)
    {
        var vertices = job.Pipelines.SelectMany(pipeline => pipeline.Vertices).OrderBy(vertex => vertex.Id)
            .Select(vertex => $"{vertex.Id} {vertex.Type} {vertex.Name} [{string.Join(", ", vertex.TablePaths)}]");
        var edges = job.Pipelines.SelectMany(pipeline => pipeline.Edges.Select(edge => $"{pipeline.Id}: {edge.Input} -> {edge.Target}"));
        return new GoldenRun(
            new GoldenJob(job.Status.ToString().ToUpperInvariant(), job.Metrics.Read.Rows, job.Metrics.Written.Rows, printed, [.. vertices], [.. edges]),
            job.ErrorText ?? "");
    }

    private static GoldenRun Refused(IEnumerable<Problem> problems) =>
        new(new GoldenJob("REFUSED", null, null, [], null, null), string.Join('\n', problems.Where(problem => problem.Severity == Severity.Error)));

    private static void Keep(List<string> printed, string line)
    {
        lock (printed) printed.Add(line);
    }

    private sealed class SilentLogs : IJobLogs
    {
        public ILogger Node => NullLogger.Instance;

        public JobLog Open(long jobId) => new(NullLogger.Instance);

        public void Forget(long jobId)
        {
        }
    }
}
