using System.Collections.Concurrent;

namespace Chunnel.Engine;

/// <summary>All counters of a job. A subtask of a new attempt replaces the one before it, so that nothing is counted twice.</summary>
public sealed class JobMetrics(TimeProvider clock)
{
    private readonly ConcurrentDictionary<(int Pipeline, int Subtask), SubtaskMetrics> _subtasks = new();

    private readonly ConcurrentDictionary<(int Pipeline, string Name), long> _counts = new();

    private readonly ConcurrentDictionary<int, SourceProgress> _progress = new();

    /// <summary>How far the source of a pipeline has come.</summary>
    public SourceProgress ProgressOf(int pipeline) => _progress.GetOrAdd(pipeline, static _ => new SourceProgress());

    /// <summary>Counters for a subtask that starts; <see cref="CounterState"/> sets those of one that goes on from a checkpoint.</summary>
    public SubtaskMetrics Begin(int pipeline, int subtask)
    {
        var metrics = new SubtaskMetrics(clock);
        _subtasks[(pipeline, subtask)] = metrics;
        return metrics;
    }

    /// <summary>Rows that a pipeline has read, and those of them that a step of it refused.</summary>
    public (long Read, long Refused) CountRefused(int pipeline)
    {
        var (read, refused) = (0L, 0L);
        foreach (var (key, subtask) in _subtasks)
        {
            if (key.Pipeline != pipeline) continue;
            read += subtask.Read.Rows;
            foreach (var meters in subtask.Refused) refused += meters.DeadLettered.Rows + meters.Skipped.Rows;
        }
        return (read, refused);
    }

    /// <summary>Adds to what transforms count under names of their own. Attempts add up: what a failed one asked for is paid for as well.</summary>
    public void Count(int pipeline, string name, long amount) => _counts.AddOrUpdate((pipeline, name), amount, (_, before) => before + amount);

    /// <summary>The sums of one pipeline as they are now.</summary>
    public MetricsView Read(int pipeline)
    {
        var subtasks = new List<SubtaskMetrics>();
        foreach (var (key, subtask) in _subtasks)
        {
            if (key.Pipeline == pipeline) subtasks.Add(subtask);
        }
        if (subtasks.Count == 0) return MetricsView.Nothing;
        return new MetricsView
        {
            Read = FlowView.Sum(subtasks.Select(subtask => subtask.Read)),
            Written = FlowView.Sum(subtasks.SelectMany(subtask => subtask.Sinks.Values.Select(sink => sink.Written))),
            Committed = FlowView.Sum(subtasks.SelectMany(subtask => subtask.Sinks.Values.Select(sink => sink.Committed))),
            LeftOut = FlowView.Sum(subtasks.SelectMany(subtask => subtask.LeftOut)),
            DeadLettered = FlowView.Sum(subtasks.SelectMany(subtask => subtask.Refused.Select(refused => refused.DeadLettered))),
            Skipped = FlowView.Sum(subtasks.SelectMany(subtask => subtask.Refused.Select(refused => refused.Skipped))),
            QueuedRows = subtasks.Sum(subtask => subtask.Queued()),
            Counts = CountsOf(pipeline),
        };
    }

    private IReadOnlyDictionary<string, long> CountsOf(int pipeline)
    {
        if (_counts.IsEmpty) return MetricsView.NoCounts;
        var counts = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var (key, count) in _counts)
        {
            if (key.Pipeline == pipeline) counts[key.Name] = count;
        }
        return counts;
    }
}
