using System.Buffers;

namespace Chunnel.Core;

/// <summary>
/// Bytes that grow at the end. Its owner keeps one, writes a batch's text into it, hands the bytes on and clears it: in the steady state
/// nothing is allocated.
/// </summary>
public sealed class ByteWriter(int capacity = 64 << 10) : IBufferWriter<byte>
{
    /// <summary>A writer that once grew beyond this, and beyond what it was made with, gives the memory back when it is cleared.</summary>
    private const int MostKeptBytes = 8 << 20;
    private const int LeastBytes = 256;

    private byte[] _bytes = GC.AllocateUninitializedArray<byte>(Math.Max(LeastBytes, capacity));

    /// <summary>Bytes written.</summary>
    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    public ReadOnlyMemory<byte> WrittenMemory => _bytes.AsMemory(0, Length);

    /// <summary>Room for at least so many bytes behind those written; tell with <see cref="Advance"/> how many were used.</summary>
    public Span<byte> Space(int bytes)
    {
        if (_bytes.Length - Length < bytes) Grow(bytes);
        return _bytes.AsSpan(Length);
    }

    public void Advance(int count)
    {
        System.Diagnostics.Debug.Assert(count >= 0 && Length + count <= _bytes.Length, "only room that was given is used");
        Length += count;
    }

    public void Append(byte value)
    {
        if (Length == _bytes.Length) Grow(1);
        _bytes[Length++] = value;
    }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Space(bytes.Length));
        Length += bytes.Length;
    }

    /// <summary>The number in decimal digits.</summary>
    public void Append(long value)
    {
        value.TryFormat(Space(IntText.MostBytes), out var bytes);
        Length += bytes;
    }

    /// <summary>Takes back what was written behind a length.</summary>
    public void Truncate(int length)
    {
        Belief.Holds(length >= 0 && length <= Length, "a writer is cut to a length that it had");
        Length = length;
    }

    public void Clear()
    {
        Length = 0;
        if (_bytes.Length > Math.Max(MostKeptBytes, capacity)) _bytes = GC.AllocateUninitializedArray<byte>(Math.Max(LeastBytes, capacity));
    }

    Memory<byte> IBufferWriter<byte>.GetMemory(int sizeHint)
    {
        Space(Math.Max(1, sizeHint));
        return _bytes.AsMemory(Length);
    }

    Span<byte> IBufferWriter<byte>.GetSpan(int sizeHint) => Space(Math.Max(1, sizeHint));

    private void Grow(int bytes)
    {
        var needed = checked(Length + bytes);
        var grown = GC.AllocateUninitializedArray<byte>((int)Math.Min(Math.Max(needed, 2L * _bytes.Length), Math.Max(needed, Array.MaxLength)));
        Written.CopyTo(grown);
        _bytes = grown;
    }
}
