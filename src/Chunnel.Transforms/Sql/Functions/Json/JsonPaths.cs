namespace Chunnel.Transforms.Sql.Functions.Json;

/// <summary>Some paths as one tree: what a pass over a JSON text goes along with, so that all of them are found in it.</summary>
internal sealed class JsonPaths
{
    private readonly List<Branch> _branches = [new([], -1)];

    public JsonPaths(params IReadOnlyList<JsonPath> paths)
    {
        Count = paths.Count;
        for (var path = 0; path < paths.Count; path++) Add(paths[path], path);
        Branches = [.. _branches];
    }

    /// <summary>How many paths there are.</summary>
    public int Count { get; }

    /// <summary>The tree, its root first.</summary>
    public Branch[] Branches { get; }

    private void Add(JsonPath path, int number)
    {
        var branch = _branches[0];
        branch.Under.Add(number);
        for (var i = 0; i < path.Length; i++)
        {
            branch = _branches[Next(branch, path[i])];
            branch.Under.Add(number);
        }
        branch.Ends.Add(number);
    }

    private int Next(Branch from, JsonPath.Step step)
    {
        var steps = step.IsName ? from.Names : from.Elements;
        var known = steps.FindIndex(next => _branches[next].Index == step.Index && _branches[next].Name.AsSpan().SequenceEqual(step.Name));
        if (known >= 0) return steps[known];
        steps.Add(_branches.Count);
        _branches.Add(new Branch(step.Name, step.Index));
        return _branches.Count - 1;
    }

    /// <summary>A place in the tree.</summary>
    /// <param name="Name">The member that leads here.</param>
    /// <param name="Index">The element that leads here, or negative.</param>
    internal sealed record Branch(byte[] Name, int Index)
    {
        /// <summary>Branches that members lead to.</summary>
        public List<int> Names { get; } = [];

        /// <summary>Branches that elements lead to.</summary>
        public List<int> Elements { get; } = [];

        /// <summary>Paths that end here.</summary>
        public List<int> Ends { get; } = [];

        /// <summary>Paths that end here or farther on.</summary>
        public List<int> Under { get; } = [];
    }
}
