using Chunnel.Config;
using Chunnel.Core;
using Chunnel.Plugins;

namespace Chunnel.Engine;

/// <summary>
/// Runs the beginning of a job to be looked at: sources for real, one reader each and only until enough rows have come, then the transforms.
/// Sinks are not even made; no save mode is run, no checkpoint taken, nothing acknowledged to a source.
/// </summary>
public sealed class JobPreview(JobPlanner planner, TimeProvider clock)
{
    /// <summary>What takes the places of the sinks.</summary>
    private static readonly StandIns _withoutSinks = new() { Sink = block => new UnopenedSinkPlugin(block.PluginName) };

    /// <summary>Plans the job without its sinks. The plan is the caller's.</summary>
    /// <exception cref="ProblemsException">Everything that is wrong.</exception>
    public Task<JobPlan> PlanAsync(JobDefinition job, CancellationToken stop) => planner.PlanAsync(job, jobId: 0, job.Env.NameFor(null), stop, _withoutSinks);

    /// <summary>Looks at each pipeline, one after the other.</summary>
    public async IAsyncEnumerable<PipelinePreview> RunAsync(JobPlan plan, PreviewSettings settings, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken stop)
    {
        foreach (var pipeline in plan.Pipelines)
        {
            var look = new PipelineLook(pipeline, plan, settings, clock);
            var seen = await look.RunAsync(stop);
            // What hangs is still in use: it goes with the process.
            if (seen.End != PreviewEnd.Hanging) await look.DisposeAsync();
            yield return seen;
            if (stop.IsCancellationRequested) yield break;
        }
    }
}
