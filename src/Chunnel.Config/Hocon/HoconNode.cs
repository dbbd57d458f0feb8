using Chunnel.Core;

namespace Chunnel.Config.Hocon;

/// <summary>A value as it stands in the text, before substitutions are resolved.</summary>
internal abstract class HoconNode(TextPosition where)
{
    public TextPosition Where { get; } = where;
}

/// <summary>Text, number, boolean or null.</summary>
internal sealed class HoconLiteral(SettingsScalar value) : HoconNode(value.Where)
{
    public SettingsScalar Value { get; } = value;
}

/// <summary><c>${path}</c> or <c>${?path}</c>.</summary>
internal sealed class HoconReference(string path, bool optional, TextPosition where) : HoconNode(where)
{
    public string Path { get; } = path;

    public bool Optional { get; } = optional;
}

/// <summary>Values side by side on one line; the blanks between texts count.</summary>
internal sealed class HoconConcat(IReadOnlyList<HoconPart> parts, TextPosition where) : HoconNode(where)
{
    public IReadOnlyList<HoconPart> Parts { get; } = parts;
}

internal readonly record struct HoconPart(string BlanksBefore, HoconNode Node);

internal sealed class HoconList(IReadOnlyList<HoconNode> items, TextPosition where) : HoconNode(where)
{
    public IReadOnlyList<HoconNode> Items { get; } = items;
}

/// <summary>What a root key <c>source</c>, <c>transform</c> or <c>sink</c> holds: blocks in order, repeats kept.</summary>
internal sealed class HoconBlocks(TextPosition where) : HoconNode(where)
{
    public List<HoconEntry> Blocks { get; } = [];
}

/// <summary>A later value over an earlier one of the same key, which one of them needs resolved first.</summary>
internal sealed class HoconOverlay(HoconNode under, HoconNode over) : HoconNode(over.Where)
{
    public HoconNode Under { get; } = under;

    public HoconNode Over { get; } = over;
}

/// <summary><c>key += item</c>.</summary>
internal sealed class HoconAppend(HoconNode? under, HoconNode item) : HoconNode(item.Where)
{
    public HoconNode? Under { get; } = under;

    public HoconNode Item { get; } = item;
}

internal sealed record HoconEntry(string Key, TextPosition KeyWhere, HoconNode Value);
