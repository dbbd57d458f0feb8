using System.Buffers;

namespace Chunnel.Rest;

/// <summary>Bytes in chunks of the shared pool: a long answer leaves nothing to collect.</summary>
internal sealed class LentBytes : IBufferWriter<byte>, IDisposable
{
    private const int FirstBytes = 4 << 10;
    private const int MostBytes = 1 << 20;

    private readonly List<(byte[] Bytes, int Written)> _full = [];
    private byte[] _last = ArrayPool<byte>.Shared.Rent(FirstBytes);
    private int _written;

    /// <summary>In their order.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> Chunks => _full.Append((_last, _written)).Select(chunk => new ReadOnlyMemory<byte>(chunk.Item1, 0, chunk.Item2));

    public long Length { get; private set; }

    public void Advance(int count)
    {
        _written += count;
        Length += count;
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _last.AsMemory(_written);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _last.AsSpan(_written);
    }

    public void Dispose()
    {
        foreach (var (bytes, _) in _full) ArrayPool<byte>.Shared.Return(bytes);
        _full.Clear();
        if (_last.Length > 0) ArrayPool<byte>.Shared.Return(_last);
        _last = [];
    }

    private void Reserve(int bytes)
    {
        if (_last.Length - _written >= Math.Max(bytes, 1)) return;
        _full.Add((_last, _written));
        _last = ArrayPool<byte>.Shared.Rent(Math.Max(bytes, Math.Min(_last.Length * 2, MostBytes)));
        _written = 0;
    }
}
