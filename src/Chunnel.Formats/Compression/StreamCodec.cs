namespace Chunnel.Formats;

/// <summary>How a whole stream is compressed.</summary>
public enum StreamCodec
{
    None,
    Gzip,
    Zlib,
    Brotli,
    Zstd,

    /// <summary>Snappy's framing format, or Hadoop's blocks when reading.</summary>
    Snappy,

    /// <summary>The LZ4 frame format, or Hadoop's blocks when reading.</summary>
    Lz4,

    /// <summary>What lzop writes, or Hadoop's blocks when reading.</summary>
    Lzo,
}
