namespace Chunnel.Formats;

/// <summary>What an lzop header says of the blocks behind it.</summary>
[Flags]
internal enum LzopFlags : uint
{
    None = 0,
    AdlerOfPlain = 0x1,
    AdlerOfPacked = 0x2,
    ExtraField = 0x40,
    CrcOfPlain = 0x100,
    CrcOfPacked = 0x200,

    /// <summary>The data went through a filter first; lzop itself writes none since version 1.</summary>
    Filter = 0x800,

    /// <summary>The header's own checksum is a CRC and no Adler sum.</summary>
    CrcOfHeader = 0x1000,
    FromUnix = 0x03000000,
}
