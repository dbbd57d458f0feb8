using System.Globalization;
using System.Text;

namespace Chunnel.Core;

/// <summary>The backslash escapes of quoted text, the same in JSON and HOCON.</summary>
public static class TextEscapes
{
    /// <summary>Reads what follows a backslash. False, and one character read over, when it is no escape.</summary>
    public static bool TryRead(string text, ref int at, StringBuilder into)
    {
        if (at >= text.Length) return false;
        var c = text[at++];
        if (c == 'u') return TryReadUnicode(text, ref at, into);
        var meant = c switch
        {
            '"' => '"',
            '\\' => '\\',
            '/' => '/',
            'b' => '\b',
            'f' => '\f',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            _ => '\0',
        };
        if (meant == '\0')
        {
            if (c is '\n' or '\r') at--;
            return false;
        }
        into.Append(meant);
        return true;
    }

    private static bool TryReadUnicode(string text, ref int at, StringBuilder into)
    {
        if (at + 4 > text.Length || !ushort.TryParse(text.AsSpan(at, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code)) return false;
        into.Append((char)code);
        at += 4;
        return true;
    }
}
