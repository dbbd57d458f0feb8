namespace Chunnel.Rest;

/// <summary>A place of v1.</summary>
/// <param name="Path">The whole of it, from <c>/hazelcast</c> on.</param>
/// <param name="Group">Served while this group is.</param>
/// <param name="Route">What answers.</param>
internal sealed record V1Entry(string Path, EndpointGroups Group, Route Route)
{
    /// <summary>Whether only the very address is meant; otherwise whatever begins like it.</summary>
    public bool IsExact { get; init; }

    public bool IsAt(V1Target target) => IsExact ? target.Whole == Path : target.Path.StartsWith(Path, StringComparison.Ordinal);
}
