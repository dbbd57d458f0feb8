using System.Security.Cryptography;
using Chunnel.Core;
using Chunnel.Transforms.Ciphers;

namespace Chunnel.Transforms.FieldEncrypt;

/// <summary>AES in CBC mode with PKCS7; what is encrypted is Base64 of the IV and the cipher.</summary>
internal sealed class FieldCipher : IDisposable
{
    private const string Prefix = "base64:";

    private readonly CbcText _texts;

    /// <summary>A cipher for a key that is right.</summary>
    public FieldCipher(string key)
    {
        var aes = Aes.Create();
        aes.Key = Convert.FromBase64String(Encoded(key));
        _texts = new CbcText(aes);
    }

    /// <summary>What is wrong with a key, in words that do not show it.</summary>
    public static string? WrongKey(string key)
    {
        var bytes = new byte[key.Length];
        if (!Convert.TryFromBase64String(Encoded(key), bytes, out var length)) return "The key is no Base64.";
        return length is 16 or 24 or 32 ? null : $"The key has {length} bytes, not 16, 24 or 32.";
    }

    public void Encrypt(ReadOnlySpan<byte> text, TextBuilder to) => _texts.Encrypt(text, [], to);

    /// <summary>False when the text was not encrypted with this key; nothing is appended then.</summary>
    public bool TryDecrypt(ReadOnlySpan<byte> text, TextBuilder to) => _texts.TryDecrypt(text, [], to);

    public void Dispose() => _texts.Dispose();

    private static string Encoded(string key) => key.StartsWith(Prefix, StringComparison.Ordinal) ? key[Prefix.Length..] : key;
}
