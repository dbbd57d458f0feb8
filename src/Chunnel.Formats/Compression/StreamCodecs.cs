using System.IO.Compression;
using K4os.Compression.LZ4.Streams;
using Snappier;

namespace Chunnel.Formats;

/// <summary>Compressed streams by the names that job files use and by the suffixes that files have.</summary>
public static class StreamCodecs
{
    private static readonly (StreamCodec Codec, string Suffix, string[] Names)[] Known =
    [
        (StreamCodec.None, "", ["none", ""]),
        (StreamCodec.Gzip, ".gz", ["gzip", "gz"]),
        (StreamCodec.Zlib, ".zlib", ["zlib", "deflate"]),
        (StreamCodec.Brotli, ".br", ["brotli", "br"]),
        (StreamCodec.Zstd, ".zstd", ["zstd", "zst"]),
        (StreamCodec.Snappy, ".snappy", ["snappy"]),
        (StreamCodec.Lz4, ".lz4", ["lz4"]),
        (StreamCodec.Lzo, ".lzo", ["lzo"]),
    ];

    /// <summary>Every name that <see cref="TryParse"/> takes, the usual one of each codec.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Known.Select(known => known.Names[0])];

    /// <summary>Reads a codec's name, in any case.</summary>
    public static bool TryParse(string name, out StreamCodec codec)
    {
        foreach (var known in Known)
        {
            if (!known.Names.Contains(name.Trim(), StringComparer.OrdinalIgnoreCase)) continue;
            codec = known.Codec;
            return true;
        }
        codec = StreamCodec.None;
        return false;
    }

    /// <summary>The codec that a file's last suffix names; none when it names no codec.</summary>
    public static StreamCodec OfFileName(string fileName)
    {
        var suffix = Path.GetExtension(fileName);
        return suffix.Length > 1 && TryParse(suffix[1..], out var codec) ? codec : StreamCodec.None;
    }

    /// <summary>The suffix that stands before the format's own (spec connectors.md 6.5), e.g. <c>.gz</c>; empty for none.</summary>
    public static string SuffixOf(StreamCodec codec) => Known.First(known => known.Codec == codec).Suffix;

    /// <summary>The plain bytes of a compressed stream. Disposing it disposes the inner stream.</summary>
    public static Stream OpenRead(StreamCodec codec, Stream compressed) => codec switch
    {
        StreamCodec.None => compressed,
        StreamCodec.Gzip => new GZipStream(compressed, CompressionMode.Decompress),
        StreamCodec.Zlib => new ZLibStream(compressed, CompressionMode.Decompress),
        StreamCodec.Brotli => new BrotliStream(compressed, CompressionMode.Decompress),
        StreamCodec.Zstd => new ZstdSharp.DecompressionStream(compressed, leaveOpen: false),
        StreamCodec.Snappy => new SniffingStream(compressed, IsSnappyFrame, framed => new SnappyStream(framed, CompressionMode.Decompress), blocks => new HadoopBlockStream(blocks, HadoopBlockStream.Snappy)),
        StreamCodec.Lz4 => new SniffingStream(compressed, IsLz4Frame, framed => LZ4Stream.Decode(framed), blocks => new HadoopBlockStream(blocks, HadoopBlockStream.Lz4)),
        StreamCodec.Lzo => new SniffingStream(compressed, IsLzop, lzop => new LzopReadStream(lzop), blocks => new HadoopBlockStream(blocks, HadoopBlockStream.Lzo)),
        _ => throw new ArgumentOutOfRangeException(nameof(codec)),
    };

    /// <summary>A stream that compresses what is written to it. Disposing it ends the compressed data and disposes the inner stream.</summary>
    public static Stream OpenWrite(StreamCodec codec, Stream to) => codec switch
    {
        StreamCodec.None => to,
        StreamCodec.Gzip => new GZipStream(to, CompressionLevel.Fastest),
        StreamCodec.Zlib => new ZLibStream(to, CompressionLevel.Fastest),
        StreamCodec.Brotli => new BrotliStream(to, CompressionLevel.Fastest),
        StreamCodec.Zstd => new ZstdSharp.CompressionStream(to, leaveOpen: false),
        StreamCodec.Snappy => new SnappyStream(to, CompressionMode.Compress),
        StreamCodec.Lz4 => LZ4Stream.Encode(to),
        StreamCodec.Lzo => new LzopWriteStream(to),
        _ => throw new ArgumentOutOfRangeException(nameof(codec)),
    };

    private static bool IsSnappyFrame(ReadOnlySpan<byte> head) => head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0x06, 0x00, 0x00]);

    private static bool IsLz4Frame(ReadOnlySpan<byte> head) => head.StartsWith((ReadOnlySpan<byte>)[0x04, 0x22, 0x4D, 0x18]);

    private static bool IsLzop(ReadOnlySpan<byte> head) => head.StartsWith(LzopHeader.Magic[..4]);
}
