using Chunnel.Plugins;

namespace Chunnel.Engine;

/// <summary>Where everything that a job writes comes from: what each transform tells of itself, put together from the sinks back to the sources.</summary>
public sealed class JobLineage
{
    private readonly Dictionary<TransformStep, StepLineage> _steps;

    private JobLineage(Dictionary<TransformStep, StepLineage> steps, IReadOnlyList<SinkLineage> sinks) => (_steps, Sinks) = (steps, sinks);

    /// <summary>Every table of every sink, in the order of the plan.</summary>
    public IReadOnlyList<SinkLineage> Sinks { get; }

    /// <summary>What a transform of the plan tells of itself.</summary>
    public StepLineage Of(TransformStep step) => _steps[step];

    /// <summary>Asks the transforms of a plan. They are made once more for it, so that a job that only runs pays nothing.</summary>
    public static async Task<JobLineage> OfAsync(JobPlan plan, CancellationToken stop)
    {
        var steps = new Dictionary<TransformStep, StepLineage>(ReferenceEqualityComparer.Instance);
        foreach (var step in plan.Pipelines.SelectMany(pipeline => pipeline.Head.Concat(pipeline.Sinks.SelectMany(sink => sink.Transforms))))
        {
            if (steps.ContainsKey(step)) continue;
            await using var transform = await step.MakeAsync(stop);
            steps[step] = new StepLineage(step, transform.Lineage);
        }
        var sinks = new List<SinkLineage>();
        foreach (var pipeline in plan.Pipelines)
        {
            foreach (var sink in pipeline.Sinks)
            {
                var tracing = new LineageTrace([.. pipeline.Head.Concat(sink.Transforms).Select(step => steps[step])]);
                sinks.AddRange(sink.Sinks.Keys.Select(table => tracing.Of(pipeline, sink, table)));
            }
        }
        return new JobLineage(steps, sinks);
    }
}
