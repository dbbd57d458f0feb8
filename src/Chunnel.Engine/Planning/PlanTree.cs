namespace Chunnel.Engine;

/// <summary>One pipeline before its plug-ins are made: a source and the way to each of its sinks (spec engine.md 2.2).</summary>
/// <param name="Source">Where it begins.</param>
/// <param name="Paths">Transforms and, last, the sink; shared beginnings are the same nodes.</param>
internal sealed record PlanTree(GraphNode Source, IReadOnlyList<IReadOnlyList<GraphNode>> Paths)
{
    /// <summary>How many transforms all paths share before the stream divides.</summary>
    public int SharedTransforms
    {
        get
        {
            var shared = 0;
            while (Paths.All(path => shared < path.Count - 1 && ReferenceEquals(path[shared], Paths[0][shared]))) shared++;
            return shared;
        }
    }

    /// <summary>Connected sub-graphs; one with a fan-in is cut into one tree a way from source to sink.</summary>
    public static IReadOnlyList<PlanTree> Cut(IReadOnlyList<GraphNode> nodes)
    {
        var trees = new List<PlanTree>();
        var seen = new HashSet<GraphNode>();
        foreach (var start in nodes.Where(node => node.Inputs.Count == 0))
        {
            if (seen.Contains(start)) continue;
            var component = ComponentOf(start);
            seen.UnionWith(component);
            var sources = nodes.Where(node => component.Contains(node) && node.Inputs.Count == 0);
            var hasFanIn = component.Any(node => node.Inputs.Count > 1);
            foreach (var source in sources)
            {
                var paths = PathsFrom(source).ToList();
                if (hasFanIn) trees.AddRange(paths.Select(path => new PlanTree(source, [path])));
                else trees.Add(new PlanTree(source, paths));
            }
        }
        return trees;
    }

    private static HashSet<GraphNode> ComponentOf(GraphNode start)
    {
        var component = new HashSet<GraphNode> { start };
        var open = new Queue<GraphNode>([start]);
        while (open.TryDequeue(out var node))
        {
            foreach (var next in node.Inputs.Concat(node.Outputs).Where(component.Add)) open.Enqueue(next);
        }
        return component;
    }

    private static IEnumerable<IReadOnlyList<GraphNode>> PathsFrom(GraphNode node)
    {
        foreach (var output in node.Outputs)
        {
            if (output.Outputs.Count == 0) yield return [output];
            foreach (var rest in PathsFrom(output)) yield return [output, .. rest];
        }
    }
}
