using System.Buffers.Binary;

namespace Chunnel.Formats;

/// <summary>Makes an lzop file of what is written to it: one member, blocks of 256 KiB. Disposing it writes the end and disposes the inner stream.</summary>
internal sealed class LzopWriteStream(Stream to) : Stream
{
    private const int BlockBytes = 256 << 10;
    private const int BlockHeadBytes = 12; // plain length, packed length, sum of the plain bytes

    private const int EndBytes = 4;

    private static readonly byte[] Header = LzopHeader.Make();

    private readonly Lzo1xEncoder _encoder = new();
    private readonly byte[] _plain = new byte[BlockBytes];
    private readonly byte[] _block = new byte[Header.Length + BlockHeadBytes + Lzo1xEncoder.MostBytes(BlockBytes) + EndBytes];
    private int _held;
    private bool _begun;
    private bool _ended;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            buffer = buffer[Hold(buffer)..];
            if (_held == BlockBytes) to.Write(Pack().Span);
        }
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (!buffer.IsEmpty)
        {
            buffer = buffer[Hold(buffer.Span)..];
            if (_held == BlockBytes) await to.WriteAsync(Pack(), cancellationToken);
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <summary>Hands on what is packed; a block that is not full yet waits, or a reader would get many small ones.</summary>
    public override void Flush() => to.Flush();

    public override Task FlushAsync(CancellationToken cancellationToken) => to.FlushAsync(cancellationToken);

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override async ValueTask DisposeAsync()
    {
        if (!_ended)
        {
            _ended = true;
            await to.WriteAsync(PackLast());
            await to.DisposeAsync();
        }
        await base.DisposeAsync();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_ended)
        {
            _ended = true;
            to.Write(PackLast().Span);
            to.Dispose();
        }
        base.Dispose(disposing);
    }

    private int Hold(ReadOnlySpan<byte> data)
    {
        var count = Math.Min(data.Length, BlockBytes - _held);
        data[..count].CopyTo(_plain.AsSpan(_held));
        _held += count;
        return count;
    }

    /// <summary>What is held as a block; before the first one the header.</summary>
    private ReadOnlyMemory<byte> Pack()
    {
        var at = Begin();
        var plain = _plain.AsSpan(0, _held);
        _held = 0;
        var body = _block.AsSpan(at + BlockHeadBytes);
        var packed = _encoder.Compress(plain, body);
        if (packed >= plain.Length)
        {
            plain.CopyTo(body);
            packed = plain.Length;
        }
        BinaryPrimitives.WriteInt32BigEndian(_block.AsSpan(at), plain.Length);
        BinaryPrimitives.WriteInt32BigEndian(_block.AsSpan(at + 4), packed);
        BinaryPrimitives.WriteUInt32BigEndian(_block.AsSpan(at + 8), Checksum.Adler32(plain));
        return _block.AsMemory(0, at + BlockHeadBytes + packed);
    }

    private int Begin()
    {
        if (_begun) return 0;
        _begun = true;
        Header.CopyTo(_block.AsSpan());
        return Header.Length;
    }

    /// <summary>The last block, if there is one, and the four zero bytes that end a member.</summary>
    private ReadOnlyMemory<byte> PackLast()
    {
        var length = _held > 0 ? Pack().Length : Begin();
        _block.AsSpan(length, EndBytes).Clear();
        return _block.AsMemory(0, length + EndBytes);
    }
}
