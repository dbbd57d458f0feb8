using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Chunnel.Core;

/// <summary>A run of bytes within a block: what a column's values, offsets or bits stand in. Empty when it has no block.</summary>
public readonly struct ColumnBuffer(Block? block, int offset, int bytes)
{
    public Block? Block { get; } = block;

    /// <summary>Where the run starts in the block, in bytes.</summary>
    public int Offset { get; } = offset;

    public int Bytes { get; } = bytes;

    public bool IsEmpty => Block is null;

    /// <summary>The run as values of a fixed width.</summary>
    public Span<T> As<T>() where T : unmanaged =>
        Block is null ? [] : MemoryMarshal.Cast<byte, T>(Block.GetSpan().Slice(Offset, Bytes));

    /// <summary>The same bytes from a later start. Shares the block: the caller retains it.</summary>
    public ColumnBuffer Slice(int start, int bytes) => Block is null ? this : new ColumnBuffer(Block, Offset + start, bytes);

    /// <summary>A fresh, held run for so many values.</summary>
    public static ColumnBuffer Rent<T>(BatchMemory memory, int count) where T : unmanaged
    {
        var bytes = checked(count * Unsafe.SizeOf<T>());
        return new ColumnBuffer(memory.Rent(Math.Max(1, bytes)), 0, bytes);
    }

    /// <summary>A fresh, held run of bits for so many rows, whole words.</summary>
    public static ColumnBuffer RentBits(BatchMemory memory, int rows) => Rent<ulong>(memory, Bits.Words(rows));

    internal bool IsSoleOwner => Block is null || Block.References == 1;

    internal void Retain() => Block?.Retain();

    internal void Release() => Block?.Release();
}
