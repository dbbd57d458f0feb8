namespace Chunnel.Core;

/// <summary>What a row does to the table: SeaTunnel's four kinds with their numbers.</summary>
public enum RowKind : byte
{
    Insert = 0,
    UpdateBefore = 1,
    UpdateAfter = 2,
    Delete = 3,
}

public static class RowKinds
{
    private static readonly string[] Short = ["+I", "-U", "+U", "-D"];
    private static readonly string[] Full = ["INSERT", "UPDATE_BEFORE", "UPDATE_AFTER", "DELETE"];

    /// <summary><c>+I</c>, <c>-U</c>, <c>+U</c> or <c>-D</c>.</summary>
    public static string ToShortText(this RowKind kind) => Short[(int)kind];

    /// <summary><c>INSERT</c>, <c>UPDATE_BEFORE</c>, <c>UPDATE_AFTER</c> or <c>DELETE</c>.</summary>
    public static string ToFullText(this RowKind kind) => Full[(int)kind];

    /// <summary>Reads the full or the short text, in any case.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out RowKind kind)
    {
        text = text.Trim();
        for (var i = 0; i < Short.Length; i++)
        {
            if (text.Equals(Short[i], StringComparison.OrdinalIgnoreCase) || text.Equals(Full[i], StringComparison.OrdinalIgnoreCase))
            {
                kind = (RowKind)i;
                return true;
            }
        }
        kind = default;
        return false;
    }
}
