using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Unicode;
using Chunnel.Core;
using Chunnel.Transforms.Sql.Kernels;
using Chunnel.Transforms.Sql.Operations;
using Chunnel.Transforms.Sql.Programs;

namespace Chunnel.Transforms.Sql.Functions.Ciphers;

/// <summary>DES as SeaTunnel's bundled functions use it: CBC, PKCS5, the IV 12345678, Base64. What cannot be decrypted stays as it is.</summary>
internal sealed class DesOperation(Emission made, bool encrypts) : TextRows(made)
{
    public const int KeyBytes = 8;

    private byte[] _key = [];
    private DES? _des;
    private byte[] _work = [];

    protected override void Fill(Frame frame, ReadOnlySpan<ulong> rows, TextBuilder to)
    {
        var passwords = (TextColumn)Made.Operands[0].Of(frame);
        var texts = (TextColumn)Made.Operands[1].Of(frame);
        foreach (var row in new SetBits(rows))
        {
            At(to, row);
            if (passwords[row].Length < KeyBytes) frame.Fail(row, Made.Where, $"the password is shorter than {KeyBytes} characters");
            else if (CipherOf(passwords[row][..KeyBytes]) is not { } des) frame.Fail(row, Made.Where, "the password is one of the weak keys of DES");
            else if (encrypts) Encrypt(des, texts[row], to);
            else if (!TryDecrypt(des, texts[row], to)) to.Append(texts[row]);
        }
    }

    private DES? CipherOf(ReadOnlySpan<byte> key)
    {
        if (_des is not null && key.SequenceEqual(_key)) return _des;
        _key = key.ToArray();
#pragma warning disable CA5351 // Data that was encrypted so is there to be read; the page says what it is worth.
        if (DES.IsWeakKey(_key) || DES.IsSemiWeakKey(_key)) return null;
        _des ??= DES.Create();
#pragma warning restore CA5351
        _des.Key = _key;
        return _des;
    }

    private void Encrypt(DES des, ReadOnlySpan<byte> text, TextBuilder to)
    {
        Reserve(text.Length + KeyBytes);
        var length = des.EncryptCbc(text, "12345678"u8, _work);
        var space = to.Space(Base64.GetMaxEncodedToUtf8Length(length));
        Base64.EncodeToUtf8(_work.AsSpan(0, length), space, out _, out var written);
        to.Ends[to.Count] = to.ByteCount + written;
        to.Advance(1, written);
    }

    private bool TryDecrypt(DES des, ReadOnlySpan<byte> text, TextBuilder to)
    {
        Reserve(text.Length);
        if (Base64.DecodeFromUtf8(text, _work, out _, out var length) != OperationStatus.Done || length == 0 || length % KeyBytes != 0) return false;
        try
        {
            var space = to.Space(length);
            if (!des.TryDecryptCbc(_work.AsSpan(0, length), "12345678"u8, space, out var written) || !Utf8.IsValid(space[..written])) return false;
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
