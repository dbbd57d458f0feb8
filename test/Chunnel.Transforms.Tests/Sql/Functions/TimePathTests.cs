using Chunnel.Core;
using Chunnel.TestKit;

namespace Chunnel.Transforms.Tests.Sql.Functions;

/// <summary>The loops over all rows of a batch give what each row gives alone: with nulls, infinities, nanoseconds, offsets, and widths that change.</summary>
public class TimePathTests
{
    private static readonly TableSchema Table = Query.Table(("a", DataType.Timestamp), ("b", DataType.Timestamp), ("z", DataType.TimestampTz), ("d", DataType.Date), ("n", DataType.Int));

    private static readonly string[] Expressions =
    [
        "dateadd(a, 36, 'HOUR')", "dateadd(a, n, 'WEEK')", "dateadd(z, n, 'SECOND')", "formatdatetime(a, 'yyyy-MM-dd HH:mm:ss')", "formatdatetime(a, 'uuuu/M SSS')",
        "formatdatetime(d, 'yyyyMMdd')", "formatdatetime(z, 'yyyy-MM-dd HH:mm:ssXXX')", "datediff(d, timestamp '2022-01-01 00:00:00')", "datediff(date '1969-12-31', d, 'WEEK')",
    ];

    /// <summary>What an infinity has no answer to.</summary>
    private static readonly string[] OfFinite = ["datediff(a, b)", "datediff(a, b, 'WEEK')", "datediff(a, date '2022-01-01')", "datediff(z, b)"];

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public void A_batch_gives_what_its_rows_give(bool nulls, bool extremes)
    {
        var seed = Environment.TickCount;
        var dice = new Random(seed);
        var rows = Enumerable.Range(0, 200).Select(_ => new BoxedRow(
            Moment(dice, nulls, extremes), Moment(dice, nulls, extremes), Instant(dice, nulls, extremes), nulls && dice.Next(4) == 0 ? null : dice.Next(-800_000, 3_000_000), nulls && dice.Next(4) == 0 ? null : dice.Next(-9, 9))).ToArray();
        var query = $"select {string.Join(", ", (extremes ? Expressions : [.. Expressions, .. OfFinite]).Select((expression, i) => $"{expression} as x{i}"))} from t";
        var together = Query.Run(Table, query, rows);
        for (var row = 0; row < rows.Length; row++) together[row].ShouldBe(Query.Run(Table, query, rows[row]).Single(), $"seed {seed}, row {row}: {rows[row]}");
    }

    /// <summary>Room is made for texts of the usual width: of more and wider ones nothing is lost.</summary>
    [Fact]
    public void Texts_wider_than_usual_fill_a_batch()
    {
        // 9999-12-30 and the days behind it; every third row has none.
        var rows = Enumerable.Range(0, ColumnBatch.AimRows).Select(i => new BoxedRow(null, null, null, i % 3 == 1 ? null : new BoxedDate(2_932_895 + i % 4), null)).ToArray();
        string[] plain = ["9999-12-30", "9999-12-31", "+10000-01-01", "+10000-01-02"], named = ["Thursday 30 December 9999", "Friday 31 December 9999", "Saturday 1 January 10000", "Sunday 2 January 10000"];
        Query.Run(Table, "select formatdatetime(d, 'yyyy-MM-dd') as x, formatdatetime(d, 'EEEE d MMMM u') as y from t", rows)
            .ShouldBe(rows.Select((row, i) => row[3] is null ? new BoxedRow(null, null) : new BoxedRow(plain[i % 4], named[i % 4])));
    }

    [Fact]
    public void A_case_keeps_nanoseconds_and_offsets()
    {
        var (first, second, instant) = (new BoxedTimestamp(-1, 999), new BoxedTimestamp(5), new BoxedTimestamp(7, 1, -90));
        BoxedRow[] rows = [new(first, second, instant, 0, 1), new(first, second, instant, 0, 2), new(first, null, null, 0, 3), new(null, null, instant, 0, 4)];
        Query.Run(Table, "select case when n = 2 then b else a end as x, case when n > 1 then z end as y from t", rows)
            .ShouldBe([new BoxedRow(first, null), new BoxedRow(second, instant), new BoxedRow(first, null), new BoxedRow(null, instant)]);
    }

    [Theory]
    [InlineData("dateadd(a, 1, 'MILLISECOND')")]
    [InlineData("dateadd(a, 1, 'WEEK')")]
    [InlineData("dateadd(b, 40000000, 'WEEK')")]
    [InlineData("dateadd(b, 9223372036854775807, 'MILLISECOND')")]
    public void A_sum_out_of_reach_fails_its_row(string expression) =>
        Should.Throw<ChunnelException>(() => Query.Run(Table, $"select {expression} as x from t", Row(0), Row(long.MaxValue - 5), Row(1))).What.ShouldContain("reach");

    [Fact]
    public void An_infinity_has_no_day_between() =>
        Should.Throw<ChunnelException>(() => Query.Run(Table, "select datediff(a, timestamp '2022-01-01 00:00:00') as x from t", Row(0), Row(long.MaxValue)));

    [Theory]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    public void An_infinity_has_no_day_between_when_it_is_alone(long micros) =>
        Should.Throw<ChunnelException>(() => Query.Run(Table, "select datediff(a, b) as x from t", Row(micros)));

    /// <summary>Days are those that an instant's own clock shows.</summary>
    [Fact]
    public void Instants_in_a_batch_have_days_of_their_own()
    {
        // 2024-03-01T00:30+02:00, which is 22:30 of the day before in UTC.
        var instant = new BoxedTimestamp(1_709_245_800_000_000, 0, 120);
        var noon = new BoxedTimestamp(1_709_294_400_000_000);
        BoxedRow[] rows = [new(noon, noon, instant, 0, 1), new(noon, noon, null, 0, 1), new(noon, noon, instant, 0, 1)];
        Query.Run(Table, "select datediff(z, b) as days, formatdatetime(dateadd(z, n, 'MONTH'), 'yyyy-MM-dd HH:mmXXX') as later from t", rows)
            .ShouldBe([new BoxedRow(0L, "2024-04-01 00:30+02:00"), new BoxedRow(null, null), new BoxedRow(0L, "2024-04-01 00:30+02:00")]);
    }

    private static BoxedRow Row(long micros) => new(new BoxedTimestamp(micros), new BoxedTimestamp(0), null, null, 1);

    private static object? Moment(Random dice, bool nulls, bool extremes) => nulls && dice.Next(4) == 0 ? null : new BoxedTimestamp(Micros(dice, extremes), extremes ? (short)dice.Next(1000) : (short)0);

    private static object? Instant(Random dice, bool nulls, bool extremes) => nulls && dice.Next(4) == 0 ? null : new BoxedTimestamp(Micros(dice, extremes), 0, extremes ? (short)dice.Next(-720, 720) : (short)0);

    private static long Micros(Random dice, bool extremes) => (extremes ? dice.Next(12) : 12) switch
    {
        0 => long.MaxValue,
        1 => long.MinValue,
        2 => dice.NextInt64(-8_000_000_000_000_000_000, 8_000_000_000_000_000_000),
        _ => dice.NextInt64(-70_000_000_000_000_000, 260_000_000_000_000_000),
    };
}
