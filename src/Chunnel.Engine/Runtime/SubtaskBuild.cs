using Chunnel.Control;
using Chunnel.Core;

namespace Chunnel.Engine;

/// <summary>Builds the loops of one subtask: one that reads, one a sink, and one for dead letters where rows are set aside.</summary>
internal sealed class SubtaskBuild
{
    private readonly TaskGroupLocation _location;
    private readonly PipelinePlan _pipeline;
    private readonly int _attempt;
    private readonly int _subtask;
    private readonly IReadOnlyDictionary<string, CommitterTask> _committers;
    private readonly DeploymentParts _parts;
    private readonly RestoredStates _restored;
    private readonly ITaskReports _reports;
    private readonly SubtaskMetrics _metrics;
    private readonly RefusalLimits _limits;
    private readonly FlowChannel? _letters;
    private readonly LetterBox? _box;
    private int _batchRows = ColumnBatch.AimRows;

    /// <param name="location">Its task group.</param>
    /// <param name="pipeline">What it is a part of.</param>
    /// <param name="attempt">Of which deployment.</param>
    /// <param name="subtask">Which one, from 0.</param>
    /// <param name="committers">The aggregated committers by their sinks' vertices.</param>
    /// <param name="parts">What the loops share.</param>
    /// <param name="restored">What they go on from.</param>
    /// <param name="reports">Who is told.</param>
    public SubtaskBuild(
        TaskGroupLocation location, PipelinePlan pipeline, int attempt, int subtask, IReadOnlyDictionary<string, CommitterTask> committers, DeploymentParts parts, RestoredStates restored, ITaskReports reports)
    {
        _location = location;
        _pipeline = pipeline;
        _attempt = attempt;
        _subtask = subtask;
        _committers = committers;
        _parts = parts;
        _restored = restored;
        _reports = reports;
        _metrics = parts.Metrics.Begin(pipeline.Id, subtask);
        _limits = new RefusalLimits(parts.DeadLetters, parts.Metrics, pipeline.Id);
        if (pipeline.DeadLetters is null) return;
        _letters = NewChannel();
        _box = new LetterBox(_letters, pipeline.Sinks.Count + 1);
    }

    /// <param name="requestSplit">Asks the enumerator for more splits.</param>
    /// <param name="stop">Ends the waiting.</param>
    public async Task<(ReaderTask Reader, IReadOnlyList<IPipelineTask> Tasks)> BuildAsync(Action<int> requestSplit, CancellationToken stop)
    {
        var channels = new List<FlowChannel>();
        var edges = new List<EdgeWork>();
        var writers = new List<WriterTask>();
        foreach (var sink in _pipeline.Sinks)
        {
            channels.Add(NewChannel());
            edges.Add(_parts.Work.Join(_pipeline, sink, _subtask, channels[^1]));
            writers.Add(await MakeWriterAsync(sink, channels[^1], _metrics.OfSink(sink.Vertex), writers.Count + 1, _box, stop));
        }
        _metrics.Queued = () => writers.Sum(writer => writer.QueuedRows);
        var reader = await MakeReaderAsync(channels, edges, requestSplit, stop);
        if (_pipeline.DeadLetters is not { } letters) return (reader, [reader, .. writers]);
        return (reader, [reader, .. writers, await MakeWriterAsync(letters, _letters!, _metrics.Letters, writers.Count + 1, box: null, stop)]);
    }

    private async Task<ReaderTask> MakeReaderAsync(IReadOnlyList<FlowChannel> outputs, IReadOnlyList<EdgeWork> edges, Action<int> requestSplit, CancellationToken stop)
    {
        var counts = _metrics.RefusedByReader;
        foreach (var counters in _restored.CountersOf(_pipeline.SourceVertex, TaskKind.Reader, _subtask))
            CounterState.Unpack(counters, [_metrics.Read], [_metrics.LeftOutByReader], [counts.DeadLettered], [counts.Skipped]);
        var head = await MakeAsync(_pipeline.Head, stop);
        return new ReaderTask(new ReaderTaskParts
        {
            Location = new TaskLocation(_location, 0),
            Vertex = _pipeline.SourceVertex,
            Refused = _pipeline.SourceRefused,
            Desk = MakeDesk(0, _box, counts, _metrics.LeftOutByReader, _metrics.Read),
            Subtask = _subtask,
            Parallelism = _pipeline.Parallelism,
            Source = _pipeline.Source,
            Transforms = head,
            BatchRows = _batchRows,
            Wire = _pipeline.Wire,
            Outputs = outputs,
            Edges = edges,
            Work = _parts.Work,
            Memory = _parts.Memory,
            Clock = _parts.Clock,
            Metrics = _metrics,
            Progress = _parts.Metrics.ProgressOf(_pipeline.Id),
            Reports = _reports,
            TakesCheckpoints = _parts.TakesCheckpoints,
            Tell = _parts.Tell,
            Limit = _parts.MakeLimit(),
            RequestSplit = requestSplit,
            Skipped = TellSkipped,
            Count = Count,
            Warn = _parts.Log.Warned,
        });
    }

    private async Task<WriterTask> MakeWriterAsync(SinkPath sink, FlowChannel input, SinkMeters meters, int task, LetterBox? box, CancellationToken stop)
    {
        // what was written before the checkpoint is committed with it, or again by the restore
        foreach (var counters in _restored.CountersOf(sink.Vertex, TaskKind.Writer, _subtask))
            CounterState.Unpack(counters, [meters.Written, meters.Committed], [meters.LeftOut], [meters.Refused.DeadLettered], [meters.Refused.Skipped]);
        return new WriterTask(new WriterTaskParts
        {
            Location = new TaskLocation(_location, task),
            Vertex = sink.Vertex,
            Refused = sink.Refused,
            Desk = MakeDesk(task, box, meters.Refused, meters.LeftOut, read: null),
            Attempt = _attempt,
            Subtask = _subtask,
            Parallelism = _pipeline.Parallelism,
            Replicas = sink.Replicas,
            Input = input,
            Work = _parts.Work,
            Transforms = await MakeAsync(sink.Transforms, stop),
            Sinks = sink.Sinks,
            Restored = [.. _restored.Of(sink.Vertex, TaskKind.Writer, _subtask).Select(TableBytes.Unpack)],
            RestoredCheckpoint = _restored.CheckpointId,
            Committer = _committers.GetValueOrDefault(sink.Vertex),
            Memory = _parts.Memory,
            Clock = _parts.Clock,
            Meters = meters,
            Reports = _reports,
            Print = _parts.Print,
            PrintLines = _parts.PrintLines,
            Warn = _parts.Log.Warned,
            Skipped = TellSkipped,
            Count = Count,
        });
    }

    private LetterDesk MakeDesk(int loop, LetterBox? box, RefusedMeters counts, Meter leftOut, Meter? read) => new(new LetterDeskParts
    {
        JobId = _location.JobId,
        Subtask = _subtask,
        Memory = _parts.Memory,
        Clock = _parts.Clock,
        Counts = counts,
        LeftOut = leftOut,
        Read = read,
        Limits = _limits,
        Box = box,
        Loop = loop,
        Hide = _parts.Hide,
        Log = _parts.Log,
    });

    private void Count(string name, long amount) => _parts.Metrics.Count(_pipeline.Id, name, amount);

    private void TellSkipped(Plugins.SkippedRow row) => _parts.Log.RowSkipped(row.Table, row.Place, row.Reason);

    private FlowChannel NewChannel() => new(FlowChannel.AimBytes, _parts.Clock);

    /// <summary>The reader is made last: it makes its batches as small as one of the transforms behind it wants them.</summary>
    private async Task<IReadOnlyList<ChainStep>> MakeAsync(IReadOnlyList<TransformStep> steps, CancellationToken stop)
    {
        var transforms = new List<ChainStep>(steps.Count);
        foreach (var step in steps)
        {
            var transform = await step.MakeAsync(stop);
            _batchRows = Math.Max(1, Math.Min(_batchRows, transform.BatchRows));
            transforms.Add(new ChainStep(transform, step.ActionName, step.Refused, _parts.Work.Of(step.Vertex)));
        }
        return transforms;
    }
}
