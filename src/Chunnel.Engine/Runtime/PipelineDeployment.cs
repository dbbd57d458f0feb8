using Chunnel.Config.DeadLetters;
using Chunnel.Control;
using Chunnel.Core;
using Chunnel.Plugins;
using Microsoft.Extensions.Logging;

namespace Chunnel.Engine;

/// <summary>
/// The loops of one attempt of a pipeline, joined to each other in this process. Built once, when its first task group is deployed; an
/// attempt that is over is let go as a whole.
/// </summary>
internal sealed class PipelineDeployment
{
    private readonly Dictionary<long, TaskGroupRun> _groups;
    private readonly EnumeratorTask _enumerator;

    private PipelineDeployment(int attempt, Dictionary<long, TaskGroupRun> groups, EnumeratorTask enumerator)
    {
        Attempt = attempt;
        _groups = groups;
        _enumerator = enumerator;
    }

    public int Attempt { get; }

    public TaskGroupRun Group(long id) => _groups[id];

    /// <summary>Readers that are open register with the enumerator; a group without a reader does nothing here.</summary>
    public void Opened(long group)
    {
        if (group >= TaskGroupIds.OfSource(0)) _enumerator.Register(TaskGroupIds.SubtaskOf(group));
    }

    public void SendBarrier(Barrier barrier) => _enumerator.RequestBarrier(barrier);

    public void Notify(IEnumerable<long> groups, Barrier barrier, bool completed)
    {
        foreach (var task in groups.SelectMany(id => _groups[id].Tasks)) task.Notify(barrier, completed);
    }

    public static async Task<PipelineDeployment> BuildAsync(
        PlannedJob job, PipelinePlan pipeline, int attempt, DeploymentParts parts, RestoredStates restored, ITaskReports reports, CancellationToken stop)
    {
        var planned = job.Pipelines.First(candidate => candidate.Id == pipeline.Id);
        parts.Metrics.ProgressOf(pipeline.Id).Begin(pipeline.Parallelism, restored.IsFresh);
        var committers = BuildCommitters(job, planned, pipeline, parts.Work, restored, reports);
        var groups = new Dictionary<long, TaskGroupRun>();
        var readers = new List<ReaderTask>();
        EnumeratorTask? enumerator = null;
        foreach (var group in planned.TaskGroups.Where(group => group.Kind == TaskGroupKind.Source))
        {
            var build = new SubtaskBuild(job.LocationOf(planned, group), pipeline, attempt, group.Index, committers, parts, restored, reports);
            var (reader, tasks) = await build.BuildAsync(subtask => enumerator!.RequestSplit(subtask), stop);
            readers.Add(reader);
            groups[group.Id] = new TaskGroupRun(tasks, parts.Tell);
        }
        var enumeratorGroup = planned.TaskGroups.First(group => group.Kind == TaskGroupKind.Enumerator);
        var location = new TaskLocation(job.LocationOf(planned, enumeratorGroup), 0);
        var back = readers
            .Select((reader, subtask) => (subtask, Splits: (IReadOnlyList<SourceSplit>)[.. restored.Of(pipeline.SourceVertex, TaskKind.Reader, subtask).Select(pipeline.Source.ReadSplit)]))
            .Where(pair => pair.Splits.Count > 0);
        enumerator = new EnumeratorTask(location, pipeline.Source, readers, reports, parts.Metrics.ProgressOf(pipeline.Id), restored.Of(pipeline.SourceVertex, TaskKind.Enumerator) is [var state, ..] ? state : null, [.. back]);
        groups[enumeratorGroup.Id] = new TaskGroupRun([enumerator], parts.Tell);
        foreach (var committer in committers.Values) groups[committer.Location.Group.TaskGroupId] = new TaskGroupRun([committer], parts.Tell);
        return new PipelineDeployment(attempt, groups, enumerator);
    }

    private static Dictionary<string, CommitterTask> BuildCommitters(PlannedJob job, PlannedPipeline planned, PipelinePlan pipeline, JobWork work, RestoredStates restored, ITaskReports reports)
    {
        var groups = planned.TaskGroups.Where(group => group.Kind == TaskGroupKind.AggregatedCommitter).ToList();
        var sinks = pipeline.Targets.Where(sink => sink.HasAggregatedCommitter).ToList();
        return sinks.Zip(groups).ToDictionary(
            pair => pair.First.Vertex,
            pair =>
            {
                var location = new TaskLocation(job.LocationOf(planned, pair.Second), 0);
                return new CommitterTask(location, pair.First.Sinks, pipeline.Parallelism, work.Of(pair.First.Vertex), work.Begin(), reports, [.. restored.Of(pair.First.Vertex, TaskKind.AggregatedCommitter).Select(TableBytes.Unpack)]);
            },
            StringComparer.Ordinal);
    }
}

/// <summary>What the loops of a job share.</summary>
internal sealed record DeploymentParts
{
    public required BatchMemory Memory { get; init; }

    public required TimeProvider Clock { get; init; }

    public required JobMetrics Metrics { get; init; }

    /// <summary>Counts what the loops do with their time.</summary>
    public required JobWork Work { get; init; }

    public required ILogger Log { get; init; }

    public required Action<string> Print { get; init; }

    /// <summary>Takes whole lines of UTF-8, for sinks that print; null where lines go through <see cref="Print"/>.</summary>
    public PrintLines? PrintLines { get; init; }

    /// <summary>Told what event reports tell, by its name there.</summary>
    public required Action<string> Tell { get; init; }

    /// <summary>Whether checkpoints are taken from time to time.</summary>
    public required bool TakesCheckpoints { get; init; }

    /// <summary>How many rows may be refused.</summary>
    public required DeadLetterOptions DeadLetters { get; init; }

    /// <summary>A text without the job's secrets.</summary>
    public required Func<string, string> Hide { get; init; }

    /// <summary>The speed limit of one reader, or null.</summary>
    public required Func<SpeedLimit?> MakeLimit { get; init; }
}
