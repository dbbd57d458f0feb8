using System.Security.Cryptography;
using Chunnel.Core;
using Chunnel.Transforms.Ciphers;
using Chunnel.Transforms.Sql.Kernels.Selections;
using Chunnel.Transforms.Sql.Operations.Rows;
using Chunnel.Transforms.Sql.Programs;

namespace Chunnel.Transforms.Sql.Functions.Ciphers;

/// <summary>AES in CBC with PKCS5, in Base64; the IV is an argument or stands before the rest.</summary>
internal sealed class AesOperation(Emission made, bool encrypts) : TextRows(made)
{
    private byte[] _written = [];
    private Aes? _aes;
    private CbcText? _cipher;

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
            else if (CipherOf(keys[row], out var problem) is not { } cipher) frame.Fail(row, Made.Where, $"the key cannot be used: {problem}");
            else if (encrypts) cipher.Encrypt(texts[row], iv, to);
            else if (!cipher.TryDecrypt(texts[row], iv, to)) frame.Fail(row, Made.Where, "the text cannot be decrypted with this key");
        }
    }

    private CbcText? CipherOf(ReadOnlySpan<byte> written, out string? problem)
    {
        problem = null;
        if (_aes is not null && written.SequenceEqual(_written)) return _cipher;
        problem = AesKeys.TryRead(written, out var key);
        if (problem is not null) return null;
        _aes ??= Aes.Create();
        _cipher ??= new CbcText(_aes);
        _aes.Key = key;
        _written = written.ToArray();
        return _cipher;
    }
}
