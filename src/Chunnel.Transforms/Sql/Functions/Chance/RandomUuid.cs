using System.Buffers.Text;
using System.Security.Cryptography;
using Chunnel.Core;
using Chunnel.Transforms.Sql.Operations.Rows;
using Chunnel.Transforms.Sql.Programs;

namespace Chunnel.Transforms.Sql.Functions.Chance;

/// <summary>A UUID of version 4 for each row. The random bytes of a batch are drawn at once.</summary>
internal sealed class RandomUuid(Emission made) : TextRows(made)
{
    private const int BytesOfUuid = 16;
    private const int CharactersOfUuid = 36;

    private byte[] _random = [];

    protected override void Fill(Frame frame, ReadOnlySpan<ulong> rows, TextBuilder to)
    {
        if (_random.Length < frame.Rows * BytesOfUuid) _random = new byte[frame.Rows * BytesOfUuid];
        RandomNumberGenerator.Fill(_random.AsSpan(0, frame.Rows * BytesOfUuid));
        var space = to.Space(frame.Rows * CharactersOfUuid);
        var ends = to.Ends;
        for (var row = 0; row < frame.Rows; row++)
        {
            var bytes = _random.AsSpan(row * BytesOfUuid, BytesOfUuid);
            bytes[6] = (byte)(bytes[6] & 0x0F | 0x40);
            bytes[8] = (byte)(bytes[8] & 0x3F | 0x80);
            Utf8Formatter.TryFormat(new Guid(bytes, bigEndian: true), space[(row * CharactersOfUuid)..], out _);
            ends[row] = (row + 1) * CharactersOfUuid;
        }
        to.Advance(frame.Rows, frame.Rows * CharactersOfUuid);
    }
}
