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
        var committers = BuildCommitters(job, planned, pipeline, restored, reports);
        var groups = new Dictionary<long, TaskGroupRun>();
        var readers = new List<ReaderTask>();
        EnumeratorTask? enumerator = null;
        foreach (var group in planned.TaskGroups.Where(group => group.Kind == TaskGroupKind.Source))
        {
            groups[group.Id] = new TaskGroupRun(await BuildSubtaskAsync(
                job.LocationOf(planned, group), pipeline, attempt, group.Index, committers, parts, restored, reports, subtask => enumerator!.RequestSplit(subtask), readers, stop), parts.Tell);
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

    private static Dictionary<string, CommitterTask> BuildCommitters(PlannedJob job, PlannedPipeline planned, PipelinePlan pipeline, RestoredStates restored, ITaskReports reports)
    {
        var groups = planned.TaskGroups.Where(group => group.Kind == TaskGroupKind.AggregatedCommitter).ToList();
        var sinks = pipeline.Sinks.Where(sink => sink.HasAggregatedCommitter).ToList();
        return sinks.Zip(groups).ToDictionary(
            pair => pair.First.Vertex,
            pair =>
            {
                var location = new TaskLocation(job.LocationOf(planned, pair.Second), 0);
                return new CommitterTask(location, pair.First.Sinks, pipeline.Parallelism, reports, [.. restored.Of(pair.First.Vertex, TaskKind.AggregatedCommitter).Select(TableBytes.Unpack)]);
            },
            StringComparer.Ordinal);
    }

    private static async Task<IReadOnlyList<IPipelineTask>> BuildSubtaskAsync(
        TaskGroupLocation location, PipelinePlan pipeline, int attempt, int subtask, Dictionary<string, CommitterTask> committers, DeploymentParts parts,
        RestoredStates restored, ITaskReports reports, Action<int> requestSplit, List<ReaderTask> readers, CancellationToken stop)
    {
        var metrics = parts.Metrics.Begin(pipeline.Id, subtask);
        foreach (var counters in restored.CountersOf(pipeline.SourceVertex, TaskKind.Reader, subtask)) CounterState.Unpack(counters, [metrics.Read], [metrics.LeftOutByReader]);
        var tasks = new List<IPipelineTask>();
        var channels = new List<FlowChannel>();
        var writers = new List<WriterTask>();
        Action<SkippedRow> skipped = row => parts.Log.RowSkipped(row.Table, row.Place, row.Reason);
        foreach (var (sink, index) in pipeline.Sinks.Select((sink, index) => (sink, index)))
        {
            var channel = new FlowChannel(FlowChannel.AimBytes, parts.Clock);
            channels.Add(channel);
            var meters = metrics.OfSink(sink.Vertex);
            // what was written before the checkpoint is committed with it, or again by the restore
            foreach (var counters in restored.CountersOf(sink.Vertex, TaskKind.Writer, subtask)) CounterState.Unpack(counters, [meters.Written, meters.Committed], [meters.LeftOut]);
            var writer = new WriterTask(new WriterTaskParts
            {
                Location = new TaskLocation(location, index + 1),
                Vertex = sink.Vertex,
                Attempt = attempt,
                Subtask = subtask,
                Parallelism = pipeline.Parallelism,
                Replicas = sink.Replicas,
                Input = channel,
                Transforms = await MakeAsync(sink.Transforms, stop),
                Sinks = sink.Sinks,
                Restored = [.. restored.Of(sink.Vertex, TaskKind.Writer, subtask).Select(TableBytes.Unpack)],
                RestoredCheckpoint = restored.CheckpointId,
                Committer = committers.GetValueOrDefault(sink.Vertex),
                Memory = parts.Memory,
                Clock = parts.Clock,
                Metrics = metrics,
                Reports = reports,
                Print = parts.Print,
                PrintLines = parts.PrintLines,
                Warn = parts.Log.Warned,
                Skipped = skipped,
            });
            tasks.Add(writer);
            writers.Add(writer);
        }
        metrics.Queued = () => writers.Sum(writer => writer.QueuedRows);
        var reader = new ReaderTask(new ReaderTaskParts
        {
            Location = new TaskLocation(location, 0),
            Subtask = subtask,
            Parallelism = pipeline.Parallelism,
            Source = pipeline.Source,
            Transforms = await MakeAsync(pipeline.Head, stop),
            Outputs = channels,
            Memory = parts.Memory,
            Clock = parts.Clock,
            Metrics = metrics,
            Progress = parts.Metrics.ProgressOf(pipeline.Id),
            Reports = reports,
            TakesCheckpoints = parts.TakesCheckpoints,
            Tell = parts.Tell,
            Limit = parts.MakeLimit(),
            RequestSplit = requestSplit,
            Skipped = skipped,
            Warn = parts.Log.Warned,
        });
        readers.Add(reader);
        return [reader, .. tasks];
    }

    private static async Task<IReadOnlyList<ITransform>> MakeAsync(IReadOnlyList<TransformStep> steps, CancellationToken stop)
    {
        var transforms = new List<ITransform>(steps.Count);
        foreach (var step in steps) transforms.Add(await step.MakeAsync(stop));
        return transforms;
    }
}

/// <summary>What the loops of a job share.</summary>
internal sealed record DeploymentParts
{
    public required BatchMemory Memory { get; init; }

    public required TimeProvider Clock { get; init; }

    public required JobMetrics Metrics { get; init; }

    public required ILogger Log { get; init; }

    public required Action<string> Print { get; init; }

    /// <summary>Takes whole lines of UTF-8, for sinks that print; null where lines go through <see cref="Print"/>.</summary>
    public PrintLines? PrintLines { get; init; }

    /// <summary>Told what event reports tell, by its name there.</summary>
    public required Action<string> Tell { get; init; }

    /// <summary>Whether checkpoints are taken from time to time.</summary>
    public required bool TakesCheckpoints { get; init; }

    /// <summary>The speed limit of one reader, or null.</summary>
    public required Func<SpeedLimit?> MakeLimit { get; init; }
}
