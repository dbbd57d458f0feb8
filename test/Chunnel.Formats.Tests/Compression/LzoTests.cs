using System.Diagnostics;
using System.Text;
using CsCheck;

namespace Chunnel.Formats.Tests;

/// <summary>connectors.md 6.2, 6.4: lzo, against files that lzop 1.04 wrote and against lzop itself where it is installed.</summary>
public sealed class LzoTests
{
    /// <summary>What the files in <c>lzop/</c> hold.</summary>
    private static readonly byte[] Text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 2000).Select(i => $"{i % 700},name {i * i % 37},{new string('x', i % 300)}\n")));

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("level-1.lzo")]
    [InlineData("level-9.lzo")]
    [InlineData("crc32.lzo")]
    [InlineData("no-sums.lzo")]
    public async Task What_lzop_wrote_is_read(string file)
    {
        (await ReadAsync(Recorded(file))).ShouldBe(Text);
        ReadAtOnce(Recorded(file)).ShouldBe(Text);
    }

    [Fact]
    public async Task Members_follow_each_other() =>
        (await ReadAsync([.. Recorded("level-9.lzo"), .. Recorded("crc32.lzo")])).ShouldBe([.. Text, .. Text]);

    [Fact]
    public void What_is_written_is_read_again_whatever_it_is() =>
        Gen.Select(Gen.Int[0, 300_000], Gen.Int[1, 70_000], Gen.Int[1, 256], Gen.Int).Sample(
            (length, period, letters, seed) =>
            {
                var data = Bytes(length, period, letters, seed);
                ReadAtOnce(Write(data)).ShouldBe(data);
            },
            iter: 30);

    [Fact]
    public async Task What_is_written_lzop_reads()
    {
        Assert.SkipUnless(LzopIsHere(), "lzop is not installed: apt-get install lzop.");
        foreach (var (length, period, letters) in new[] { (0, 1, 1), (1, 1, 256), (7, 7, 256), (1_000, 3, 4), (70_000, 70_000, 256), (300_000, 1, 1), (600_000, 3_000, 20), (600_000, 20_000, 20), (600_000, 45_000, 256) })
        {
            var data = Bytes(length, period, letters, seed: length);
            (await LzopAsync(Write(data))).ShouldBe(data, $"{length} bytes that repeat after {period}, of {letters} letters");
        }
        (await LzopAsync(Write(Text))).ShouldBe(Text);
    }

    [Fact]
    public void A_damaged_file_is_said_to_be_damaged_and_never_read_as_something_else()
    {
        var whole = Recorded("level-9.lzo");
        for (var i = 4; i < 400; i++)
        {
            var damaged = whole.ToArray();
            damaged[i] ^= 0x41;
            try
            {
                ReadAtOnce(damaged).ShouldBe(Text, $"byte {i} is wrong");
            }
            catch (Exception e) when (e is InvalidDataException or EndOfStreamException or Core.ChunnelException)
            {
            }
        }
        Should.Throw<EndOfStreamException>(() => ReadAtOnce(whole[..^5]));
    }

    [Fact]
    public void A_block_that_lies_is_refused_without_reading_or_writing_outside() =>
        Gen.Byte.Array[0, 60].Sample(
            bytes =>
            {
                var room = new byte[100];
                try
                {
                    Lzo1xDecoder.Decompress(bytes, room.AsSpan(0, 50));
                }
                catch (InvalidDataException)
                {
                }
                room.AsSpan(50).ContainsAnyExcept((byte)0).ShouldBeFalse();
            },
            iter: 5_000);

    private static byte[] Write(byte[] data)
    {
        var file = new MemoryStream();
        using (var writer = StreamCodecs.OpenWrite(StreamCodec.Lzo, file))
        {
            for (var at = 0; at < data.Length; at += 100_003) writer.Write(data.AsSpan(at, Math.Min(100_003, data.Length - at)));
        }
        return file.ToArray();
    }

    private static async Task<byte[]> ReadAsync(byte[] file)
    {
        var plain = new MemoryStream();
        await using var reader = StreamCodecs.OpenRead(StreamCodec.Lzo, new ChoppyStream(file, seed: 5));
        await reader.CopyToAsync(plain, Stop);
        return plain.ToArray();
    }

    private static byte[] ReadAtOnce(byte[] file)
    {
        var plain = new MemoryStream();
        using var reader = StreamCodecs.OpenRead(StreamCodec.Lzo, new MemoryStream(file));
        reader.CopyTo(plain);
        return plain.ToArray();
    }

    private static byte[] Recorded(string file)
    {
        using var stream = typeof(LzoTests).Assembly.GetManifestResourceStream(file)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>Bytes that repeat after so many, with a byte changed here and there.</summary>
    private static byte[] Bytes(int length, int period, int letters, int seed)
    {
        var random = new Random(seed);
        var data = new byte[length];
        for (var i = 0; i < length; i++) data[i] = i < period || random.Next(50) == 0 ? (byte)random.Next(letters) : data[i - period];
        return data;
    }

    private static bool LzopIsHere() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, "lzop")));

    private static async Task<byte[]> LzopAsync(byte[] file)
    {
        using var lzop = Process.Start(new ProcessStartInfo("lzop", "-dc") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var plain = new MemoryStream();
        var reading = lzop.StandardOutput.BaseStream.CopyToAsync(plain, Stop);
        await lzop.StandardInput.BaseStream.WriteAsync(file, Stop);
        lzop.StandardInput.Close();
        await reading;
        await lzop.WaitForExitAsync(Stop);
        lzop.ExitCode.ShouldBe(0, await lzop.StandardError.ReadToEndAsync(Stop));
        return plain.ToArray();
    }
}
