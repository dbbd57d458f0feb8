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

    [Theory]
    [InlineData("dateadd(a, 1, 'MILLISECOND')")]
    [InlineData("dateadd(a, 1, 'WEEK')")]
    public void A_sum_out_of_reach_fails_its_row(string expression) =>
        Should.Throw<ChunnelException>(() => Query.Run(Table, $"select {expression} as x from t", Row(0), Row(long.MaxValue - 5), Row(1))).What.ShouldContain("reach");

    [Fact]
    public void An_infinity_has_no_day_between() =>
        Should.Throw<ChunnelException>(() => Query.Run(Table, "select datediff(a, timestamp '2022-01-01 00:00:00') as x from t", Row(0), Row(long.MaxValue)));

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
