using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Unicode;
using Chunnel.Core;
using Chunnel.Transforms.Sql.Kernels;
using Chunnel.Transforms.Sql.Operations;
using Chunnel.Transforms.Sql.Programs;

namespace Chunnel.Transforms.Sql.Functions.Ciphers;

/// <summary>AES in CBC with PKCS5, in Base64; the IV is an argument or stands before the rest.</summary>
internal sealed class AesOperation(Emission made, bool encrypts) : TextRows(made)
{
    private byte[] _written = [];
    private Aes? _aes;
    private byte[] _work = [];

    protected override void Fill(Frame frame, ReadOnlySpan<ulong> rows, TextBuilder to)
    {
        var texts = (TextColumn)Made.Operands[0].Of(frame);
        var keys = (TextColumn)Made.Operands[1].Of(frame);
        var ivs = Made.Operands.Count > 2 ? (TextColumn)Made.Operands[2].Of(frame) : null;
        foreach (var row in new SetBits(rows))
        {
            At(to, row);
            var iv = ivs is null ? [] : ivs[row];
            if (ivs is not null && iv.Length != AesKeys.BlockBytes) frame.Fail(row, Made.Where, $"the IV has not {AesKeys.BlockBytes} bytes");
            else if (CipherOf(keys[row], out var problem) is not { } aes) frame.Fail(row, Made.Where, $"the key cannot be used: {problem}");
            else if (encrypts) Encrypt(aes, texts[row], iv, to);
            else if (!TryDecrypt(aes, texts[row], iv, to)) frame.Fail(row, Made.Where, "the text cannot be decrypted with this key");
        }
    }

    private Aes? CipherOf(ReadOnlySpan<byte> written, out string? problem)
    {
        problem = null;
        if (_aes is not null && written.SequenceEqual(_written)) return _aes;
        problem = AesKeys.TryRead(written, out var key);
        if (problem is not null) return null;
        _aes ??= Aes.Create();
        _aes.Key = key;
        _written = written.ToArray();
        return _aes;
    }

    private void Encrypt(Aes aes, ReadOnlySpan<byte> text, ReadOnlySpan<byte> iv, TextBuilder to)
    {
        Reserve(text.Length + 2 * AesKeys.BlockBytes);
        var head = 0;
        if (iv.IsEmpty)
        {
            head = AesKeys.BlockBytes;
            RandomNumberGenerator.Fill(_work.AsSpan(0, head));
            iv = _work.AsSpan(0, head);
        }
        var length = head + aes.EncryptCbc(text, iv, _work.AsSpan(head));
        var space = to.Space(Base64.GetMaxEncodedToUtf8Length(length));
        Base64.EncodeToUtf8(_work.AsSpan(0, length), space, out _, out var written);
        to.Ends[to.Count] = to.ByteCount + written;
        to.Advance(1, written);
    }

    private bool TryDecrypt(Aes aes, ReadOnlySpan<byte> text, ReadOnlySpan<byte> iv, TextBuilder to)
    {
        Reserve(text.Length);
        if (Base64.DecodeFromUtf8(text, _work, out _, out var length) != OperationStatus.Done) return false;
        ReadOnlySpan<byte> cipher = _work.AsSpan(0, length);
        if (iv.IsEmpty)
        {
            if (length < AesKeys.BlockBytes) return false;
            iv = cipher[..AesKeys.BlockBytes];
            cipher = cipher[AesKeys.BlockBytes..];
        }
        try
        {
            var space = to.Space(Math.Max(1, cipher.Length));
            if (cipher.IsEmpty || !aes.TryDecryptCbc(cipher, iv, space, out var written) || !Utf8.IsValid(space[..written])) return false;
            to.Ends[to.Count] = to.ByteCount + written;
            to.Advance(1, written);
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private void Reserve(int bytes)
    {
        if (_work.Length < bytes) _work = new byte[Math.Max(256, 2 * bytes)];
    }
}
