using System.Text;
using CsCheck;

namespace Chunnel.Core.Tests;

/// <summary>data-path.md 2.1; spec connectors.md 2.2, 6.2: date, time and timestamp texts.</summary>
public sealed class TimeTextTests
{
    [Theory]
    [InlineData("1970-01-01T00:00", 0, 0)]
    [InlineData("1970-01-01T00:00:00.000001", 1, 0)]
    [InlineData("1970-01-01T00:00:00.000000001", 0, 1)]
    [InlineData("1969-12-31T23:59:59.999999", -1, 0)]
    [InlineData("1969-12-31T23:59:59.999999001", -1, 1)]
    [InlineData("1970-01-01T00:00:01.500", 1_500_000, 0)]
    [InlineData("9999-12-31T23:59:59.999999", 253402300799999999, 0)]
    [InlineData("+10000-01-01T00:00", 253402300800000000, 0)]
    [InlineData("0001-01-01T00:00", -62135596800000000, 0)]
    [InlineData("-0001-12-31T00:00", -62167305600000000, 0)]
    [InlineData("infinity", long.MaxValue, 0)]
    [InlineData("-infinity", long.MinValue, 0)]
    public void A_timestamp_looks_as_Java_prints_it_and_reads_back(string text, long micros, int nanos)
    {
        JavaTime.TimestampToText(micros, nanos).ShouldBe(text);
        Read(text, DataType.Timestamp).ShouldBe((micros, nanos, 0));
    }

    [Theory]
    [InlineData("2024-02-29T10:15:30Z", 1709201730000000, 0)]
    [InlineData("2024-02-29T18:15:30+08:00", 1709201730000000, 480)]
    [InlineData("2024-02-29T04:45:30-05:30", 1709201730000000, -330)]
    public void An_instant_keeps_its_offset(string text, long micros, int offset)
    {
        JavaTime.InstantToText(micros, 0, offset).ShouldBe(text);
        Read(text, DataType.TimestampTz).ShouldBe((micros, 0, offset));
    }

    [Theory]
    [InlineData(0, "00:00")]
    [InlineData(36_930_000_000_000, "10:15:30")]
    [InlineData(36_930_120_000_000, "10:15:30.120")]
    [InlineData(36_930_000_120_000, "10:15:30.000120")]
    [InlineData(36_930_000_000_120, "10:15:30.000000120")]
    [InlineData(86_399_999_999_999, "23:59:59.999999999")]
    public void A_time_looks_as_Java_prints_it(long nanos, string text)
    {
        JavaTime.TimeToText(nanos).ShouldBe(text);
        TimeDetection.TryParseTime(Encoding.ASCII.GetBytes(text), out var back).ShouldBe(ParseOutcome.Exact);
        back.ShouldBe(nanos);
    }

    [Fact]
    public void Iso_forms_keep_the_seconds_and_only_the_digits_that_count()
    {
        var space = new byte[JavaTime.MostBytes];
        string Text(long micros, int nanos) => Encoding.ASCII.GetString(space, 0, JavaTime.FormatIsoTimestamp(micros, nanos, (byte)'T', space));
        Text(0, 0).ShouldBe("1970-01-01T00:00:00");
        Text(120_000, 0).ShouldBe("1970-01-01T00:00:00.12");
        Text(0, 120).ShouldBe("1970-01-01T00:00:00.00000012");
    }

    [Theory]
    [InlineData("2024-01-31 10:15:30")]
    [InlineData("2024-01-31T10:15:30")]
    [InlineData("2024/01/31 10:15:30")]
    [InlineData("2024.01.31 10:15:30")]
    [InlineData("2024年01月31日 10:15:30")]
    [InlineData("20240131101530")]
    [InlineData("20240131 10:15:30")]
    [InlineData("2024-1-31 10:15:30")]
    [InlineData("2024-01-31 10:15:30.000000000")]
    [InlineData("2024-01-31T10:15:30.0000000000")]
    public void The_form_is_found_value_by_value(string text) => Read(text, DataType.Timestamp).ShouldBe((1706696130000000, 0, 0));

    [Theory]
    [InlineData("2024-02-30 00:00:00")]
    [InlineData("2024-01-31 24:00:00")]
    [InlineData("2024-01-31 10:60:00")]
    [InlineData("2024-01-31 10:15:30.")]
    [InlineData("2024-01-31 10:15:30.0000000001")]
    [InlineData("2024-01-31 10:15:30 Mars")]
    [InlineData("2024-01/31 10:15:30")]
    [InlineData("24-01-31")]
    [InlineData("12345")]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("2024-01-31 10:15:30+25:00")]
    public void What_names_no_moment_is_refused(string text) => TimeDetection.TryParse(Encoding.UTF8.GetBytes(text), out _).ShouldBeFalse();

    [Fact]
    public void A_date_takes_midnight_but_no_other_time()
    {
        TimeDetection.TryParseDate("2024-01-31 00:00:00"u8, out var days).ShouldBe(ParseOutcome.Exact);
        days.ShouldBe(19753);
        TimeDetection.TryParseDate("2024-01-31 00:00:01"u8, out _).ShouldBe(ParseOutcome.Malformed);
    }

    [Fact]
    public void Every_timestamp_reads_back_from_each_of_its_texts() =>
        Gen.Select(Gen.Long[long.MinValue / 2, long.MaxValue / 2], Gen.Int[0, 999]).Sample((micros, nanos) =>
        {
            Read(JavaTime.TimestampToText(micros, nanos), DataType.Timestamp).ShouldBe((micros, nanos, 0));
            var space = new byte[JavaTime.MostBytes];
            var iso = Encoding.ASCII.GetString(space, 0, JavaTime.FormatIsoInstant(micros, nanos, -90, (byte)' ', space));
            Read(iso, DataType.TimestampTz).ShouldBe((micros, nanos, -90));
        }, iter: 10_000);

    private static (long, int, int) Read(string text, DataType type)
    {
        var memory = BatchMemory.Unlimited();
        using var builder = new TimestampBuilder(type, memory, 1);
        ValueParser.Timestamp(Encoding.UTF8.GetBytes(text), builder, 0, TextFormat.Console).ShouldBe(ParseOutcome.Exact, text);
        var column = (TimestampColumn)builder.Build(1);
        var result = (column.Micros[0], column.Nanos.IsEmpty ? 0 : column.Nanos[0], column.OffsetMinutes.IsEmpty ? 0 : column.OffsetMinutes[0]);
        column.Release();
        memory.Budget.InUseBytes.ShouldBe(0);
        return result;
    }
}
