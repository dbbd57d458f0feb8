using Chunnel.Config;
using Chunnel.Core;

namespace Chunnel.Engine;

/// <summary>What may meet at a plug-in with several inputs (spec config.md 6.4): rows of one structure; into a sink, one table a way.</summary>
internal sealed class FanInCheck
{
    private readonly Dictionary<PluginBlock, IReadOnlyList<TableSchema>> _first = [];

    /// <summary>Looks at what comes to a plug-in on one way; the ways come one after the other.</summary>
    public Problem? Look(GraphNode node, IReadOnlyList<TableSchema> tables)
    {
        if (node.Inputs.Count < 2) return null;
        if (node.Outputs.Count == 0 && tables.Count > 1)
        {
            return Wrong(node, "Sink don't support simultaneous writing of data from multi-table source and other sources.")
                with { Mend = "Give the source of several tables a sink of its own." };
        }
        if (_first.TryAdd(node.Block, tables) || tables.Count != 1 || _first[node.Block] is not [var first] || tables[0].HasStructureOf(first)) return null;
        return Wrong(node, "Transform/Sink don't support processing data with two different structures.")
            with { Mend = $"Bring the inputs of {node.Block.PluginName} to the same columns, or give each a {(node.Outputs.Count == 0 ? "sink" : "transform")} of its own. {first.TableId}: {first.ToSeaTunnelText()}. {tables[0].TableId}: {tables[0].ToSeaTunnelText()}." };
    }

    private static Problem Wrong(GraphNode node, string what) => new(CommonErrors.ConfigValidateFailed, what) { Where = node.Block.Where };
}
