namespace Chunnel.Engine;

/// <summary>
/// What the vertices and edges of a job have done since it began: numbers that only grow, whichever attempt is under way. <see cref="JobSeries"/>
/// makes points of them.
/// </summary>
internal sealed class JobWork
{
    private readonly TimeProvider _clock;
    private readonly Dictionary<string, VertexWork> _byName = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private readonly HashSet<LoopTime> _loops = [];

    /// <param name="pipelines">Of the job.</param>
    /// <param name="clock">The time.</param>
    public JobWork(IReadOnlyList<PipelinePlan> pipelines, TimeProvider clock)
    {
        _clock = clock;
        var edges = new List<EdgeWork>();
        foreach (var pipeline in pipelines)
        {
            foreach (var vertex in pipeline.Vertices) _byName.Add(vertex.Name, new VertexWork(vertex.Id, vertex.Type, LoopsOf(pipeline, vertex)));
            edges.AddRange(pipeline.Sinks.GroupBy(TargetOf).Select(paths => new EdgeWork(_byName[paths.Key].Id, paths.First().Transforms.Count == 0, paths.Count() * pipeline.Parallelism)));
        }
        Vertices = [.. _byName.Values.OrderBy(vertex => vertex.Id)];
        Edges = [.. edges.OrderBy(edge => edge.QueueId)];
        Figures = Vertices.Sum(vertex => vertex.Figures) + Edges.Count * EdgeWork.Figures;
    }

    /// <summary>By their numbers.</summary>
    public IReadOnlyList<VertexWork> Vertices { get; }

    /// <summary>By the numbers of their queues.</summary>
    public IReadOnlyList<EdgeWork> Edges { get; }

    /// <summary>How many numbers <see cref="Read"/> reads.</summary>
    public int Figures { get; }

    /// <summary>The vertex of a name. The sink of dead letters is none: what it does is counted, and not shown.</summary>
    public VertexWork Of(string name) => _byName.GetValueOrDefault(name) ?? new VertexWork(0, "sink", 1);

    /// <summary>A subtask's channel to a sink; the edge that it lies on.</summary>
    public EdgeWork Join(PipelinePlan pipeline, SinkPath sink, int subtask, FlowChannel channel)
    {
        var target = TargetOf(sink);
        var edge = Edges.First(candidate => candidate.Target == _byName[target].Id);
        var path = pipeline.Sinks.TakeWhile(before => before != sink).Count(before => TargetOf(before) == target);
        edge.Join(path * pipeline.Parallelism + subtask, channel);
        return edge;
    }

    /// <summary>The time of a loop that begins.</summary>
    public LoopTime Begin()
    {
        var time = new LoopTime(_clock, End);
        lock (_lock) _loops.Add(time);
        return time;
    }

    /// <summary>Everything as it is now: the figures of each vertex, then those of each edge.</summary>
    public void Read(Span<long> figures)
    {
        lock (_lock)
        {
            foreach (var loop in _loops) loop.Settle();
        }
        foreach (var vertex in Vertices)
        {
            vertex.Read(figures);
            figures = figures[vertex.Figures..];
        }
        foreach (var edge in Edges)
        {
            edge.Read(figures);
            figures = figures[EdgeWork.Figures..];
        }
    }

    private void End(LoopTime loop)
    {
        lock (_lock) _loops.Remove(loop);
    }

    /// <summary>Where a stream divides again on its way, every sink behind it has a loop of its own that runs the transforms in between.</summary>
    private static int LoopsOf(PipelinePlan pipeline, DagVertex vertex) => pipeline.Parallelism * vertex.Type switch
    {
        "sink" => pipeline.Sinks.First(sink => sink.Vertex == vertex.Name).Replicas,
        "transform" => Math.Max(1, pipeline.Sinks.Count(sink => sink.Transforms.Any(step => step.Vertex == vertex.Name))),
        _ => 1,
    };

    /// <summary>What comes first behind the channel to a sink.</summary>
    private static string TargetOf(SinkPath sink) => sink.Transforms is [var first, ..] ? first.Vertex : sink.Vertex;
}
