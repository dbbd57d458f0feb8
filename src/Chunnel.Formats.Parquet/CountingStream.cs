namespace Chunnel.Formats.Parquet;

/// <summary>Gives a stream that cannot seek the position that Parquet's writer asks for, and can close its ears.</summary>
internal sealed class CountingStream(Stream inner, bool leaveOpen) : Stream
{
    private long _position;
    private bool _refusing;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => _position;

    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException("A file is written from front to back.");
    }

    /// <summary>From now on nothing reaches the stream.</summary>
    public void Refuse() => _refusing = true;

    public override void Flush()
    {
        if (!_refusing) inner.Flush();
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (!_refusing) inner.Write(buffer);
        _position += buffer.Length;
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing && !leaveOpen) inner.Dispose();
        base.Dispose(disposing);
    }
}
