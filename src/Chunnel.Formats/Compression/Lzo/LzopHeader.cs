using System.Buffers.Binary;
using Chunnel.Core;

namespace Chunnel.Formats;

/// <summary>The head of an lzop file: magic, versions, method, flags, file times and name, a checksum. All numbers are big-endian.</summary>
internal readonly record struct LzopHeader(LzopFlags Flags, int NameBytes)
{
    /// <summary>Magic, the version of the writer and of its library: what says how long the rest is.</summary>
    public const int StartBytes = 13;

    /// <summary>lzop is asked for no more than LZO1X; its levels differ in effort, not in form.</summary>
    private const int LastMethod = 3;

    private const ushort Version = 0x1040;
    private const ushort LibraryVersion = 0x20A0;
    private const ushort VersionToExtract = 0x0940;
    private const byte Method = 1;
    private const byte Level = 1;
    private const uint FileMode = 0x81A4; // a plain file, rw-r--r--

    public static ReadOnlySpan<byte> Magic => [0x89, 0x4C, 0x5A, 0x4F, 0x00, 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>A whole header with an Adler sum of the plain bytes for each block, no name and no time.</summary>
    public static byte[] Make()
    {
        var fields = RestBytes(isOld: false) + StartBytes;
        var header = new byte[fields + 4];
        Magic.CopyTo(header);
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(9), Version);
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(11), LibraryVersion);
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(13), VersionToExtract);
        header[15] = Method;
        header[16] = Level;
        BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(17), (uint)(LzopFlags.AdlerOfPlain | LzopFlags.FromUnix));
        BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(21), FileMode);
        BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(fields), Checksum.Adler32(header.AsSpan(Magic.Length, fields - Magic.Length)));
        return header;
    }

    /// <summary>How many bytes follow the start, up to the length of the name and with it.</summary>
    public static int RestBytes(ReadOnlySpan<byte> start)
    {
        if (!start.StartsWith(Magic)) throw LzopReadStream.Damaged();
        return RestBytes(IsOld(start));
    }

    /// <summary>What a header says that is there up to the length of the name.</summary>
    public static LzopHeader Read(ReadOnlySpan<byte> header)
    {
        // Writers before 0.94 had neither the version needed to read the file nor a level nor the upper half of the time.
        var method = header[IsOld(header) ? 13 : 15];
        if (method is 0 or > LastMethod) throw LzopReadStream.Damaged();
        var flags = (LzopFlags)BinaryPrimitives.ReadUInt32BigEndian(header[(IsOld(header) ? 14 : 17)..]);
        if ((flags & LzopFlags.Filter) != 0)
        {
            throw new ChunnelException(CommonErrors.UnsupportedOperation, "The lzop file was filtered before it was compressed, which is not read.") { Mend = "Write it again with lzop 1.0 or later." };
        }
        return new LzopHeader(flags, header[^1]);
    }

    /// <summary>The checksum of a part of the header.</summary>
    public uint SumOf(ReadOnlySpan<byte> part) => (Flags & LzopFlags.CrcOfHeader) != 0 ? Checksum.Crc32(part) : Checksum.Adler32(part);

    private static int RestBytes(bool isOld) => isOld ? 14 : 21;

    private static bool IsOld(ReadOnlySpan<byte> header) => BinaryPrimitives.ReadUInt16BigEndian(header[Magic.Length..]) < VersionToExtract;
}
