using System.Text;

namespace Chunnel.Transforms.Sql.Kernels.Texts;

/// <summary>Counts in UTF-16 units over UTF-8 bytes, as the peer counts characters: one a character, two above U+FFFF.</summary>
internal static class Utf16Units
{
    /// <summary>How many units the text has.</summary>
    public static int Count(ReadOnlySpan<byte> text)
    {
        // Every byte that begins a character is a unit; one that begins four bytes is two.
        var units = 0;
        foreach (var b in text) units += ((b & 0xC0) != 0x80 ? 1 : 0) + (b >= 0xF0 ? 1 : 0);
        return units;
    }

    /// <summary>The byte at which a unit starts, the text's length for units behind its end. Within a pair it is the pair's start.</summary>
    public static int ByteAt(ReadOnlySpan<byte> text, long unit)
    {
        if (unit <= 0) return 0;
        if (Ascii.IsValid(text)) return (int)Math.Min(unit, text.Length);
        long seen = 0;
        for (var at = 0; at < text.Length; at++)
        {
            if ((text[at] & 0xC0) == 0x80) continue;
            var width = text[at] >= 0xF0 ? 2 : 1;
            if (seen + width > unit) return at;
            seen += width;
        }
        return text.Length;
    }

    /// <summary>The same for a text that is known to be ASCII, or not to be.</summary>
    public static int Count(ReadOnlySpan<byte> text, bool isAscii) => isAscii ? text.Length : Count(text);

    /// <summary>The same for a text that is known to be ASCII, or not to be.</summary>
    public static int ByteAt(ReadOnlySpan<byte> text, long unit, bool isAscii) => isAscii ? (int)Math.Clamp(unit, 0, text.Length) : ByteAt(text, unit);

    /// <summary>The bytes of the first character; none for an empty text.</summary>
    public static ReadOnlySpan<byte> First(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty) return text;
        Rune.DecodeFromUtf8(text, out _, out var bytes);
        return text[..bytes];
    }
}
