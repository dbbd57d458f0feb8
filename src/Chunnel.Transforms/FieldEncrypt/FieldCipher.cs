using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Unicode;
using Chunnel.Core;

namespace Chunnel.Transforms.FieldEncrypt;

/// <summary>AES in CBC mode with PKCS7; what is encrypted is Base64 of the IV and the cipher.</summary>
internal sealed class FieldCipher : IDisposable
{
    private const int BlockBytes = 16;
    private const string Prefix = "base64:";

    private readonly Aes _aes = Aes.Create();
    private byte[] _work = [];

    /// <summary>A cipher for a key that is right.</summary>
    public FieldCipher(string key) => _aes.Key = Convert.FromBase64String(Encoded(key));

    /// <summary>What is wrong with a key, in words that do not show it.</summary>
    public static string? WrongKey(string key)
    {
        var bytes = new byte[key.Length];
        if (!Convert.TryFromBase64String(Encoded(key), bytes, out var length)) return "The key is no Base64.";
        return length is 16 or 24 or 32 ? null : $"The key has {length} bytes, not 16, 24 or 32.";
    }

    public void Encrypt(ReadOnlySpan<byte> text, TextBuilder to)
    {
        Reserve(text.Length + 2 * BlockBytes);
        var iv = _work.AsSpan(0, BlockBytes);
        RandomNumberGenerator.Fill(iv);
        var length = BlockBytes + _aes.EncryptCbc(text, iv, _work.AsSpan(BlockBytes));
        Base64.EncodeToUtf8(_work.AsSpan(0, length), to.Space(Base64.GetMaxEncodedToUtf8Length(length)), out _, out var written);
        End(to, written);
    }

    /// <summary>False when the text was not encrypted with this key; nothing is appended then.</summary>
    public bool TryDecrypt(ReadOnlySpan<byte> text, TextBuilder to)
    {
        Reserve(text.Length);
        if (Base64.DecodeFromUtf8(text, _work, out _, out var length) != OperationStatus.Done || length < 2 * BlockBytes || length % BlockBytes != 0) return false;
        var cipher = _work.AsSpan(BlockBytes, length - BlockBytes);
        var space = to.Space(cipher.Length);
        try
        {
            if (!_aes.TryDecryptCbc(cipher, _work.AsSpan(0, BlockBytes), space, out var written) || !Utf8.IsValid(space[..written])) return false;
            End(to, written);
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    public void Dispose() => _aes.Dispose();

    private static void End(TextBuilder to, int written)
    {
        to.EnsureCapacity(to.Count + 1);
        to.Ends[to.Count] = to.ByteCount + written;
        to.Advance(1, written);
    }

    private static string Encoded(string key) => key.StartsWith(Prefix, StringComparison.Ordinal) ? key[Prefix.Length..] : key;

    private void Reserve(int bytes)
    {
        if (_work.Length < bytes) _work = new byte[Math.Max(256, 2 * bytes)];
    }
}
