using System.Text;

namespace Chunnel.Core.Tests.Times;

/// <summary>A pattern's fast way, sixteen bytes at a time, writes what the way part by part writes.</summary>
public class TimePatternTwinTests
{
    private const long MicrosOfYear = 366 * CivilTime.MicrosPerDay;

    [Theory]
    [InlineData("yyyy-MM-dd HH:mm:ss")]
    [InlineData("yyyyMMddHHmmss")]
    [InlineData("yyyy-MM-dd'T'HH:mm:ss.SSSSSSSSS")]
    [InlineData("dd.MM.yyyy")]
    [InlineData("HH:mm")]
    [InlineData("ss")]
    [InlineData("SSS")]
    [InlineData("'a text of more than sixteen bytes 'MM' and as much behind it, é'")]
    [InlineData("yy M d H")]
    [InlineData("yyyy-MM-dd HH:mm:ss Z")]
    public void Both_ways_write_the_same(string text)
    {
        var pattern = TimePattern.Parse(text);
        var seed = Environment.TickCount;
        var dice = new Random(seed);
        for (var i = 0; i < 20_000; i++)
        {
            // Around the years that the fast way knows, now and then far beyond.
            var micros = dice.Next(10) == 0 ? dice.NextInt64(long.MinValue + 1, long.MaxValue) : dice.NextInt64(-2100 * MicrosOfYear, 8200 * MicrosOfYear);
            Check(pattern, micros, dice.Next(1000), $"seed {seed}");
        }
    }

    [Theory] // 0000-01-01, 9999-12-31 and their neighbours
    [InlineData(-62_167_219_200_000_000, "0000-01-01 00:00:00.000000")]
    [InlineData(-62_167_219_200_000_001, "-0001-12-31 23:59:59.999999")]
    [InlineData(253_402_300_799_999_999, "9999-12-31 23:59:59.999999")]
    [InlineData(253_402_300_800_000_000, "+10000-01-01 00:00:00.000000")]
    [InlineData(-1, "1969-12-31 23:59:59.999999")]
    [InlineData(0, "1970-01-01 00:00:00.000000")]
    public void Years_of_four_digits_end_where_others_begin(long micros, string text)
    {
        Span<byte> to = stackalloc byte[256];
        var pattern = TimePattern.Parse("uuuu-MM-dd HH:mm:ss.SSSSSS");
        Encoding.UTF8.GetString(to[..pattern.FormatTimestamp(micros, 0, to)]).ShouldBe(text);
    }

    [Fact]
    public void Without_room_for_more_than_the_text_it_is_written_all_the_same()
    {
        Span<byte> to = stackalloc byte[64];
        to.Fill((byte)'*');
        TimePattern.Parse("yyyy-MM-dd HH:mm:ss").FormatTimestamp(1_609_459_200_000_000, 0, to[..19]).ShouldBe(19);
        Encoding.UTF8.GetString(to).ShouldBe($"2021-01-01 00:00:00{new string('*', 45)}");
    }

    [Fact]
    public void Dates_near_and_far_are_one_calendar()
    {
        var (year, month, day) = (-401_000, 1, 1);
        var days = CivilDate.ToDays(year, month, day);
        // Day by day over the border between both ways.
        for (; days < CivilDate.ToDays(-399_000, 1, 1); days++)
        {
            if (CivilDate.FromDays(days) != (year, month, day)) CivilDate.FromDays(days).ShouldBe((year, month, day));
            (year, month, day) = day < CivilDate.DaysInMonth(year, month) ? (year, month, day + 1) : month < 12 ? (year, month + 1, 1) : (year + 1, 1, 1);
        }
    }

    private static void Check(TimePattern pattern, long micros, int nanos, string because)
    {
        Span<byte> fast = stackalloc byte[256];
        Span<byte> plain = stackalloc byte[256];
        var time = CivilTime.FromMicros(micros, nanos);
        fast = fast[..pattern.FormatTimestamp(micros, nanos, fast)];
        plain = plain[..pattern.Format(time, plain)];
        Encoding.UTF8.GetString(fast).ShouldBe(Encoding.UTF8.GetString(plain), because);
    }
}
