using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;

namespace Chunnel.Transforms.Sql.Functions.Ciphers;

/// <summary>Keys of AES_ENCRYPT as written: <c>base64:...</c> is the key, anything else a passphrase, whose SHA-256 begins with the key.</summary>
internal static class AesKeys
{
    public const int BlockBytes = 16;

    private const int PassphraseKeyBytes = 16;

    /// <summary>The key; or what is wrong with it, in words that do not show it.</summary>
    public static string? TryRead(ReadOnlySpan<byte> written, out byte[] key)
    {
        key = [];
        if (written.IsEmpty) return "it is empty";
        if (!written.StartsWith("base64:"u8))
        {
            key = SHA256.HashData(written)[..PassphraseKeyBytes];
            return null;
        }
        var encoded = written["base64:"u8.Length..];
        var bytes = new byte[Base64.GetMaxDecodedFromUtf8Length(encoded.Length)];
        if (Base64.DecodeFromUtf8(encoded, bytes, out _, out var length) != OperationStatus.Done) return "it is no Base64";
        if (length is not (16 or 24 or 32)) return $"it has {length} bytes, not 16, 24 or 32";
        key = bytes[..length];
        return null;
    }
}
