using System.Text;
using CsCheck;

namespace Chunnel.Core.Tests;

/// <summary>spec connectors.md 6.2 (formats), transforms.md 6.3 (Java letters).</summary>
public sealed class TimePatternTests
{
    private static readonly CivilTime Moment = new() { Year = 2024, Month = 2, Day = 9, Hour = 15, Minute = 4, Second = 5, Nano = 123_456_789 };

    [Theory]
    [InlineData("yyyy-MM-dd", "2024-02-09")]
    [InlineData("yyyy.MM.dd", "2024.02.09")]
    [InlineData("yyyy/MM/dd", "2024/02/09")]
    [InlineData("yyyy-MM-dd HH:mm:ss", "2024-02-09 15:04:05")]
    [InlineData("yyyy-MM-dd HH:mm:ss.SSS", "2024-02-09 15:04:05.123")]
    [InlineData("yyyy-MM-dd HH:mm:ss.SSSSSS", "2024-02-09 15:04:05.123456")]
    [InlineData("yyyy-MM-dd'T'HH:mm:ss.SSSSSSSSS", "2024-02-09T15:04:05.123456789")]
    [InlineData("yyyyMMddHHmmss", "20240209150405")]
    [InlineData("HH:mm:ss.SSS", "15:04:05.123")]
    [InlineData("yyyy年MM月dd日", "2024年02月09日")]
    [InlineData("yy-M-d H:m:s", "24-2-9 15:4:5")]
    [InlineData("hh:mm a", "03:04 PM")]
    [InlineData("KK kk", "03 15")]
    [InlineData("EEE, d MMM yyyy", "Fri, 9 Feb 2024")]
    [InlineData("EEEE d MMMM", "Friday 9 February")]
    [InlineData("yyyy-DDD", "2024-040")]
    [InlineData("Q 'quarter o''clock'", "1 quarter o'clock")]
    [InlineData("HH:mm:ssXXX", "15:04:05Z")]
    [InlineData("HH:mm:ssxxx", "15:04:05+00:00")]
    [InlineData("HH:mm:ssZ", "15:04:05+0000")]
    [InlineData("HHmm[ss]", "150405")]
    public void A_pattern_writes_what_Java_writes(string pattern, string text) => TimePattern.Parse(pattern).ToText(Moment).ShouldBe(text);

    [Theory]
    [InlineData("yyyy-MM-dd HH:mm:ss", "2024-02-30 00:00:00")]
    [InlineData("yyyy-MM-dd HH:mm:ss", "2024-02-09 15:04:05.1")]
    [InlineData("yyyy-MM-dd HH:mm:ss", "2024-02-09T15:04:05")]
    [InlineData("yyyy-MM-dd", "2024-2-9")]
    [InlineData("HH:mm:ss", "24:00:00")]
    [InlineData("hh a", "13 PM")]
    [InlineData("EEE yyyy-MM-dd", "Mon 2024-02-09")]
    [InlineData("yyyyMMdd", "2024020")]
    public void A_text_of_another_form_or_an_impossible_day_is_refused(string pattern, string text) =>
        TimePattern.Parse(pattern).TryParse(Encoding.UTF8.GetBytes(text), out _).ShouldBeFalse();

    [Theory]
    [InlineData("yyyy-MM-dd[ HH:mm[:ss]]", "2024-02-09")]
    [InlineData("yyyy-MM-dd[ HH:mm[:ss]]", "2024-02-09 00:00")]
    [InlineData("yyyy-MM-dd[ HH:mm[:ss]]", "2024-02-09 00:00:00")]
    [InlineData("d/M/yyyy", "9/2/2024")]
    [InlineData("d/M/yyyy", "09/02/2024")]
    [InlineData("yyyyMMdd", "20240209")]
    [InlineData("d-MMM-yyyy", "9-feb-2024")]
    public void A_pattern_reads_its_texts(string pattern, string text)
    {
        TimePattern.Parse(pattern).TryParse(Encoding.UTF8.GetBytes(text), out var time).ShouldBeTrue();
        time.ShouldBe(new CivilTime { Year = 2024, Month = 2, Day = 9 });
    }

    [Theory]
    [InlineData("")]
    [InlineData("yyyy-bb")]
    [InlineData("yyyy 'open")]
    [InlineData("yyyy [MM")]
    [InlineData("yyyy] MM")]
    [InlineData("yyyy VV")]
    [InlineData("HHH")]
    public void A_pattern_that_means_nothing_is_refused_with_advice(string pattern)
    {
        var refused = Should.Throw<ChunnelException>(() => TimePattern.Parse(pattern));
        refused.Message.ShouldContain($"'{pattern}'");
        refused.Mend.ShouldNotBeNull();
    }

    [Fact]
    public void What_a_pattern_writes_it_reads_back() =>
        Gen.Select(
            Gen.OneOf<string>(
                "yyyy-MM-dd HH:mm:ss.SSSSSS", "yyyyMMddHHmmss", "yyyy/MM/dd HH:mm", "yyyy-MM-dd'T'HH:mm:ss.SSSSSSSSSXXX", "d MMM yyyy h:mm:ss a", "EEEE, yyyy-DDD HH",
                "yyyy-MM-dd HH:mm:ss.SSS xx", "uuuu-MM-dd[ HH:mm:ss]"),
            Gen.Long[-60_000_000_000_000_000, 250_000_000_000_000_000], Gen.Int[-1079, 1079]).Sample((text, micros, offset) =>
        {
            var pattern = TimePattern.Parse(text);
            if (!pattern.HasOffset) offset = 0;
            var time = CivilTime.FromInstant(micros, 789, offset);
            var written = pattern.ToText(time);
            pattern.TryParse(Encoding.UTF8.GetBytes(written), out var back).ShouldBeTrue($"{text} {written}");
            pattern.ToText(back).ShouldBe(written);
            if (text.Contains("SSSSSSSSS", StringComparison.Ordinal)) back.ShouldBe(time);
        }, iter: 10_000);
}
