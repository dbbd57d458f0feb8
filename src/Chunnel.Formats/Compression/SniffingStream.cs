namespace Chunnel.Formats;

/// <summary>Decides by the first bytes which of two readers a stream needs.</summary>
internal sealed class SniffingStream(Stream inner, SniffingStream.Test isFirst, Func<Stream, Stream> first, Func<Stream, Stream> second) : ReadOnlyStream
{
    private const int HeadBytes = 4;

    private Stream? _opened;

    internal delegate bool Test(ReadOnlySpan<byte> head);

    public override int Read(Span<byte> buffer)
    {
        if (_opened is null)
        {
            var head = new byte[HeadBytes];
            Open(head, inner.ReadAtLeast(head, HeadBytes, throwOnEndOfStream: false));
        }
        return _opened!.Read(buffer);
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_opened is null)
        {
            var head = new byte[HeadBytes];
            Open(head, await inner.ReadAtLeastAsync(head, HeadBytes, throwOnEndOfStream: false, cancellationToken));
        }
        return await _opened!.ReadAsync(buffer, cancellationToken);
    }

    private void Open(byte[] head, int length)
    {
        var whole = new PrefixedStream(head.AsMemory(0, length), inner);
        _opened = isFirst(head.AsSpan(0, length)) ? first(whole) : second(whole);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _opened?.Dispose();
            inner.Dispose();
        }
        base.Dispose(disposing);
    }
}
