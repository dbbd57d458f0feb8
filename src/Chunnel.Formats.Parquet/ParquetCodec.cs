using Chunnel.Core;
using ParquetSharp;

namespace Chunnel.Formats.Parquet;

/// <summary>How pages are compressed (option <c>compress_codec</c>).</summary>
public enum ParquetCodec
{
    None,
    Snappy,
    Gzip,
    Brotli,
    Zstd,

    /// <summary>LZ4 blocks without Hadoop's frame (LZ4_RAW), which every reader takes.</summary>
    Lz4,
}

/// <summary>Names of codecs as job files write them.</summary>
public static class ParquetCodecs
{
    /// <exception cref="ChunnelException">LZO, which Parquet's library cannot write, or a name that is no codec's.</exception>
    public static ParquetCodec Parse(string name)
    {
        if (Enum.TryParse<ParquetCodec>(name, ignoreCase: true, out var codec) && !char.IsAsciiDigit(name[0])) return codec;
        throw new ChunnelException(
            CommonErrors.OptionValidateFailed,
            name.Equals("lzo", StringComparison.OrdinalIgnoreCase) ? "Parquet files are not written with compress_codec 'lzo'." : $"compress_codec '{name}' is not one of Parquet's.")
        {
            Mend = $"Choose one of {string.Join(", ", Enum.GetNames<ParquetCodec>()).ToLowerInvariant()}: snappy is as fast, zstd smaller.",
        };
    }

    internal static Compression ToNative(this ParquetCodec codec) => codec switch
    {
        ParquetCodec.Snappy => Compression.Snappy,
        ParquetCodec.Gzip => Compression.Gzip,
        ParquetCodec.Brotli => Compression.Brotli,
        ParquetCodec.Zstd => Compression.Zstd,
        ParquetCodec.Lz4 => Compression.Lz4,
        _ => Compression.Uncompressed,
    };
}
