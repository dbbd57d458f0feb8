using Chunnel.Config;

namespace Chunnel.Engine;

/// <summary>A plug-in of the job with its neighbours, as planning walks it.</summary>
internal sealed class GraphNode(PluginBlock block)
{
    public PluginBlock Block { get; } = block;

    public List<GraphNode> Inputs { get; } = [];

    public List<GraphNode> Outputs { get; } = [];
}
