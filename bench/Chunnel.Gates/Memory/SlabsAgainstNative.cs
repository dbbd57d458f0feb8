using System.Buffers;
using System.Runtime.InteropServices;
using Chunnel.Core;

namespace Chunnel.Gates.Memory;

/// <summary>data-path.md 10 item 4.</summary>
internal sealed class SlabsAgainstNative : Gate
{
    private const int Rounds = 20_000;
    private const long HeldBytes = 512L << 20;

    public override string Name => "memory";

    public override string Question => "Are pinned slabs as fast as native memory, and do they give it back?";

    public override void Run(Report report)
    {
        foreach (var bytes in (int[])[4 << 10, 32 << 10, 256 << 10])
        {
            Speed(report, bytes);
        }
        GiveBackSlabs(report);
        GiveBackNative(report);
    }

    /// <summary>Five blocks a round, as a batch of five columns takes them, the first line of each written to.</summary>
    private static unsafe void Speed(Report report, int bytes)
    {
        var memory = BatchMemory.Unlimited();
        var blocks = new Block[5];
        var slabs = Clock.NanosecondsPer(Rounds * 5L, () =>
        {
            for (var round = 0; round < Rounds; round++)
            {
                for (var i = 0; i < blocks.Length; i++)
                {
                    blocks[i] = memory.Rent(bytes);
                    blocks[i].GetSpan()[0] = 1;
                }
                foreach (var block in blocks)
                {
                    block.Release();
                }
            }
        });
        var pointers = new void*[5];
        var native = Clock.NanosecondsPer(Rounds * 5L, () =>
        {
            for (var round = 0; round < Rounds; round++)
            {
                for (var i = 0; i < pointers.Length; i++)
                {
                    pointers[i] = NativeMemory.AlignedAlloc((nuint)bytes, 64);
                    *(byte*)pointers[i] = 1;
                }
                foreach (var pointer in pointers)
                {
                    NativeMemory.AlignedFree(pointer);
                }
            }
        });
        var arrays = new byte[5][];
        var shared = Clock.NanosecondsPer(Rounds * 5L, () =>
        {
            for (var round = 0; round < Rounds; round++)
            {
                for (var i = 0; i < arrays.Length; i++)
                {
                    arrays[i] = ArrayPool<byte>.Shared.Rent(bytes);
                    arrays[i][0] = 1;
                }
                foreach (var array in arrays)
                {
                    ArrayPool<byte>.Shared.Return(array);
                }
            }
        });
        report.Row($"rent, touch and give back {bytes >> 10} KiB, ns each", $"slabs {slabs:F0}; native (glibc) {native:F0}; ArrayPool.Shared {shared:F0}");
    }

    private static void GiveBackSlabs(Report report)
    {
        var memory = BatchMemory.Unlimited();
        Settle();
        var before = Machine.ResidentMiB;
        var blocks = new List<Block>();
        foreach (var bytes in Sizes())
        {
            var block = memory.Rent(bytes);
            block.GetSpan().Fill(1);
            blocks.Add(block);
        }
        var full = Machine.ResidentMiB;
        blocks.ForEach(block => block.Release());
        blocks = null;
        var released = Machine.ResidentMiB;
        memory.Pool.Trim();
        Settle();
        report.Row("512 MiB in slabs, resident MiB above the start: held; given back; trimmed and collected", $"{full - before:F0}; {released - before:F0}; {Machine.ResidentMiB - before:F0}");
    }

    private static unsafe void GiveBackNative(Report report)
    {
        Settle();
        var before = Machine.ResidentMiB;
        var pointers = new List<nint>();
        foreach (var bytes in Sizes())
        {
            var pointer = NativeMemory.AlignedAlloc((nuint)bytes, 64);
            new Span<byte>(pointer, bytes).Fill(1);
            pointers.Add((nint)pointer);
        }
        var full = Machine.ResidentMiB;
        // Every hundredth stays, as a row that somebody still holds does.
        for (var i = 0; i < pointers.Count; i++)
        {
            if (i % 100 != 0)
            {
                NativeMemory.AlignedFree((void*)pointers[i]);
            }
        }
        report.Row("512 MiB native, resident MiB above the start: held; freed but for every hundredth", $"{full - before:F0}; {Machine.ResidentMiB - before:F0}");
        for (var i = 0; i < pointers.Count; i += 100)
        {
            NativeMemory.AlignedFree((void*)pointers[i]);
        }
    }

    private static IEnumerable<int> Sizes()
    {
        var dice = new Random(4);
        for (long sum = 0; sum < HeldBytes;)
        {
            var bytes = 4096 << dice.Next(6);
            sum += bytes;
            yield return bytes;
        }
    }

    private static void Settle()
    {
        GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
    }
}
