using System.Globalization;
using System.Text;
using Chunnel.Core;

namespace Chunnel.Formats.Tests;

/// <summary>Whatever the fast ways take, they take as the plain ones do.</summary>
public sealed unsafe class FastTextTests
{
    private const int Tries = 200_000;

    [Fact]
    public void Whole_numbers_are_read_as_IntText_reads_them()
    {
        var chance = new Random(1);
        for (var i = 0; i < Tries; i++)
        {
            var text = chance.Next(3) switch
            {
                0 => (chance.NextInt64(long.MinValue, long.MaxValue) >> chance.Next(64)).ToString(CultureInfo.InvariantCulture),
                1 => Noise(chance, "0123456789-+ ."),
                _ => chance.Next(100_000).ToString("D8", CultureInfo.InvariantCulture),
            };
            Compare(text, (byte* p, int n, out long v) => FastParse.TryLong(p, n, out v), (ReadOnlySpan<byte> t, out long v) => IntText.TryParse(t, out v));
        }
    }

    [Fact]
    public void Doubles_are_read_as_JavaDouble_reads_them()
    {
        var chance = new Random(2);
        for (var i = 0; i < Tries; i++)
        {
            var text = chance.Next(4) switch
            {
                0 => (chance.NextDouble() * Math.Pow(10, chance.Next(-5, 10))).ToString("R", CultureInfo.InvariantCulture),
                1 => Noise(chance, "0123456789.-"),
                2 => $"{chance.NextInt64(10_000_000_000)}.{chance.Next(1_000_000)}",
                _ => (chance.Next(-1_000_000, 1_000_000) / 100.0).ToString(CultureInfo.InvariantCulture),
            };
            Compare(text, (byte* p, int n, out double v) => FastParse.TryDouble(p, n, out v), (ReadOnlySpan<byte> t, out double v) => JavaDouble.TryParse(t, out v));
            Compare(text, (byte* p, int n, out float v) => FastParse.TryFloat(p, n, out v), (ReadOnlySpan<byte> t, out float v) => JavaFloat.TryParse(t, out v));
            Compare(text, (byte* p, int n, out Int128 v) =>
            {
                var read = FastParse.TryDecimal(p, n, 18, 4, out var unscaled, out _);
                v = unscaled;
                return read;
            }, (ReadOnlySpan<byte> t, out Int128 v) => DecimalText.TryParse(t, 18, 4, out v, out _));
        }
    }

    [Fact]
    public void Dates_and_timestamps_are_read_as_any_known_form_is()
    {
        var chance = new Random(3);
        for (var i = 0; i < Tries; i++)
        {
            var date = $"{chance.Next(10_000):D4}-{chance.Next(14):D2}-{chance.Next(33):D2}";
            var text = $"{date}{(chance.Next(2) == 0 ? ' ' : 'T')}{chance.Next(26):D2}:{chance.Next(62):D2}:{chance.Next(62):D2}";
            if (chance.Next(2) == 0) text += "." + chance.Next(1_000_000_000).ToString(CultureInfo.InvariantCulture);
            if (chance.Next(10) == 0) text = Spoil(chance, text);
            if (chance.Next(10) == 0) date = Spoil(chance, date);
            Compare(date, (byte* p, int n, out int v) => FastParse.TryDate(p, n, out v), (ReadOnlySpan<byte> t, out int v) => TimeDetection.TryParseDate(t, out v));
            Compare(text, (byte* p, int n, out (long, short) v) =>
            {
                var read = FastParse.TryTimestamp(p, n, out var micros, out var nanos);
                v = (micros, nanos);
                return read;
            }, (ReadOnlySpan<byte> t, out (long, short) v) =>
            {
                v = default;
                if (!TimeDetection.TryParse(t, out var time) || !time.TryToMicros(out var micros, out var nanos)) return ParseOutcome.Malformed;
                v = (micros, nanos);
                return ParseOutcome.Exact;
            });
        }
    }

    [Fact]
    public void Numbers_are_written_as_Java_writes_them()
    {
        var chance = new Random(4);
        var space = stackalloc byte[64];
        Span<byte> plain = stackalloc byte[JavaDouble.MostBytes];
        for (var i = 0; i < Tries; i++)
        {
            var value = chance.Next(4) switch
            {
                0 => chance.Next(-1_000_000, 1_000_000) / 100.0,
                1 => BitConverter.Int64BitsToDouble(chance.NextInt64(long.MinValue, long.MaxValue)),
                2 => chance.Next(-20_000_000, 20_000_000) / 1e6,
                _ => chance.NextDouble() * Math.Pow(10, chance.Next(-6, 9)),
            };
            Encoding.ASCII.GetString(space, (int)(FastFormat.Put(space, value) - space)).ShouldBe(Encoding.ASCII.GetString(plain[..JavaDouble.Format(value, plain)]));
            var whole = chance.NextInt64(long.MinValue, long.MaxValue) >> chance.Next(64);
            Encoding.ASCII.GetString(space, (int)(FastFormat.Put(space, whole) - space)).ShouldBe(whole.ToString(CultureInfo.InvariantCulture));
        }
        foreach (var edge in (long[])[0, 9, 10, 99, 100, 999_999_999, 1_000_000_000, uint.MaxValue, uint.MaxValue + 1L, long.MaxValue, long.MinValue])
            Encoding.ASCII.GetString(space, (int)(FastFormat.Put(space, edge) - space)).ShouldBe(edge.ToString(CultureInfo.InvariantCulture));
    }

    private delegate bool Fast<T>(byte* text, int length, out T value);

    private delegate ParseOutcome Plain<T>(ReadOnlySpan<byte> text, out T value);

    private static void Compare<T>(string text, Fast<T> fast, Plain<T> plain)
    {
        var bytes = new byte[text.Length + 64];
        Array.Fill(bytes, (byte)'7');
        Encoding.ASCII.GetBytes(text, bytes);
        fixed (byte* first = bytes)
        {
            if (!fast(first, text.Length, out var value)) return;
            plain(bytes.AsSpan(0, text.Length), out var expected).ShouldBe(ParseOutcome.Exact, $"'{text}' gave {value}");
            value.ShouldBe(expected, $"'{text}'");
        }
    }

    private static string Noise(Random chance, string letters) => string.Concat(Enumerable.Range(0, chance.Next(22)).Select(_ => letters[chance.Next(letters.Length)]));

    private static string Spoil(Random chance, string text)
    {
        var chars = text.ToCharArray();
        chars[chance.Next(chars.Length)] = (char)chance.Next(32, 127);
        return new string(chars);
    }
}
