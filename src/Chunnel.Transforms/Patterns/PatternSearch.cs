using System.Buffers;
using System.Text;

namespace Chunnel.Transforms.Patterns;

/// <summary>What transforms of texts share: room for characters, used again for each row, and patterns that are plain text.</summary>
internal sealed class PatternSearch
{
    public const string TooLong = "the pattern took too long: it goes back and forth over the text";

    private static readonly SearchValues<char> Signs = SearchValues.Create(@"\.[{(*+?^$|");

    private char[] _chars = [];

    /// <summary>The characters of a text, until the next call.</summary>
    public ReadOnlySpan<char> Characters(ReadOnlySpan<byte> text)
    {
        if (_chars.Length < text.Length) _chars = new char[Math.Max(256, 2 * text.Length)];
        return _chars.AsSpan(0, Encoding.UTF8.GetChars(text, _chars));
    }

    /// <summary>The text that a pattern without any sign of the language of patterns is; else null.</summary>
    public static byte[]? LiteralOf(string pattern) => pattern switch
    {
        "" => null,
        ['\\', var sign] when char.IsAscii(sign) && !char.IsAsciiLetterOrDigit(sign) => [(byte)sign],
        _ => pattern.AsSpan().ContainsAny(Signs) ? null : Encoding.UTF8.GetBytes(pattern),
    };
}
