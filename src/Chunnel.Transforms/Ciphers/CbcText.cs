using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Unicode;
using Chunnel.Core;

namespace Chunnel.Transforms.Ciphers;

/// <summary>Texts encrypted in CBC mode with PKCS padding, as Base64; the IV is given, or it is drawn and stands before the rest.</summary>
/// <param name="cipher">With its key; disposed with this.</param>
internal sealed class CbcText(SymmetricAlgorithm cipher) : IDisposable
{
    private readonly int _blockBytes = cipher.BlockSize / 8;
    private byte[] _work = [];

    /// <param name="text">What is encrypted.</param>
    /// <param name="iv">Of one block; empty: it is drawn.</param>
    /// <param name="to">Gets the value.</param>
    public void Encrypt(ReadOnlySpan<byte> text, ReadOnlySpan<byte> iv, TextBuilder to)
    {
        Reserve(text.Length + 2 * _blockBytes);
        var head = 0;
        if (iv.IsEmpty)
        {
            head = _blockBytes;
            RandomNumberGenerator.Fill(_work.AsSpan(0, head));
            iv = _work.AsSpan(0, head);
        }
        var length = head + cipher.EncryptCbc(text, iv, _work.AsSpan(head));
        Base64.EncodeToUtf8(_work.AsSpan(0, length), to.Space(Base64.GetMaxEncodedToUtf8Length(length)), out _, out var written);
        End(to, written);
    }

    /// <summary>False when the text was not encrypted so, with this key; nothing is appended then.</summary>
    public bool TryDecrypt(ReadOnlySpan<byte> text, ReadOnlySpan<byte> iv, TextBuilder to)
    {
        Reserve(text.Length);
        if (Base64.DecodeFromUtf8(text, _work, out _, out var length) != OperationStatus.Done) return false;
        ReadOnlySpan<byte> encrypted = _work.AsSpan(0, length);
        if (iv.IsEmpty)
        {
            if (length < _blockBytes) return false;
            iv = encrypted[.._blockBytes];
            encrypted = encrypted[_blockBytes..];
        }
        if (encrypted.IsEmpty || encrypted.Length % _blockBytes != 0) return false;
        try
        {
            var space = to.Space(encrypted.Length);
            if (!cipher.TryDecryptCbc(encrypted, iv, space, out var written) || !Utf8.IsValid(space[..written])) return false;
            End(to, written);
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    public void Dispose() => cipher.Dispose();

    private static void End(TextBuilder to, int written)
    {
        to.EnsureCapacity(to.Count + 1);
        to.Ends[to.Count] = to.ByteCount + written;
        to.Advance(1, written);
    }

    private void Reserve(int bytes)
    {
        if (_work.Length < bytes) _work = new byte[Math.Max(256, 2 * bytes)];
    }
}
