using System.Buffers.Binary;

namespace Chunnel.Formats;

/// <summary>
/// The plain bytes of an lzop file: headers, each with blocks behind it until one of no bytes; several such members may follow each other.
/// Checksums are checked where the file has them.
/// </summary>
internal sealed class LzopReadStream(Stream compressed) : ReadOnlyStream
{
    /// <summary>lzop itself makes blocks of 256 KiB and reads none larger than this.</summary>
    private const int MostBlockBytes = 64 << 20;

    private const int MostExtraBytes = 1 << 20;
    private const int WordBytes = 4;

    private byte[] _packed = new byte[256];
    private byte[] _plain = [];
    private int _at;
    private int _end;
    private LzopFlags _flags;
    private bool _isInMember;
    private bool _ended;

    public override int Read(Span<byte> buffer)
    {
        while (_at == _end && !_ended) NextBlockAsync(isAsync: false, CancellationToken.None).AsTask().GetAwaiter().GetResult(); // it has ended already
        return Take(buffer);
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (_at == _end && !_ended) await NextBlockAsync(isAsync: true, cancellationToken);
        return Take(buffer.Span);
    }

    internal static InvalidDataException Damaged() => new("the lzop file does not hold what it says it holds.");

    private async ValueTask NextBlockAsync(bool isAsync, CancellationToken stop)
    {
        if (!_isInMember)
        {
            await BeginMemberAsync(isAsync, stop);
            return;
        }
        var plain = await LengthAsync(isAsync, stop);
        if (plain == 0)
        {
            _isInMember = false;
            return;
        }
        var packed = await LengthAsync(isAsync, stop);
        if (packed == 0 || packed > plain) throw Damaged();
        var adlerOfPlain = await SumAsync(LzopFlags.AdlerOfPlain, isAsync, stop);
        var crcOfPlain = await SumAsync(LzopFlags.CrcOfPlain, isAsync, stop);
        // A block that does not get smaller is stored as it is, with one set of sums.
        var adlerOfPacked = packed < plain ? await SumAsync(LzopFlags.AdlerOfPacked, isAsync, stop) : null;
        var crcOfPacked = packed < plain ? await SumAsync(LzopFlags.CrcOfPacked, isAsync, stop) : null;
        await FillAsync(0, packed, isAsync, stop);
        Check(_packed.AsSpan(0, packed), adlerOfPacked, crcOfPacked);
        if (_plain.Length < plain) _plain = new byte[plain];
        Inflate(packed, plain);
        Check(_plain.AsSpan(0, plain), adlerOfPlain, crcOfPlain);
        _at = 0;
        _end = plain;
    }

    private async ValueTask BeginMemberAsync(bool isAsync, CancellationToken stop)
    {
        if (await TryFillAsync(LzopHeader.StartBytes, isAsync, stop) == 0)
        {
            _ended = true;
            return;
        }
        var length = LzopHeader.StartBytes + LzopHeader.RestBytes(_packed.AsSpan(0, LzopHeader.StartBytes));
        await FillAsync(LzopHeader.StartBytes, length, isAsync, stop);
        var header = LzopHeader.Read(_packed.AsSpan(0, length));
        await FillAsync(length, length + header.NameBytes + WordBytes, isAsync, stop);
        CheckHeader(header, LzopHeader.Magic.Length, length + header.NameBytes);
        if ((header.Flags & LzopFlags.ExtraField) != 0)
        {
            await FillAsync(0, WordBytes, isAsync, stop);
            var extra = BinaryPrimitives.ReadUInt32BigEndian(_packed);
            if (extra > MostExtraBytes) throw Damaged();
            await FillAsync(WordBytes, (2 * WordBytes) + (int)extra, isAsync, stop);
            CheckHeader(header, 0, WordBytes + (int)extra);
        }
        _flags = header.Flags;
        _isInMember = true;
    }

    private void CheckHeader(LzopHeader header, int from, int to)
    {
        if (header.SumOf(_packed.AsSpan(from, to - from)) != BinaryPrimitives.ReadUInt32BigEndian(_packed.AsSpan(to))) throw Damaged();
    }

    private void Inflate(int packed, int plain)
    {
        if (packed == plain)
        {
            _packed.AsSpan(0, plain).CopyTo(_plain);
            return;
        }
        if (Lzo1xDecoder.Decompress(_packed.AsSpan(0, packed), _plain.AsSpan(0, plain)) != plain) throw Damaged();
    }

    private static void Check(ReadOnlySpan<byte> data, uint? adler, uint? crc)
    {
        if (adler is { } sum && Checksum.Adler32(data) != sum) throw Damaged();
        if (crc is { } code && Checksum.Crc32(data) != code) throw Damaged();
    }

    private async ValueTask<int> LengthAsync(bool isAsync, CancellationToken stop)
    {
        await FillAsync(0, WordBytes, isAsync, stop);
        var length = BinaryPrimitives.ReadUInt32BigEndian(_packed);
        return length <= MostBlockBytes ? (int)length : throw Damaged();
    }

    private async ValueTask<uint?> SumAsync(LzopFlags kind, bool isAsync, CancellationToken stop)
    {
        if ((_flags & kind) == 0) return null;
        await FillAsync(0, WordBytes, isAsync, stop);
        return BinaryPrimitives.ReadUInt32BigEndian(_packed);
    }

    /// <summary>The bytes up to a place in the buffer; they must be there.</summary>
    private async ValueTask FillAsync(int from, int to, bool isAsync, CancellationToken stop)
    {
        if (_packed.Length < to) Array.Resize(ref _packed, to);
        var space = _packed.AsMemory(from, to - from);
        if (isAsync) await compressed.ReadExactlyAsync(space, stop);
        else compressed.ReadExactly(space.Span);
    }

    /// <summary>None or so many: a member that is cut short is damage.</summary>
    private async ValueTask<int> TryFillAsync(int count, bool isAsync, CancellationToken stop)
    {
        var space = _packed.AsMemory(0, count);
        var got = isAsync ? await compressed.ReadAtLeastAsync(space, count, throwOnEndOfStream: false, stop) : compressed.ReadAtLeast(space.Span, count, throwOnEndOfStream: false);
        return got == 0 || got == count ? got : throw Damaged();
    }

    private int Take(Span<byte> buffer)
    {
        var count = Math.Min(buffer.Length, _end - _at);
        _plain.AsSpan(_at, count).CopyTo(buffer);
        _at += count;
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) compressed.Dispose();
        base.Dispose(disposing);
    }
}
