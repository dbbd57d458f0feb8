using Chunnel.Core;

namespace Chunnel.Config.Graph;

/// <summary>A plug-in of the job and who it is wired to, by places in <see cref="JobGraph.Vertices"/>.</summary>
public sealed record JobVertex
{
    /// <summary>Its place in the graph.</summary>
    public required int Id { get; init; }

    public required PluginBlock Block { get; init; }

    /// <summary>The name of the data set it makes; empty for a sink.</summary>
    public required string Output { get; init; }

    /// <summary>The vertices it reads, in the order of <c>plugin_input</c>; several are a fan-in.</summary>
    public required IReadOnlyList<int> Inputs { get; init; }

    /// <summary>The vertices that read it; several are a fan-out.</summary>
    public required IReadOnlyList<int> Outputs { get; init; }

    public PluginKind Kind => Block.Kind;

    public string Name => Block.ActionName;

    public override string ToString() => Name;
}
