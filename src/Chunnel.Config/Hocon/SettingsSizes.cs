using Chunnel.Core;

namespace Chunnel.Config.Hocon;

/// <summary>
/// How large a value would be if nothing in it were shared. References share what they name, so a small text can mean a huge
/// tree; the sizes are added up while it is built.
/// </summary>
internal sealed class SettingsSizes
{
    /// <summary>Longer than any text of a job.</summary>
    public const int MaxTextLength = 16 * 1024 * 1024;

    private const long MaxSize = 64L * 1024 * 1024;
    private const int MaxDepth = 400;

    private readonly Dictionary<SettingsNode, (long Size, int Depth)> _measured = new(ReferenceEqualityComparer.Instance);

    public bool Fits(SettingsNode node)
    {
        var (size, depth) = Measure(node);
        return size <= MaxSize && depth <= MaxDepth;
    }

    private (long Size, int Depth) Measure(SettingsNode node)
    {
        if (node is SettingsScalar scalar) return (1 + scalar.Text.Length, 1);
        if (_measured.TryGetValue(node, out var known)) return known;
        var (size, depth) = (1L, 1);
        var inner = node is SettingsObject { Entries: var entries } ? entries.Select(entry => entry.Value) : ((SettingsList)node).Items;
        foreach (var value in inner)
        {
            var (innerSize, innerDepth) = Measure(value);
            size = Math.Min(size + innerSize, long.MaxValue / 2);
            depth = Math.Max(depth, innerDepth + 1);
        }
        _measured[node] = (size, depth);
        return (size, depth);
    }
}
