using System.Numerics;
using System.Runtime.CompilerServices;

namespace Chunnel.Core;

/// <summary>
/// Pinned memory of a node, in blocks of 4 KiB to 1 MiB by powers of two. Larger values get an array of their own that is not kept.
/// Blocks come uninitialised. <see cref="Trim"/> lets the collector have the slabs that nobody uses.
/// </summary>
public sealed class BlockPool
{
    public const int SmallestBlockBytes = 4 << 10;
    public const int LargestBlockBytes = 1 << 20;

    private const int SlabBytes = 1 << 20;
    private const int Alignment = 64;
    private static readonly int SmallestClass = BitOperations.Log2(SmallestBlockBytes);
    private static readonly int ClassCount = BitOperations.Log2(LargestBlockBytes) - SmallestClass + 1;

    private readonly SizeClass[] _classes = [.. Enumerable.Range(0, ClassCount).Select(_ => new SizeClass())];
    private long _slabBytes;

    /// <summary>Bytes of all slabs, in use or kept for the next renter.</summary>
    public long SlabBytesHeld => Volatile.Read(ref _slabBytes);

    internal Block Rent(int bytes, MemoryBudget budget)
    {
        if (bytes > LargestBlockBytes) return RentLarge(bytes, budget);
        var sizeClass = bytes <= SmallestBlockBytes ? 0 : BitOperations.Log2((uint)(bytes - 1)) + 1 - SmallestClass;
        var blockBytes = SmallestBlockBytes << sizeClass;
        budget.Charge(blockBytes);
        var block = TakeFree(sizeClass, blockBytes);
        block.Begin(budget);
        return block;
    }

    internal void Return(Block block)
    {
        var home = _classes[block.SizeClass];
        lock (home.Lock)
        {
            home.Free.Push(block);
            block.Home!.Free++;
        }
    }

    /// <summary>Lets go of every slab that has no block in use. Returns the bytes let go.</summary>
    public long Trim()
    {
        long dropped = 0;
        foreach (var sizeClass in _classes)
        {
            lock (sizeClass.Lock)
            {
                if (!sizeClass.Slabs.Exists(slab => slab.Unused)) continue;
                var kept = sizeClass.Free.Where(block => !block.Home!.Unused).ToList();
                var unused = sizeClass.Slabs.FindAll(slab => slab.Unused);
                dropped += unused.Sum(slab => (long)slab.Blocks.Count * (slab.Blocks[0].Length + Block.SlackBytes));
                sizeClass.Slabs.RemoveAll(slab => slab.Unused);
                sizeClass.Free = new Stack<Block>(kept);
            }
        }
        Interlocked.Add(ref _slabBytes, -dropped);
        return dropped;
    }

    private static unsafe int OffsetOfAlignedByte(byte[] slab) =>
        (int)(-(nint)Unsafe.AsPointer(ref slab[0]) & (Alignment - 1));

    private static Block RentLarge(int bytes, MemoryBudget budget)
    {
        budget.Charge(bytes);
        var array = GC.AllocateUninitializedArray<byte>(bytes + Block.SlackBytes + Alignment, pinned: true);
        var block = new Block(pool: null, sizeClass: -1, home: null, array, OffsetOfAlignedByte(array), bytes);
        block.Begin(budget);
        return block;
    }

    private Block TakeFree(int sizeClass, int blockBytes)
    {
        var home = _classes[sizeClass];
        lock (home.Lock)
        {
            if (home.Free.Count == 0) Cut(home, sizeClass, blockBytes);
            var block = home.Free.Pop();
            block.Home!.Free--;
            return block;
        }
    }

    private void Cut(SizeClass home, int sizeClass, int blockBytes)
    {
        var stride = blockBytes + Block.SlackBytes;
        var count = Math.Max(1, SlabBytes / stride);
        var array = GC.AllocateUninitializedArray<byte>(count * stride + Alignment, pinned: true);
        var start = OffsetOfAlignedByte(array);
        var slab = new Slab { Blocks = new List<Block>(count) };
        for (var i = 0; i < count; i++)
        {
            var block = new Block(this, sizeClass, slab, array, start + i * stride, blockBytes);
            slab.Blocks.Add(block);
            home.Free.Push(block);
        }
        slab.Free = count;
        home.Slabs.Add(slab);
        Interlocked.Add(ref _slabBytes, (long)count * stride);
    }

    private sealed class SizeClass
    {
        public Lock Lock { get; } = new();

        public Stack<Block> Free { get; set; } = new();

        public List<Slab> Slabs { get; } = [];
    }
}
