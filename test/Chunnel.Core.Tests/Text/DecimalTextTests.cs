using System.Globalization;
using System.Numerics;
using System.Text;
using CsCheck;

namespace Chunnel.Core.Tests;

public sealed class DecimalTextTests
{
    [Theory]
    [InlineData("0", 0, 0, "0", "0")]
    [InlineData("12345", 2, 2, "123.45", "123.45")]
    [InlineData("-12345", 2, 2, "-123.45", "-123.45")]
    [InlineData("5", 3, 3, "0.005", "0.005")]
    [InlineData("12300", 4, 2, "1.23", "1.23")]
    [InlineData("12300", 4, 1, "1.23", "1.23")]
    [InlineData("12300", 4, 6, "1.230000", "1.230000")]
    [InlineData("1000", 0, -3, "1000", "1E+3")]
    [InlineData("1200", 0, -2, "1200", "1.2E+3")]
    [InlineData("0", 8, 8, "0.00000000", "0E-8")]
    [InlineData("1", 7, 7, "0.0000001", "1E-7")]
    [InlineData("1", 6, 6, "0.000001", "0.000001")]
    [InlineData("99999999999999999999999999999999999999", 0, 0, "99999999999999999999999999999999999999", "99999999999999999999999999999999999999")]
    [InlineData("-99999999999999999999999999999999999999", 38, 38, "-0.99999999999999999999999999999999999999", "-0.99999999999999999999999999999999999999")]
    public void A_decimal_is_shown_plain_and_as_BigDecimal_prints_it(string unscaled, int scale, int shown, string plain, string java)
    {
        var value = Int128.Parse(unscaled, CultureInfo.InvariantCulture);
        DecimalText.ToText(value, scale, shown).ShouldBe(plain);
        var space = new byte[DecimalText.MostBytes];
        Encoding.ASCII.GetString(space, 0, DecimalText.FormatJava(value, scale, shown, space)).ShouldBe(java);
    }

    [Theory]
    [InlineData("123.45", 10, 2, "12345", 2, ParseOutcome.Exact)]
    [InlineData("123.4", 10, 2, "12340", 1, ParseOutcome.Exact)]
    [InlineData("123.456", 5, 2, "12346", 2, ParseOutcome.Rounded)]
    [InlineData("-0.005", 5, 2, "-1", 2, ParseOutcome.Rounded)]
    [InlineData("0.0049", 5, 2, "0", 2, ParseOutcome.Rounded)]
    [InlineData("12345.68", 5, 2, "0", 2, ParseOutcome.OutOfRange)]
    [InlineData("999.995", 5, 2, "0", 2, ParseOutcome.OutOfRange)]
    [InlineData("1E3", 10, 2, "100000", -3, ParseOutcome.Exact)]
    [InlineData("1.5e-1", 10, 2, "15", 2, ParseOutcome.Exact)]
    [InlineData("1E-400", 38, 18, "0", 18, ParseOutcome.Rounded)]
    [InlineData("1E400", 38, 18, "0", -128, ParseOutcome.OutOfRange)]
    [InlineData("0E400", 38, 18, "0", -128, ParseOutcome.Exact)]
    [InlineData("+.5", 10, 2, "50", 1, ParseOutcome.Exact)]
    [InlineData("00000000000000000000000000000000000000000000001", 5, 0, "1", 0, ParseOutcome.Exact)]
    [InlineData("0.99999999999999999999999999999999999999", 38, 38, "99999999999999999999999999999999999999", 38, ParseOutcome.Exact)]
    [InlineData("0.999999999999999999999999999999999999994", 38, 38, "99999999999999999999999999999999999999", 38, ParseOutcome.Rounded)]
    [InlineData("0.999999999999999999999999999999999999996", 38, 38, "0", 38, ParseOutcome.OutOfRange)]
    public void A_decimal_is_read_into_its_type_and_losses_are_told(string text, int precision, int scale, string unscaled, int shown, ParseOutcome outcome)
    {
        DecimalText.TryParse(Encoding.ASCII.GetBytes(text), precision, scale, out var value, out var shownScale).ShouldBe(outcome);
        value.ShouldBe(Int128.Parse(unscaled, CultureInfo.InvariantCulture));
        if (outcome != ParseOutcome.OutOfRange) shownScale.ShouldBe((sbyte)shown);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData(".")]
    [InlineData("1.2.3")]
    [InlineData("1e")]
    [InlineData("NaN")]
    [InlineData(" 1")]
    public void What_is_no_decimal_is_malformed(string text) =>
        DecimalText.TryParse(Encoding.ASCII.GetBytes(text), 10, 2, out _, out _).ShouldBe(ParseOutcome.Malformed);

    [Fact]
    public void Rounding_agrees_with_exact_arithmetic() =>
        Gen.Select(Gen.Char["0123456789"].Array[1, 44], Gen.Int[0, 44], Gen.Int[1, 38], Gen.Int[0, 38], Gen.Bool).Sample((digits, places, precision, scale, negative) =>
        {
            scale = Math.Min(scale, precision);
            places = Math.Min(places, digits.Length - 1);
            var point = digits.Length - places;
            var text = (negative ? "-" : "") + new string(digits[..point]) + (places > 0 ? "." + new string(digits[point..]) : "");
            var exact = BigInteger.Parse(digits, CultureInfo.InvariantCulture) * BigInteger.Pow(10, scale + 1);
            var unit = BigInteger.Pow(10, places);
            var tenths = BigInteger.DivRem(exact, unit, out var rest);
            var rounded = (tenths + 5) / 10;
            var lossless = rest.IsZero && tenths % 10 == 0;
            var expected = rounded >= BigInteger.Pow(10, precision) ? ParseOutcome.OutOfRange : lossless ? ParseOutcome.Exact : ParseOutcome.Rounded;
            DecimalText.TryParse(Encoding.ASCII.GetBytes(text), precision, scale, out var value, out _).ShouldBe(expected, text);
            if (expected != ParseOutcome.OutOfRange) ((BigInteger)value).ShouldBe(negative ? -rounded : rounded, text);
        }, iter: 10_000);

    [Fact]
    public void What_is_shown_reads_back_with_its_shown_scale() =>
        Gen.Select(Gen.Long, Gen.Int[0, 1_000_000], Gen.Int[0, 20]).Sample((high, low, scale) =>
        {
            var value = (Int128)high * 1_000_000 + low;
            var text = DecimalText.ToText(value, scale);
            DecimalText.TryParse(Encoding.ASCII.GetBytes(text), 38, scale, out var back, out var shown).ShouldBe(ParseOutcome.Exact);
            back.ShouldBe(value);
            shown.ShouldBe((sbyte)scale);
        }, iter: 5_000);
}
