using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Chunnel.Core;

/// <summary>
/// A piece of a pinned slab, counted by reference: whoever keeps it retains it, whoever is done releases it, and the last
/// release gives it back to the pool. Behind the usable bytes stand <see cref="SlackBytes"/> more, so that vector loops may overrun.
/// Pinning retains and unpinning releases: a C consumer holds exactly what it needs, as long as it needs it, without a copy.
/// </summary>
public sealed unsafe class Block : MemoryManager<byte>
{
    /// <summary>Readable and writable bytes behind every block's end.</summary>
    public const int SlackBytes = 128;

    private readonly byte[] _slab;
    private readonly int _offset;
    private int _references;
    private MemoryBudget? _budget;

    internal Block(BlockPool? pool, int sizeClass, Slab? home, byte[] slab, int offset, int bytes)
    {
        Pool = pool;
        SizeClass = sizeClass;
        Home = home;
        _slab = slab;
        _offset = offset;
        Length = bytes;
    }

    /// <summary>Usable bytes.</summary>
    public int Length { get; }

    /// <summary>How often the block is held.</summary>
    public int References => Volatile.Read(ref _references);

    /// <summary>Rises with each life of the block: a span kept beyond a release can be told by it.</summary>
    public int Generation { get; private set; }

    internal BlockPool? Pool { get; }

    internal int SizeClass { get; }

    internal Slab? Home { get; }

    /// <summary>The block's bytes without slack.</summary>
    public override Span<byte> GetSpan()
    {
        ThrowIfReleased();
        return MemoryMarshal.CreateSpan(ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_slab), _offset), Length);
    }

    /// <summary>The block's bytes and the slack behind them.</summary>
    public Span<byte> SpanWithSlack =>
        MemoryMarshal.CreateSpan(ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_slab), _offset), Length + SlackBytes);

    /// <summary>The address of the first byte: it never moves while the block is held.</summary>
    public byte* Pointer => (byte*)Unsafe.AsPointer(ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_slab), _offset));

    public override MemoryHandle Pin(int elementIndex = 0)
    {
        Retain();
        return new MemoryHandle(Pointer + elementIndex, pinnable: this);
    }

    public override void Unpin() => Release();

    public void Retain()
    {
        var references = Interlocked.Increment(ref _references);
        Belief.Holds(references > 1, "a block is retained only while it is held");
    }

    public void Release()
    {
        var references = Interlocked.Decrement(ref _references);
        Belief.Holds(references >= 0, "a block is released once by each holder");
        if (references == 0) GiveBack();
    }

    internal void Begin(MemoryBudget budget)
    {
        _budget = budget;
        Volatile.Write(ref _references, 1);
    }

    private void GiveBack()
    {
        Poison();
        Generation++;
        var budget = _budget!;
        _budget = null;
        Pool?.Return(this);
        budget.Credit(Length);
    }

    [System.Diagnostics.Conditional("DEBUG")]
    private void Poison() => SpanWithSlack.Fill(0xDB);

    [System.Diagnostics.Conditional("DEBUG")]
    private void ThrowIfReleased() => Belief.Holds(References > 0, "bytes of a released block are not touched");

    protected override void Dispose(bool disposing)
    {
        // The memory belongs to the pool; holders call Release.
    }
}
