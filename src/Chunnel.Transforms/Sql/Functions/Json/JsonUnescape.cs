using System.Globalization;
using System.Text;

namespace Chunnel.Transforms.Sql.Functions.Json;

/// <summary>What the inside of a JSON string says. The escapes have been checked.</summary>
internal static class JsonUnescape
{
    /// <summary>Writes the plain bytes, which are never more. False when half a surrogate pair stands alone: no text has that.</summary>
    public static bool TryWrite(ReadOnlySpan<byte> written, Span<byte> to, out int length)
    {
        length = 0;
        while (!written.IsEmpty)
        {
            var escape = written.IndexOf((byte)'\\');
            var plain = escape < 0 ? written : written[..escape];
            plain.CopyTo(to[length..]);
            length += plain.Length;
            written = written[plain.Length..];
            if (written.IsEmpty) return true;
            if (written[1] == 'u')
            {
                if (!TryRune(ref written, out var rune)) return false;
                length += rune.EncodeToUtf8(to[length..]);
                continue;
            }
            to[length++] = written[1] switch
            {
                (byte)'b' => (byte)'\b',
                (byte)'f' => (byte)'\f',
                (byte)'n' => (byte)'\n',
                (byte)'r' => (byte)'\r',
                (byte)'t' => (byte)'\t',
                var sign => sign,
            };
            written = written[2..];
        }
        return true;
    }

    private static bool TryRune(ref ReadOnlySpan<byte> written, out Rune rune)
    {
        var unit = Unit(written);
        written = written[6..];
        if (!char.IsHighSurrogate(unit)) return Rune.TryCreate(unit, out rune);
        rune = default;
        if (written.Length < 6 || written[0] != '\\' || written[1] != 'u' || !Rune.TryCreate(unit, Unit(written), out rune)) return false;
        written = written[6..];
        return true;
    }

    private static char Unit(ReadOnlySpan<byte> escape) => (char)ushort.Parse(escape.Slice(2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
