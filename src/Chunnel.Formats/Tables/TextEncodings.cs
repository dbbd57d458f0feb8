using System.Text;
using Chunnel.Core;

namespace Chunnel.Formats;

/// <summary>Encodings by the names that job files use: Java's and the registry's, with the code pages.</summary>
public static class TextEncodings
{
    static TextEncodings() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <exception cref="ChunnelException">There is no such encoding.</exception>
    public static Encoding Parse(string name)
    {
        try
        {
            return name.Trim().ToUpperInvariant() switch
            {
                "UTF-8" or "UTF8" => Encoding.UTF8,
                "UTF-16BE" => Encoding.BigEndianUnicode,
                "UTF-16LE" => Encoding.Unicode,
                _ => Encoding.GetEncoding(name.Trim()),
            };
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            throw new ChunnelException(CommonErrors.UnsupportedEncoding(name), $"There is no encoding of the name '{name}'.", e)
            {
                Mend = "Use a registered name such as UTF-8, GBK, ISO-8859-1 or UTF-16.",
            };
        }
    }

    /// <summary>True when the bytes of the data are those of its UTF-8 form.</summary>
    internal static bool IsUtf8(Encoding encoding) => encoding.CodePage == Encoding.UTF8.CodePage;

    /// <summary>The data in UTF-8. Where bytes are not of the encoding, reading throws, unless they are to be replaced.</summary>
    internal static Stream ToUtf8(Stream stream, Encoding encoding, bool replacesInvalid)
    {
        if (IsUtf8(encoding)) return stream;
        var strict = replacesInvalid
            ? encoding
            : Encoding.GetEncoding(encoding.CodePage, EncoderFallback.ReplacementFallback, DecoderFallback.ExceptionFallback);
        return Encoding.CreateTranscodingStream(stream, strict, Encoding.UTF8);
    }
}
