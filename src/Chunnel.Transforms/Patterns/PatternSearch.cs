using System.Buffers;
using System.Text;

namespace Chunnel.Transforms.Patterns;

/// <summary>What transforms of texts share: what they say of a search that took too long, and patterns that are plain text.</summary>
internal static class PatternSearch
{
    public const string TooLong = "the pattern took too long: it goes back and forth over the text";

    private static readonly SearchValues<char> Signs = SearchValues.Create(@"\.[{(*+?^$|");

    /// <summary>The text that a pattern without any sign of the language of patterns is; else null.</summary>
    public static byte[]? LiteralOf(string pattern) => pattern switch
    {
        "" => null,
        ['\\', var sign] when char.IsAscii(sign) && !char.IsAsciiLetterOrDigit(sign) => [(byte)sign],
        _ => pattern.AsSpan().ContainsAny(Signs) ? null : Encoding.UTF8.GetBytes(pattern),
    };
}
