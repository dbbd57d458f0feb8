namespace Chunnel.Core;

/// <summary>How arrays, maps and rows look as text.</summary>
public enum NestedText
{
    /// <summary>Lists in brackets, <c>[a, , c]</c>; maps as JSON. For reading by people.</summary>
    Brackets,

    /// <summary>Elements between separators, a deeper one at each level: text files (spec connectors.md 2.3).</summary>
    Separated,

    Json,
}
