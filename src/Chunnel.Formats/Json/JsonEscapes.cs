using System.Buffers.Text;
using System.Text;

namespace Chunnel.Formats;

/// <summary>The escapes of JSON text.</summary>
internal static class JsonEscapes
{
    /// <summary>Takes escapes out. Half a surrogate pair, which no text can hold, becomes U+FFFD.</summary>
    /// <param name="text">What stands between the quotes.</param>
    /// <param name="to">As much room as the text takes.</param>
    /// <param name="length">Bytes written.</param>
    /// <returns>False when an escape is none of JSON's.</returns>
    public static bool TryUnescape(ReadOnlySpan<byte> text, Span<byte> to, out int length)
    {
        length = 0;
        while (true)
        {
            var plain = text.IndexOf((byte)'\\');
            if (plain < 0) break;
            text[..plain].CopyTo(to[length..]);
            length += plain;
            text = text[(plain + 1)..];
            if (text.IsEmpty) return false;
            var simple = Simple(text[0]);
            if (simple != 0)
            {
                to[length++] = simple;
                text = text[1..];
                continue;
            }
            if (text[0] != 'u' || !TryUnit(text[1..], out var unit)) return false;
            text = text[5..];
            var rune = Rune.ReplacementChar;
            if (char.IsHighSurrogate(unit) && text.StartsWith("\\u"u8) && TryUnit(text[2..], out var low) && char.IsLowSurrogate(low))
            {
                rune = new Rune(unit, low);
                text = text[6..];
            }
            else if (!char.IsSurrogate(unit))
            {
                rune = new Rune(unit);
            }
            length += rune.EncodeToUtf8(to[length..]);
        }
        text.CopyTo(to[length..]);
        length += text.Length;
        return true;
    }

    private static byte Simple(byte escape) => escape switch
    {
        (byte)'"' or (byte)'\\' or (byte)'/' => escape,
        (byte)'n' => (byte)'\n',
        (byte)'r' => (byte)'\r',
        (byte)'t' => (byte)'\t',
        (byte)'b' => (byte)'\b',
        (byte)'f' => (byte)'\f',
        _ => 0,
    };

    private static bool TryUnit(ReadOnlySpan<byte> text, out char unit)
    {
        unit = default;
        if (text.Length < 4 || !Utf8Parser.TryParse(text[..4], out ushort code, out var used, 'x') || used != 4) return false;
        unit = (char)code;
        return true;
    }
}
