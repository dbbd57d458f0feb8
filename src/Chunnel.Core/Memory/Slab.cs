namespace Chunnel.Core;

/// <summary>One pinned array that is cut into blocks of one size class. Guarded by its pool's lock.</summary>
internal sealed class Slab
{
    public required List<Block> Blocks { get; init; }

    public int Free { get; set; }

    public bool Unused => Free == Blocks.Count;
}
