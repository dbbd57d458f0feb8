using Chunnel.Core;

namespace Chunnel.Connectors.Jdbc;

/// <summary>Bytes of a COPY as they came, with room in front for the end of the chunk before.</summary>
internal sealed class CopyChunk(Block block)
{
    /// <summary>Room in front: a row that two chunks share is put together here.</summary>
    public const int HeadRoom = 16 << 10;

    public const int Bytes = (256 << 10) + HeadRoom;

    /// <summary>Where it counts as full: to wait for the little that still fits would be for nothing.</summary>
    public const int FullAt = Bytes - (16 << 10);

    public Block Block { get; } = block;

    /// <summary>Where its bytes begin.</summary>
    public int Start { get; set; } = HeadRoom;

    /// <summary>Where they end.</summary>
    public int End { get; set; } = HeadRoom;
}
