using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Chunnel.Core;

namespace Chunnel.Config;

/// <summary>
/// AES-256 in Galois/Counter Mode (NIST SP 800-38D): nobody without the key reads a value or changes it unnoticed. The text form is
/// <c>aes-256-gcm:v1:</c> and, in base64url, 12 bytes of nonce, the cipher text, 16 bytes of tag; the beginning is authenticated too. Each
/// value has a nonce of its own, drawn at random.
/// </summary>
/// <param name="key">32 bytes.</param>
internal sealed class AesShade(byte[] key) : IShade
{
    public const string Identifier = "aes-256-gcm";
    public const int KeyBytes = 32;

    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private const string Version1 = $"{Identifier}:v1:";

    private static readonly byte[] _authenticated = Encoding.ASCII.GetBytes(Version1);

    public string Encrypt(string plain)
    {
        var text = Encoding.UTF8.GetBytes(plain);
        var whole = new byte[NonceBytes + text.Length + TagBytes];
        RandomNumberGenerator.Fill(whole.AsSpan(0, NonceBytes));
        using var aes = new AesGcm(key, TagBytes);
        aes.Encrypt(whole.AsSpan(0, NonceBytes), text, whole.AsSpan(NonceBytes, text.Length), whole.AsSpan(NonceBytes + text.Length), _authenticated);
        return Version1 + Base64Url.EncodeToString(whole);
    }

    public string Decrypt(string shaded)
    {
        var whole = Bytes(shaded);
        var text = new byte[whole.Length - NonceBytes - TagBytes];
        try
        {
            using var aes = new AesGcm(key, TagBytes);
            aes.Decrypt(whole.AsSpan(0, NonceBytes), whole.AsSpan(NonceBytes, text.Length), whole.AsSpan(NonceBytes + text.Length), text, _authenticated);
        }
        catch (AuthenticationTagMismatchException)
        {
            throw new ShadeException("was encrypted with another key, or was changed since", "Give the key that it was encrypted with, or encrypt it again.");
        }
        return Encoding.UTF8.GetString(text);
    }

    private static byte[] Bytes(string shaded)
    {
        var text = shaded.Trim();
        if (text.StartsWith(Version1, StringComparison.Ordinal))
        {
            var body = text.AsSpan(Version1.Length);
            if (!Base64Url.IsValid(body, out var length) || length < NonceBytes + TagBytes) throw new ShadeException("is damaged: parts of the encrypted text are missing or no base64url", "Encrypt it again.");
            return Base64Url.DecodeFromChars(body);
        }
        throw text.StartsWith($"{Identifier}:", StringComparison.Ordinal)
            ? new ShadeException($"has a form of {Identifier} that this version does not know", "Was it encrypted by a newer Chunnel? Update, or encrypt it again.")
            : new ShadeException($"does not begin with {Version1}", "Was it written in plain text, or encrypted with another shade? Encrypt it: chunnel encrypt JOB.");
    }
}
