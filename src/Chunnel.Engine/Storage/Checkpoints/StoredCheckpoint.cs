using System.Buffers.Binary;
using Chunnel.Control;

namespace Chunnel.Engine;

/// <summary>A checkpoint as it was read.</summary>
/// <param name="Header">What it says of itself.</param>
/// <param name="Content">What the engine keeps in it.</param>
public sealed record StoredCheckpoint(CheckpointHeader Header, ReadOnlyMemory<byte> Content)
{
    private const byte Format = 1;
    private const int HeaderCrc = 48;
    private const int HeaderBytes = HeaderCrc + 4;

    private static ReadOnlySpan<byte> Magic => "CHCP"u8;

    /// <summary>Files newer than this one that are damaged and were passed over, as sentences.</summary>
    public IReadOnlyList<string> PassedOver { get; init; } = [];

    /// <summary>
    /// Little-endian: <c>CHCP</c>, format, type, two zeros, length of everything (8), job (8), checkpoint (8), triggered as milliseconds since
    /// 1970 (8), pipeline (4), attempt (4), CRC-32 of all that (4); the content; the CRC-64 of all before it (8).
    /// </summary>
    internal byte[] ToBytes()
    {
        var bytes = new byte[HeaderBytes + Content.Length + StoredBytes.CrcBytes];
        var span = bytes.AsSpan();
        span[5] = (byte)Header.Type;
        BinaryPrimitives.WriteInt64LittleEndian(span[16..], Header.JobId);
        BinaryPrimitives.WriteInt64LittleEndian(span[24..], Header.CheckpointId);
        BinaryPrimitives.WriteInt64LittleEndian(span[32..], Header.TriggeredAt.ToUnixTimeMilliseconds());
        BinaryPrimitives.WriteInt32LittleEndian(span[40..], Header.PipelineId);
        BinaryPrimitives.WriteInt32LittleEndian(span[44..], Header.Attempt);
        Content.Span.CopyTo(span[HeaderBytes..]);
        StoredBytes.Finish(span, Magic, Format, HeaderCrc);
        return bytes;
    }

    internal static StoredCheckpoint? Parse(ReadOnlyMemory<byte> bytes, out StoredFault? fault)
    {
        var span = bytes.Span;
        fault = StoredBytes.Check(span, Magic, Format, HeaderCrc);
        if (fault is not null) return null;
        var header = new CheckpointHeader
        {
            Type = (CheckpointType)span[5],
            JobId = BinaryPrimitives.ReadInt64LittleEndian(span[16..]),
            CheckpointId = BinaryPrimitives.ReadInt64LittleEndian(span[24..]),
            TriggeredAt = DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64LittleEndian(span[32..])),
            PipelineId = BinaryPrimitives.ReadInt32LittleEndian(span[40..]),
            Attempt = BinaryPrimitives.ReadInt32LittleEndian(span[44..]),
        };
        return new StoredCheckpoint(header, bytes[HeaderBytes..^StoredBytes.CrcBytes]);
    }
}
