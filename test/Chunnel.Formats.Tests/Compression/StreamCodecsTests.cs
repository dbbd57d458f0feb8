using System.Buffers.Binary;
using System.Text;
using Chunnel.Core;
using K4os.Compression.LZ4;

namespace Chunnel.Formats.Tests;

public sealed class StreamCodecsTests
{
    private static readonly byte[] Data = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 20_000).Select(i => $"{i},name {i % 37}\n")));

    public static TheoryData<StreamCodec> Both => [.. Enum.GetValues<StreamCodec>()];

    [Theory, MemberData(nameof(Both))]
    public async Task What_a_codec_writes_it_reads(StreamCodec codec)
    {
        var file = new MemoryStream();
        await using (var writer = StreamCodecs.OpenWrite(codec, file))
        {
            for (var at = 0; at < Data.Length; at += 10_007) await writer.WriteAsync(Data.AsMemory(at, Math.Min(10_007, Data.Length - at)), TestContext.Current.CancellationToken);
        }
        var written = file.ToArray();
        if (codec != StreamCodec.None) written.Length.ShouldBeLessThan(Data.Length);
        var read = new MemoryStream();
        await using (var reader = StreamCodecs.OpenRead(codec, new ChoppyStream(written, seed: 3))) await reader.CopyToAsync(read, TestContext.Current.CancellationToken);
        read.ToArray().ShouldBe(Data);
    }

    [Theory]
    [InlineData("snappy", StreamCodec.Snappy)]
    [InlineData("lz4", StreamCodec.Lz4)]
    [InlineData("lzo", StreamCodec.Lzo)]
    public async Task Hadoops_blocks_are_read_too(string name, StreamCodec codec)
    {
        StreamCodecs.TryParse(name, out var parsed).ShouldBeTrue();
        parsed.ShouldBe(codec);
        var file = new MemoryStream();
        var word = new byte[4];
        for (var at = 0; at < Data.Length; at += 65_536)
        {
            var block = Data.AsSpan(at, Math.Min(65_536, Data.Length - at));
            BinaryPrimitives.WriteInt32BigEndian(word, block.Length);
            file.Write(word);
            var half = block.Length / 2;
            foreach (var part in new[] { block[..half].ToArray(), block[half..].ToArray() })
            {
                var packed = codec switch
                {
                    StreamCodec.Snappy => Snappier.Snappy.CompressToArray(part),
                    StreamCodec.Lz4 => Lz4(part),
                    _ => Lzo(part),
                };
                BinaryPrimitives.WriteInt32BigEndian(word, packed.Length);
                file.Write(word);
                file.Write(packed);
            }
        }
        var read = new MemoryStream();
        await using (var reader = StreamCodecs.OpenRead(codec, new MemoryStream(file.ToArray()))) await reader.CopyToAsync(read, TestContext.Current.CancellationToken);
        read.ToArray().ShouldBe(Data);
    }

    [Fact]
    public void Suffixes_name_codecs()
    {
        StreamCodecs.OfFileName("a/b.csv.gz").ShouldBe(StreamCodec.Gzip);
        StreamCodecs.OfFileName("b.zst").ShouldBe(StreamCodec.Zstd);
        StreamCodecs.OfFileName("b.csv").ShouldBe(StreamCodec.None);
        StreamCodecs.SuffixOf(StreamCodec.Zstd).ShouldBe(".zstd");
        StreamCodecs.TryParse("GZIP", out _).ShouldBeTrue();
        StreamCodecs.TryParse("rar", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task Damage_is_said_to_be_damage()
    {
        var schema = Decoding.Schema(("a", DataType.String));
        foreach (var codec in new[] { StreamCodec.Snappy, StreamCodec.Lz4, StreamCodec.Lzo, StreamCodec.Gzip })
        {
            var stream = StreamCodecs.OpenRead(codec, Decoding.Stream("this is no compressed file at all, is it?"));
            var error = await Should.ThrowAsync<ChunnelException>(() => Decoding.Rows(new TextDecoder(stream, Decoding.Request(schema), DelimitedOptions.Csv)));
            error.Code.Id.ShouldBe("FILE-08");
        }
    }

    private static byte[] Lz4(byte[] part)
    {
        var packed = new byte[LZ4Codec.MaximumOutputSize(part.Length)];
        return packed[..LZ4Codec.Encode(part, packed)];
    }

    private static byte[] Lzo(byte[] part)
    {
        var packed = new byte[Lzo1xEncoder.MostBytes(part.Length)];
        return packed[..new Lzo1xEncoder().Compress(part, packed)];
    }
}
