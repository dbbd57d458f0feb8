using System.Buffers.Binary;
using System.IO.Hashing;

namespace Chunnel.Engine;

/// <summary>
/// What everything that is stored has in common, little-endian: four letters, its format (1), three bytes of its own, its length (8), more of
/// its own, the CRC-32 of its header (4); at its end the CRC-64 of all before it (8). So a write that was cut off and one that was changed are
/// told apart, and neither is taken for right.
/// </summary>
internal static class StoredBytes
{
    public const int CrcBytes = 8;

    private const int HeaderCrcBytes = 4;
    private const int FormatAt = 4;
    private const int LengthAt = 8;

    /// <summary>Fills in what is common, when everything else is there.</summary>
    public static void Finish(Span<byte> bytes, ReadOnlySpan<byte> magic, byte format, int headerCrcAt)
    {
        magic.CopyTo(bytes);
        bytes[FormatAt] = format;
        BinaryPrimitives.WriteInt64LittleEndian(bytes[LengthAt..], bytes.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[headerCrcAt..], Crc32.HashToUInt32(bytes[..headerCrcAt]));
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[^CrcBytes..], Crc64.HashToUInt64(bytes[..^CrcBytes]));
    }

    /// <summary>What is wrong with bytes that were read; null when they are what was written.</summary>
    public static StoredFault? Check(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> magic, byte format, int headerCrcAt)
    {
        var header = headerCrcAt + HeaderCrcBytes;
        if (!bytes.StartsWith(magic[..Math.Min(magic.Length, bytes.Length)])) return StoredFault.Damaged("does not begin as Chunnel writes it");
        if (bytes.Length < header) return StoredFault.Torn($"ends after {bytes.Length} bytes, within its header");
        if (BinaryPrimitives.ReadUInt32LittleEndian(bytes[headerCrcAt..]) != Crc32.HashToUInt32(bytes[..headerCrcAt])) return StoredFault.Damaged("has a header that does not fit its checksum");
        if (bytes[FormatAt] != format) return StoredFault.Damaged($"was written by another Chunnel, in format {bytes[FormatAt]}; this one reads format {format}");
        var length = BinaryPrimitives.ReadInt64LittleEndian(bytes[LengthAt..]);
        if (bytes.Length < length) return StoredFault.Torn($"ends after {bytes.Length} of {length} bytes");
        if (bytes.Length > length || length < header + CrcBytes) return StoredFault.Damaged($"has {bytes.Length} bytes instead of {length}");
        return BinaryPrimitives.ReadUInt64LittleEndian(bytes[^CrcBytes..]) == Crc64.HashToUInt64(bytes[..^CrcBytes]) ? null : StoredFault.Damaged("does not fit its checksum");
    }
}

/// <summary>Why an object is not what was written there.</summary>
/// <param name="IsTorn">Its end is missing: the write did not come to its end.</param>
/// <param name="What">The words after its name.</param>
internal sealed record StoredFault(bool IsTorn, string What)
{
    public static StoredFault Torn(string what) => new(true, what);

    public static StoredFault Damaged(string what) => new(false, what);
}
