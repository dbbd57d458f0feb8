using System.Security.Cryptography;
using Chunnel.Core;
using Chunnel.Transforms.Ciphers;
using Chunnel.Transforms.Sql.Kernels.Selections;
using Chunnel.Transforms.Sql.Operations.Rows;
using Chunnel.Transforms.Sql.Programs;

namespace Chunnel.Transforms.Sql.Functions.Ciphers;

/// <summary>DES as SeaTunnel's bundled functions use it: CBC, PKCS5, the IV 12345678, Base64. What cannot be decrypted stays as it is.</summary>
internal sealed class DesOperation(Emission made, bool encrypts) : TextRows(made)
{
    public const int KeyBytes = 8;

    private static ReadOnlySpan<byte> Iv => "12345678"u8;

    private byte[] _key = [];
    private DES? _des;
    private CbcText? _cipher;

    protected override void Fill(Frame frame, ReadOnlySpan<ulong> rows, TextBuilder to)
    {
        var passwords = (TextColumn)Made.Operands[0].Of(frame);
        var texts = (TextColumn)Made.Operands[1].Of(frame);
        foreach (var row in new SetBits(rows))
        {
            At(to, row);
            if (passwords[row].Length < KeyBytes) frame.Fail(row, Made.Where, $"the password is shorter than {KeyBytes} characters");
            else if (CipherOf(passwords[row][..KeyBytes]) is not { } cipher) frame.Fail(row, Made.Where, "the password is one of the weak keys of DES");
            else if (encrypts) cipher.Encrypt(texts[row], Iv, to);
            else if (!cipher.TryDecrypt(texts[row], Iv, to)) to.Append(texts[row]);
        }
    }

    private CbcText? CipherOf(ReadOnlySpan<byte> key)
    {
        if (_des is not null && key.SequenceEqual(_key)) return _cipher;
        var bytes = key.ToArray();
#pragma warning disable CA5351 // Data that was encrypted so is there to be read; the page says what it is worth.
        if (DES.IsWeakKey(bytes) || DES.IsSemiWeakKey(bytes)) return null;
        _des ??= DES.Create();
#pragma warning restore CA5351
        _cipher ??= new CbcText(_des);
        _des.Key = _key = bytes;
        return _cipher;
    }
}
