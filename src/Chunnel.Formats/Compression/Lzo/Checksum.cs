namespace Chunnel.Formats;

/// <summary>The checksums that lzop writes beside its data.</summary>
internal static class Checksum
{
    private static readonly uint[] CrcTable = MakeCrcTable();

    /// <summary>Adler-32 (RFC 1950 section 8.2).</summary>
    public static uint Adler32(ReadOnlySpan<byte> data)
    {
        const uint Modulus = 65521;
        const int MostAtOnce = 5552; // so many bytes before a sum of 32 bits could overflow
        uint low = 1, high = 0;
        while (!data.IsEmpty)
        {
            var part = data[..Math.Min(MostAtOnce, data.Length)];
            foreach (var value in part)
            {
                low += value;
                high += low;
            }
            low %= Modulus;
            high %= Modulus;
            data = data[part.Length..];
        }
        return (high << 16) | low;
    }

    /// <summary>CRC-32 as zip and PNG have it (polynomial EDB88320).</summary>
    public static uint Crc32(ReadOnlySpan<byte> data)
    {
        var crc = uint.MaxValue;
        foreach (var value in data) crc = CrcTable[(byte)(crc ^ value)] ^ (crc >> 8);
        return ~crc;
    }

    private static uint[] MakeCrcTable()
    {
        var table = new uint[256];
        for (uint i = 0; i < table.Length; i++)
        {
            var value = i;
            for (var bit = 0; bit < 8; bit++) value = (value & 1) == 0 ? value >> 1 : (value >> 1) ^ 0xEDB88320;
            table[i] = value;
        }
        return table;
    }
}
