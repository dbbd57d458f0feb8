using Chunnel.Core;

namespace Chunnel.Config.Hocon;

/// <summary>A key as written: one segment, or several where <c>-></c> separates them.</summary>
internal sealed record HoconKey(IReadOnlyList<string> Segments, TextPosition Where)
{
    public string Text { get; } = string.Join("->", Segments);
}
