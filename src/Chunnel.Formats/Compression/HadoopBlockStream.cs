using System.Buffers.Binary;
using Chunnel.Core;
using K4os.Compression.LZ4;

namespace Chunnel.Formats;

/// <summary>
/// Hadoop's block compression: the plain length of a block in four bytes, big-endian, then chunks of a compressed length and so many
/// compressed bytes until the block is full.
/// </summary>
internal sealed class HadoopBlockStream(Stream compressed, HadoopBlockStream.Decompress decompress) : ReadOnlyStream
{
    /// <summary>Writers use 64 or 256 KiB; a larger block than this is damage.</summary>
    private const int MostBlockBytes = 64 << 20;

    public static readonly Decompress Snappy = static (from, to) => Snappier.Snappy.Decompress(from, to);
    public static readonly Decompress Lz4 = static (from, to) => LZ4Codec.Decode(from, to);
    public static readonly Decompress Lzo = static (from, to) => Lzo1xDecoder.Decompress(from, to);

    private readonly byte[] _word = new byte[4];
    private byte[] _chunk = [];
    private byte[] _plain = [];
    private int _at;
    private int _end;
    private int _blockLeft;

    internal delegate int Decompress(ReadOnlySpan<byte> from, Span<byte> to);

    public override int Read(Span<byte> buffer)
    {
        while (_at == _end)
        {
            if (_blockLeft == 0)
            {
                var got = compressed.ReadAtLeast(_word, 4, throwOnEndOfStream: false);
                if (got == 0) return 0;
                BeginBlock(got);
                continue;
            }
            compressed.ReadExactly(_word);
            compressed.ReadExactly(ChunkSpace());
            Inflate();
        }
        return Take(buffer);
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (_at == _end)
        {
            if (_blockLeft == 0)
            {
                var got = await compressed.ReadAtLeastAsync(_word, 4, throwOnEndOfStream: false, cancellationToken);
                if (got == 0) return 0;
                BeginBlock(got);
                continue;
            }
            await compressed.ReadExactlyAsync(_word, cancellationToken);
            var length = ChunkSpace().Length;
            await compressed.ReadExactlyAsync(_chunk.AsMemory(0, length), cancellationToken);
            Inflate();
        }
        return Take(buffer.Span);
    }

    private void BeginBlock(int headBytes)
    {
        _blockLeft = headBytes == 4 ? BinaryPrimitives.ReadInt32BigEndian(_word) : -1;
        if (_blockLeft is < 0 or > MostBlockBytes) throw Damaged();
        if (_plain.Length < _blockLeft) _plain = new byte[_blockLeft];
    }

    private Span<byte> ChunkSpace()
    {
        var length = BinaryPrimitives.ReadInt32BigEndian(_word);
        if (length is < 0 or > MostBlockBytes) throw Damaged();
        if (_chunk.Length < length) _chunk = new byte[length];
        return _chunk.AsSpan(0, length);
    }

    private void Inflate()
    {
        int plain;
        try
        {
            plain = decompress(ChunkSpace(), _plain.AsSpan(0, _blockLeft));
        }
        catch (Exception e) when (e is InvalidDataException or ArgumentException)
        {
            throw Damaged(e);
        }
        if (plain <= 0 || plain > _blockLeft) throw Damaged();
        _blockLeft -= plain;
        _at = 0;
        _end = plain;
    }

    private int Take(Span<byte> buffer)
    {
        var count = Math.Min(buffer.Length, _end - _at);
        _plain.AsSpan(_at, count).CopyTo(buffer);
        _at += count;
        return count;
    }

    private static ChunnelException Damaged(Exception? inner = null) =>
        new(FormatErrors.BadFile, "The compressed data is damaged, or it is neither in the codec's frame format nor in Hadoop's blocks.", inner)
        {
            Mend = "Check compress_codec against what wrote the file.",
        };

    protected override void Dispose(bool disposing)
    {
        if (disposing) compressed.Dispose();
        base.Dispose(disposing);
    }
}
