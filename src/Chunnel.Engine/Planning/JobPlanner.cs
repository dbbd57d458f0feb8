using System.Collections.Immutable;
using Chunnel.Config;
using Chunnel.Control;
using Chunnel.Core;
using Chunnel.Plugins;

namespace Chunnel.Engine;

/// <summary>From definition to plan (spec engine.md 2): checks every plug-in's options, makes the plug-ins, cuts pipelines, counts task groups.</summary>
public sealed class JobPlanner(PluginRegistry plugins, TimeProvider clock)
{
    public const int MostParallelism = 9999;

    /// <summary>The job as it was read, and everything wrong with its plug-ins' settings that can be told without connecting, also where the job is wrong elsewhere.</summary>
    public JobLoadResult Check(JobLoadResult read) =>
        read.Draft is { } draft ? read.And(Check(draft, JobSecrets.Of(draft, plugins), read.Definition is not null)) : read;

    /// <summary>Plans the job. Nothing has started; the plan owns what was made.</summary>
    /// <param name="job">What is planned.</param>
    /// <param name="jobId">Its id.</param>
    /// <param name="name">Its name.</param>
    /// <param name="stop">Ends the making of plug-ins.</param>
    /// <param name="standIns">What takes the places of sources and sinks; null for nothing.</param>
    /// <exception cref="ProblemsException">Everything that is wrong.</exception>
    public async Task<JobPlan> PlanAsync(JobDefinition job, long jobId, string name, CancellationToken stop, StandIns? standIns = null)
    {
        var secrets = JobSecrets.Of(job, plugins);
        var wrong = Check(job, secrets, isWhole: true).Where(problem => problem.Severity == Severity.Error).ToList();
        if (wrong.Count > 0) throw new ProblemsException(wrong);
        var trees = PlanTree.Cut(PlanGraph.Of(job));
        if (trees.Count == 0) throw new ChunnelException(CommonErrors.ConfigValidateFailed, "The physical plan didn't have any can execute pipeline");
        var making = new PlanMaking(plugins, clock, job, jobId, secrets, standIns ?? StandIns.None);
        try
        {
            var parts = new DagBuilder().Build(trees, PlanMaking.SinkNameOf);
            var pipelines = new List<PipelinePlan>(trees.Count);
            for (var i = 0; i < trees.Count; i++) pipelines.Add(await making.MakeAsync(i + 1, trees[i], parts[i], stop));
            making.ThrowIfWrong();
            ThrowIfTooWeak(job, pipelines);
            return new JobPlan
            {
                Definition = job,
                Pipelines = pipelines,
                Said = making.Said,
                Secrets = secrets,
                Control = new PlannedJob
                {
                    JobId = jobId,
                    Name = name,
                    Pipelines = [.. pipelines.Select(GroupsOf)],
                    TagFilter = job.Env.TagFilter.ToImmutableDictionary(StringComparer.Ordinal),
                },
            };
        }
        catch
        {
            await making.DisposeAsync();
            throw;
        }
    }

    private IReadOnlyList<Problem> Check(JobDefinition job, SecretValues secrets, bool isWhole) =>
        [.. job.Blocks.SelectMany(block => CheckBlock(block, job, isWhole)).Select(secrets.Hide)];

    /// <summary>What a job must promise and a pipeline of it cannot keep is said before anything runs, with the reason.</summary>
    private static void ThrowIfTooWeak(JobDefinition job, IReadOnlyList<PipelinePlan> pipelines)
    {
        const string Key = "require.guarantee";
        if (job.Env.RequiredGuarantee is not { } required) return;
        var weak = pipelines.Where(pipeline => pipeline.Guarantee.Level < required).ToList();
        if (weak.Count == 0) return;
        throw new ProblemsException([.. weak.Select(pipeline => new Problem(EngineErrors.GuaranteeNotKept, $"Pipeline {pipeline.Id} cannot keep env.{Key}: {pipeline.Guarantee.Reason}")
        {
            Where = job.Env.Raw.Find(Key)?.Value.Where ?? TextPosition.Nowhere,
            Mend = "Choose a source and sinks that can, or their options that make them so; or require less. `chunnel plan` shows what each pipeline promises.",
        })]);
    }

    private IEnumerable<Problem> CheckBlock(PluginBlock block, JobDefinition job, bool isWhole)
    {
        var plugin = plugins.Find(block.Kind, block.PluginName);
        if (plugin is null) return [plugins.Unknown(block.Kind, block.PluginName, block.Where).ToProblem()];
        var problems = plugin.Check(block.Options).Select(problem => problem.Where.Line == 0 ? problem with { Where = block.Where } : problem);
        // Of a job with a wrong env nobody knows the mode that was meant.
        if (isWhole && plugin is SourcePlugin { UnboundedOnly: true } && job.Env.Mode == JobMode.Batch)
        {
            problems = problems.Append(new Problem(CommonErrors.ConfigValidateFailed, $"'{block.PluginName}' source don't support off-line job.")
            {
                Where = block.Where,
                Mend = "Set env.job.mode = \"STREAMING\".",
            });
        }
        return problems;
    }

    private static PlannedPipeline GroupsOf(PipelinePlan pipeline)
    {
        var groups = ImmutableArray.CreateBuilder<PlannedTaskGroup>();
        long coordinatorId = 1;
        groups.Add(new PlannedTaskGroup
        {
            Id = coordinatorId++,
            Kind = TaskGroupKind.Enumerator,
            Name = $"{pipeline.SourceVertex}-SplitEnumerator",
            Tasks = [new PlannedTask(0, TaskKind.Enumerator)],
        });
        foreach (var sink in pipeline.Targets.Where(sink => sink.HasAggregatedCommitter))
        {
            groups.Add(new PlannedTaskGroup
            {
                Id = coordinatorId++,
                Kind = TaskGroupKind.AggregatedCommitter,
                Name = $"{sink.Vertex}-AggregatedCommitterTask",
                Tasks = [new PlannedTask(0, TaskKind.AggregatedCommitter)],
            });
        }
        for (var subtask = 0; subtask < pipeline.Parallelism; subtask++)
        {
            groups.Add(new PlannedTaskGroup
            {
                Id = TaskGroupIds.OfSource(subtask),
                Kind = TaskGroupKind.Source,
                Name = $"{pipeline.SourceVertex}-SourceTask",
                Index = subtask,
                Count = pipeline.Parallelism,
                Tasks = [new PlannedTask(0, TaskKind.Reader), .. pipeline.Targets.Select((_, index) => new PlannedTask(index + 1, TaskKind.Writer))],
            });
        }
        return new PlannedPipeline(pipeline.Id, groups.ToImmutable());
    }
}
