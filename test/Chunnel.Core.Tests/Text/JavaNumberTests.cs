using System.Text;
using CsCheck;

namespace Chunnel.Core.Tests;

/// <summary>spec connectors.md 4 (console), rest-api.md D (double texts): numbers look as Java prints them.</summary>
public sealed class JavaNumberTests
{
    [Theory]
    [InlineData(0.0, "0.0")]
    [InlineData(-0.0, "-0.0")]
    [InlineData(5, "5.0")]
    [InlineData(-5, "-5.0")]
    [InlineData(100, "100.0")]
    [InlineData(1e7, "1.0E7")]
    [InlineData(9999999, "9999999.0")]
    [InlineData(12345678.9, "1.23456789E7")]
    [InlineData(1234567.1234567, "1234567.1234567")]
    [InlineData(-9999999.999999998, "-9999999.999999998")]
    [InlineData(0.0010000000000000002, "0.0010000000000000002")]
    [InlineData(0.001, "0.001")]
    [InlineData(0.0009999, "9.999E-4")]
    [InlineData(1e-5, "1.0E-5")]
    [InlineData(0.1, "0.1")]
    [InlineData(0.30000000000000004, "0.30000000000000004")]
    [InlineData(3.141592653589793, "3.141592653589793")]
    [InlineData(2.338268557398085E307, "2.338268557398085E307")]
    [InlineData(174.23999999999998, "174.23999999999998")]
    [InlineData(double.MaxValue, "1.7976931348623157E308")]
    [InlineData(double.Epsilon, "4.9E-324")]
    [InlineData(2.2250738585072014E-308, "2.2250738585072014E-308")]
    [InlineData(1e23, "1.0E23")]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.PositiveInfinity, "Infinity")]
    [InlineData(double.NegativeInfinity, "-Infinity")]
    public void A_double_looks_as_Java_prints_it(double value, string text) => JavaDouble.ToText(value).ShouldBe(text);

    [Theory]
    [InlineData(1.5f, "1.5")]
    [InlineData(3.096156E38f, "3.096156E38")]
    [InlineData(1.1800876f, "1.1800876")]
    [InlineData(16777216f, "1.6777216E7")]
    [InlineData(0.1f, "0.1")]
    [InlineData(0.001f, "0.001")]
    [InlineData(float.Epsilon, "1.4E-45")]
    [InlineData(float.MaxValue, "3.4028235E38")]
    [InlineData(-0f, "-0.0")]
    [InlineData(float.NaN, "NaN")]
    public void A_float_looks_as_Java_prints_it(float value, string text) => JavaFloat.ToText(value).ShouldBe(text);

    [Fact]
    public void Every_double_reads_back_as_itself_from_the_fewest_digits() =>
        Gen.OneOf<double>(Gen.Double, Gen.Double[-1e8, 1e8], Gen.Int[-99_999_999, 99_999_999].Select(cents => cents / 100.0), Gen.Double[-1, 1]).Sample(value =>
        {
            var text = JavaDouble.ToText(value);
            JavaDouble.TryParse(Encoding.ASCII.GetBytes(text), out var back).ShouldBe(ParseOutcome.Exact);
            BitConverter.DoubleToInt64Bits(back).ShouldBe(BitConverter.DoubleToInt64Bits(value), text);
            Significant(text).ShouldBe(Significant(value.ToString("R", System.Globalization.CultureInfo.InvariantCulture)), text);
            if (double.IsFinite(value)) (text.Contains('E', StringComparison.Ordinal) || value == 0).ShouldBe(Math.Abs(value) is < 1e-3 or >= 1e7 || value == 0, text);
        }, iter: 10_000);

    [Fact]
    public void Every_float_reads_back_as_itself_from_the_fewest_digits() =>
        Gen.OneOf<float>(Gen.Float, Gen.Float[-1e4f, 1e4f], Gen.Int[-99_999, 99_999].Select(cents => cents / 100f)).Sample(value =>
        {
            var text = JavaFloat.ToText(value);
            JavaFloat.TryParse(Encoding.ASCII.GetBytes(text), out var back).ShouldBe(ParseOutcome.Exact);
            BitConverter.SingleToInt32Bits(back).ShouldBe(BitConverter.SingleToInt32Bits(value), text);
            Significant(text).ShouldBe(Significant(value.ToString("R", System.Globalization.CultureInfo.InvariantCulture)), text);
        }, iter: 10_000);

    [Theory]
    [InlineData("1", 1.0)]
    [InlineData("+1.5", 1.5)]
    [InlineData(".5", 0.5)]
    [InlineData("5.", 5.0)]
    [InlineData("1e3", 1000.0)]
    [InlineData("1E+3", 1000.0)]
    [InlineData("-1E-400", -0.0)]
    [InlineData("1E400", double.PositiveInfinity)]
    [InlineData("123456789012345678901234567890", 1.2345678901234568E29)]
    [InlineData("-0", -0.0)]
    public void Numbers_are_read_in_all_their_forms(string text, double value)
    {
        JavaDouble.TryParse(Encoding.ASCII.GetBytes(text), out var read).ShouldBe(ParseOutcome.Exact);
        BitConverter.DoubleToInt64Bits(read).ShouldBe(BitConverter.DoubleToInt64Bits(value));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" 1")]
    [InlineData("1 ")]
    [InlineData("1,5")]
    [InlineData("abc")]
    [InlineData("1e")]
    [InlineData("--1")]
    [InlineData("1.2.3")]
    [InlineData("nan")]
    [InlineData("inf")]
    [InlineData("\u221e")]
    public void What_is_no_number_is_malformed(string text)
    {
        JavaDouble.TryParse(Encoding.UTF8.GetBytes(text), out _).ShouldBe(ParseOutcome.Malformed);
        JavaFloat.TryParse(Encoding.UTF8.GetBytes(text), out _).ShouldBe(ParseOutcome.Malformed);
    }

    [Fact]
    public void Whole_numbers_agree_with_the_platform_within_and_beyond_their_range() =>
        Gen.OneOf<Int128>(Gen.Long.Select(value => (Int128)value), Gen.Int[-300, 300].Select(value => (Int128)value), Gen.Long.Select(value => (Int128)value * 3)).Sample(value =>
        {
            var text = Encoding.ASCII.GetBytes(value.ToString(System.Globalization.CultureInfo.InvariantCulture));
            Check(text, value, long.MinValue, long.MaxValue, IntText.TryParse<long>(text, out var wide), wide);
            Check(text, value, int.MinValue, int.MaxValue, IntText.TryParse<int>(text, out var middle), middle);
            Check(text, value, sbyte.MinValue, sbyte.MaxValue, IntText.TryParse<sbyte>(text, out var small), small);
        }, iter: 5_000);

    private static void Check(byte[] text, Int128 value, Int128 least, Int128 most, ParseOutcome outcome, Int128 read)
    {
        var fits = value >= least && value <= most;
        outcome.ShouldBe(fits ? ParseOutcome.Exact : ParseOutcome.OutOfRange, Encoding.ASCII.GetString(text));
        read.ShouldBe(fits ? value : 0);
    }

    private static string Significant(string text)
    {
        var digits = new string([.. text.Split('E')[0].Where(char.IsAsciiDigit)]).Trim('0');
        // One digit is shown as the nearest two: 4.9E-324 for 5E-324.
        return digits.Length <= 2 ? "short" : digits;
    }
}
