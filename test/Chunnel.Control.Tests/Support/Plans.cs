using System.Collections.Immutable;

namespace Chunnel.Control.Tests;

/// <summary>Plans as planning would make them (engine.md 2.4).</summary>
internal static class Plans
{
    public const long JobId = 733584788375666689;

    /// <summary>FakeSource to Console: one enumerator, and <paramref name="parallelism"/> groups of a reader and a writer.</summary>
    public static PlannedJob FakeToConsole(int parallelism = 1) => Job([Pipeline(1, parallelism, hasAggregatedCommitter: false)]);

    /// <summary>A source into a sink with an aggregated committer.</summary>
    public static PlannedJob FakeToFile(int parallelism = 1) => Job([Pipeline(1, parallelism, hasAggregatedCommitter: true)]);

    /// <summary>Two independent source to sink chains.</summary>
    public static PlannedJob TwoPipelines() => Job([Pipeline(1, 1, false), Pipeline(2, 1, false)]);

    public static PlannedJob Job(ImmutableArray<PlannedPipeline> pipelines, long jobId = JobId, string name = "orders") =>
        new() { JobId = jobId, Name = name, Pipelines = pipelines };

    public static PlannedPipeline Pipeline(int id, int parallelism, bool hasAggregatedCommitter)
    {
        var groups = ImmutableArray.CreateBuilder<PlannedTaskGroup>();
        groups.Add(Coordinator(1, TaskGroupKind.Enumerator, $"pipeline-{id} [Source[0]-FakeSource]-SplitEnumerator", TaskKind.Enumerator));
        if (hasAggregatedCommitter)
        {
            groups.Add(Coordinator(2, TaskGroupKind.AggregatedCommitter, $"pipeline-{id} [Sink[0]-LocalFile-MultiTableSink]-AggregatedCommitterTask", TaskKind.AggregatedCommitter));
        }
        for (var index = 0; index < parallelism; index++) groups.Add(Source(id, index, parallelism));
        return new(id, groups.ToImmutable());
    }

    private static PlannedTaskGroup Coordinator(long id, TaskGroupKind kind, string name, TaskKind task) =>
        new() { Id = id, Kind = kind, Name = name, Tasks = [new(0, task)] };

    private static PlannedTaskGroup Source(int pipeline, int index, int count) => new()
    {
        Id = 30_000 + index,
        Kind = TaskGroupKind.Source,
        Name = $"pipeline-{pipeline} [Source[0]-FakeSource]-SourceTask",
        Index = index,
        Count = count,
        Tasks = [new(0, TaskKind.Reader), new(1, TaskKind.Writer)],
    };
}
