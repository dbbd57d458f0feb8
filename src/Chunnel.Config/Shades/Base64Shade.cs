using System.Text;
using Chunnel.Core;

namespace Chunnel.Config;

/// <summary>SeaTunnel's <c>base64</c>: UTF-8 in the standard alphabet. It hides nothing from anyone who can decode it.</summary>
internal sealed class Base64Shade : IShade
{
    public const string Identifier = "base64";

    private static readonly UTF8Encoding _strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public string Weakness => $"base64 only encodes: anyone who sees the file can read its secrets. Use '{AesShade.Identifier}' to keep them.";

    public string Encrypt(string plain) => Convert.ToBase64String(Encoding.UTF8.GetBytes(plain));

    public string Decrypt(string shaded)
    {
        try
        {
            // Java's decoder takes the text without its padding too.
            var text = shaded.Trim();
            return _strict.GetString(Convert.FromBase64String(text.PadRight((text.Length + 3) / 4 * 4, '=')));
        }
        catch (FormatException)
        {
            throw new ShadeException("is not base64", "Was it written in plain text? Encode it, or leave shade.identifier out.");
        }
        catch (DecoderFallbackException)
        {
            throw new ShadeException("is base64, but not of a text in UTF-8", "Was it written in plain text? Encode it, or leave shade.identifier out.");
        }
    }
}
