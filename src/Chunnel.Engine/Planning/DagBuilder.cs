namespace Chunnel.Engine;

/// <summary>
/// Numbers and names the vertices of the plan as SeaTunnel reports them: edges in order of their ends give the numbers, then every
/// maximal run of transforms becomes one vertex with a number after all others.
/// </summary>
internal sealed class DagBuilder
{
    private long _lastId;

    /// <summary>The vertices and edges of each tree. Numbers run over the whole job, so all trees come at once.</summary>
    /// <param name="trees">The pipelines in order.</param>
    /// <param name="sinkNames">The name of a sink's vertex.</param>
    public IReadOnlyList<DagPart> Build(IReadOnlyList<PlanTree> trees, Func<PlanTree, GraphNode, string> sinkNames)
    {
        var numbered = trees.Select(Number).ToList();
        return [.. numbered.Select((part, index) => Chain(index + 1, trees[index], part, sinkNames))];
    }

    /// <summary>Numbers nodes in the order in which sorted edges meet them.</summary>
    private Numbered Number(PlanTree tree)
    {
        var order = LogicalOrder(tree);
        var edges = tree.Paths
            .SelectMany(path => path.Zip(path.Prepend(tree.Source)).Select(pair => new Edge(pair.Second, pair.First)))
            .Distinct()
            .OrderBy(edge => order[edge.From]).ThenBy(edge => order[edge.To])
            .ToList();
        var ids = new Dictionary<GraphNode, long>();
        foreach (var node in edges.SelectMany(edge => new[] { edge.From, edge.To }))
        {
            if (!ids.ContainsKey(node)) ids[node] = ++_lastId;
        }
        return new Numbered(ids, edges);
    }

    /// <summary>Sinks pull their inputs in: a node is numbered after what it reads.</summary>
    private static Dictionary<GraphNode, int> LogicalOrder(PlanTree tree)
    {
        var order = new Dictionary<GraphNode, int> { [tree.Source] = 0 };
        foreach (var node in tree.Paths.SelectMany(path => path)) order.TryAdd(node, order.Count);
        return order;
    }

    private DagPart Chain(int pipeline, PlanTree tree, Numbered part, Func<PlanTree, GraphNode, string> sinkNames)
    {
        var outputs = part.Edges.ToLookup(edge => edge.From, edge => edge.To);
        var heads = part.Ids.Keys.Where(IsTransform).Where(node => !IsTransform(InputOf(node)) || outputs[InputOf(node)].Count() > 1).ToList();
        var vertexOf = new Dictionary<GraphNode, long>();
        var vertices = new List<DagPartVertex>();
        foreach (var (node, id) in part.Ids.Where(pair => !IsTransform(pair.Key)))
        {
            vertexOf[node] = id;
            var isSink = node.Inputs.Count > 0;
            vertices.Add(Vertex(id, isSink ? "sink" : "source", isSink ? sinkNames(tree, node) : node.Block.ActionName, [node]));
        }
        foreach (var head in heads)
        {
            var run = new List<GraphNode> { head };
            while (outputs[run[^1]].Count() == 1 && IsTransform(outputs[run[^1]].Single())) run.Add(outputs[run[^1]].Single());
            var id = ++_lastId;
            foreach (var node in run) vertexOf[node] = id;
            vertices.Add(Vertex(id, "transform", $"TransformChain[{string.Join("->", run.Select(node => node.Block.ActionName))}]", run));
        }
        var edges = part.Edges
            .Select(edge => new DagEdge(vertexOf[edge.From], vertexOf[edge.To]))
            .Where(edge => edge.Input != edge.Target)
            .Distinct()
            .OrderBy(edge => edge.Input).ThenBy(edge => edge.Target)
            .ToList();
        return new DagPart([.. vertices.OrderBy(vertex => vertex.Id)], edges);

        DagPartVertex Vertex(long id, string type, string action, IReadOnlyList<GraphNode> nodes) => new(id, type, $"pipeline-{pipeline} [{action}]", nodes);
        GraphNode InputOf(GraphNode node) => part.Edges.First(edge => edge.To == node).From;
        static bool IsTransform(GraphNode node) => node.Inputs.Count > 0 && node.Outputs.Count > 0;
    }

    private sealed record Numbered(Dictionary<GraphNode, long> Ids, IReadOnlyList<Edge> Edges);

    private sealed record Edge(GraphNode From, GraphNode To);
}

/// <summary>The vertices and edges of one pipeline.</summary>
internal sealed record DagPart(IReadOnlyList<DagPartVertex> Vertices, IReadOnlyList<DagEdge> Edges)
{
    public DagPartVertex VertexOf(GraphNode node) => Vertices.First(vertex => vertex.Nodes.Contains(node));
}

/// <summary>A vertex with the nodes that it stands for, in their order.</summary>
internal sealed record DagPartVertex(long Id, string Type, string Name, IReadOnlyList<GraphNode> Nodes);
