using Chunnel.Core;
using Chunnel.Plugins;
using Chunnel.TestKit;

namespace Chunnel.Transforms.Tests.Sql.Functions;

[Trait("spec", "transforms.md 6.3")]
public class TimeFunctionTests
{
    private const string Later = "TIMESTAMP '2022-01-23 04:00:00'";
    private const string Earlier = "TIMESTAMP '2021-04-15 00:00:49'";

    [Theory] // transforms.md 150, the values that the peer's tests fix
    [InlineData("DAY", "283")]
    [InlineData("YEAR", "0")]
    [InlineData("MONTH", "9")]
    [InlineData("HOUR", "6795")]
    [InlineData("MINUTE", "407759")]
    [InlineData("SECOND", "24465551")]
    public void Differences(string unit, string value) => Query.ValueOf($"DATEDIFF({Earlier}, {Later}, '{unit}')").ShouldBe(value);

    [Theory]
    [InlineData("DATEDIFF(DATE '2021-01-31', DATE '2021-02-28', 'MONTH')", "0")]
    [InlineData("DATEDIFF(DATE '2020-02-29', DATE '2023-02-28', 'YEAR')", "2")]
    [InlineData("DATEDIFF(DATE '2022-01-23', DATE '2021-04-15', 'MONTH')", "-9")]
    [InlineData("DATEDIFF(DATE '2022-01-23', DATE '2021-04-15', 'YEAR')", "0")]
    [InlineData("DATEDIFF(DATE '2021-04-15', NULL)", null)]
    [InlineData("DATEADD(DATE '2021-01-31', 1, 'MONTH')", "2021-02-28")]
    [InlineData("DATEADD(DATE '2021-01-31', 2, 'MONTH')", "2021-03-31")]
    [InlineData("DATEADD(DATE '2020-01-31', 1, 'MONTH')", "2020-02-29")]
    [InlineData("DATEADD(DATE '2020-02-29', -1, 'YEAR')", "2019-02-28")]
    [InlineData("DATEADD(DATE '0001-01-01', -1, 'DAY')", "0000-12-31")]
    [InlineData("DATEADD(DATE '0001-01-15', -14, 'MONTH')", "-0001-11-15")]
    [InlineData("DATEADD(TIMESTAMP '1969-03-30 10:15:00', -1, 'MONTH')", "1969-02-28T10:15")]
    [InlineData("DATEADD(TIMESTAMPTZ '2024-03-01T00:30:00+02:00', 1, 'MONTH')", "2024-04-01T00:30+02:00")]
    [InlineData("DATEDIFF(TIMESTAMPTZ '2024-03-01T00:30:00+02:00', TIMESTAMP '2024-03-01 12:00:00')", "0")]
    [InlineData("DATEADD(DATE '2021-04-15', 1, 'HOUR')", "2021-04-15")] // transforms.md 151
    [InlineData("DATEADD(TIME '23:30:00', 1, 'HOUR')", "00:30")]
    [InlineData("DATEADD(TIME '00:30:00', -1, 'HOUR')", "23:30")]
    [InlineData("DATEADD(TIMESTAMP '2021-01-31 10:00:00', 1, 'month')", "2021-02-28T10:00")]
    [InlineData("DATEADD(TIMESTAMP '1969-12-31 23:59:59', 2, 'SECOND')", "1970-01-01T00:00:01")]
    [InlineData("DATE_TRUNC(TIMESTAMP '2021-04-15 13:34:45.123', 'MONTH')", "2021-04-01T00:00")] // transforms.md 152
    [InlineData("DATE_TRUNC(TIMESTAMP '2021-04-15 13:34:45.123')", "2021-04-15T00:00")]
    [InlineData("DATE_TRUNC(TIMESTAMP '1969-12-31 23:59:59.9', 'HOUR')", "1969-12-31T23:00")]
    [InlineData("DATE_TRUNC(DATE '2021-04-15', 'YEAR')", "2021-01-01")]
    [InlineData("DAY_OF_WEEK(DATE '2021-04-12')", "1")] // transforms.md 153
    [InlineData("DAY_OF_WEEK(DATE '2021-04-11')", "7")]
    [InlineData("WEEK(DATE '2021-04-08')", "15")] // transforms.md 154
    [InlineData("WEEK(DATE '2021-01-01')", "1")]
    [InlineData("WEEK(DATE '2020-12-31')", "54")]
    [InlineData("DAYNAME(DATE '2021-04-15')", "Thursday")]
    [InlineData("MONTHNAME(DATE '2021-04-15')", "April")]
    [InlineData("QUARTER(DATE '2021-12-31')", "4")]
    [InlineData("HOUR(TIME '10:15:30')", "10")]
    [InlineData("YEAR(DATE '-0044-03-15')", "-44")]
    public void Parts_and_sums(string expression, string? value) => Query.ValueOf(expression).ShouldBe(value, expression);

    [Theory] // transforms.md 158
    [InlineData("DAYOFWEEK", "4")]
    [InlineData("DOW", "4")]
    [InlineData("ISODOW", "4")]
    [InlineData("dayofyear", "105")]
    [InlineData("DOY", "105")]
    [InlineData("MILLISECOND", "123")]
    [InlineData("MILLISECONDS", "45123")]
    [InlineData("MICROSECONDS", "45123456")]
    [InlineData("EPOCH", "1618493685")]
    [InlineData("CENTURY", "21")]
    [InlineData("DECADE", "202")]
    [InlineData("MILLENNIUM", "3")]
    [InlineData("ISOYEAR", "2021")]
    [InlineData("WEEK", "15")]
    public void Extracted_parts(string part, string value) => Query.ValueOf($"EXTRACT({part} FROM TIMESTAMP '2021-04-15 13:34:45.123456')").ShouldBe(value, part);

    [Theory] // transforms.md 158
    [InlineData("EXTRACT(HOUR FROM DATE '2021-04-15')", null)]
    [InlineData("EXTRACT(YEAR FROM TIME '10:00:00')", null)]
    [InlineData("EXTRACT(DOW FROM DATE '2021-04-11')", "0")]
    [InlineData("EXTRACT(ISOYEAR FROM DATE '2021-01-03')", "2020")]
    [InlineData("EXTRACT(WEEK FROM DATE '2021-01-03')", "53")]
    [InlineData("EXTRACT(HOUR FROM TIMESTAMPTZ '2025-05-21T17:57:40+08:00')", "17")]
    [InlineData("EXTRACT(EPOCH FROM TIMESTAMPTZ '1970-01-01T08:00:00+08:00')", "0")]
    [InlineData("EXTRACT(YEAR FROM NULL)", null)]
    public void Parts_that_a_value_lacks_are_null(string expression, string? value) => Query.ValueOf(expression).ShouldBe(value, expression);

    [Theory] // transforms.md 155
    [InlineData("TO_DATE('2021-04-08', 'yyyy-MM-dd')", "DATE", "2021-04-08")]
    [InlineData("TO_DATE('2021-04-08 01:02:03', 'yyyy-MM-dd HH:mm:ss')", "TIMESTAMP", "2021-04-08T01:02:03")]
    [InlineData("PARSEDATETIME('2021-04-08 13', 'yyyy-MM-dd HH')", "TIMESTAMP", "2021-04-08T13:00")]
    [InlineData("TO_DATE('2021-04-08T01:02:03.004', 'yyyy-MM-dd''T''HH:mm:ss.SSS')", "TIMESTAMP", "2021-04-08T01:02:03.004")]
    [InlineData("TO_DATE('10:20:30', 'HH:mm:ss')", "TIME", "10:20:30")]
    [InlineData("TO_DATE('20210408', 'yyyyMMdd')", "DATE", "2021-04-08")]
    [InlineData("TO_DATE(NULL, 'yyyy')", "DATE", null)]
    [InlineData("TO_DATE('2021-04-08 10:00 +0800', 'yyyy-MM-dd HH:mm Z')", "TIMESTAMP_TZ", "2021-04-08T10:00+08:00")]
    public void The_pattern_decides_the_type(string expression, string type, string? value)
    {
        Query.TypeOf(expression).ShouldBe(type);
        Query.ValueOf(expression).ShouldBe(value);
    }

    [Theory] // transforms.md 156, 157, 170
    [InlineData("IS_DATE('2021-04-08', 'yyyy-MM-dd')", "true")]
    [InlineData("IS_DATE('2021-02-30', 'yyyy-MM-dd')", "false")]
    [InlineData("IS_DATE('x', 'yyyy-MM-dd')", "false")]
    [InlineData("IS_DATE(NULL, 'yyyy-MM-dd')", null)]
    [InlineData("FROM_UNIXTIME(1672545600, 'yyyy-MM-dd HH:mm:ss', 'UTC+6')", "2023-01-01 10:00:00")]
    [InlineData("FROM_UNIXTIME(1672545600, 'yyyy-MM-dd HH:mm:ss', 'Asia/Shanghai')", "2023-01-01 12:00:00")]
    [InlineData("FROM_UNIXTIME(0, 'yyyy-MM-dd HH:mm:ss XXX', '-05:30')", "1969-12-31 18:30:00 -05:30")]
    [InlineData("FROM_UNIXTIME(-1, 'yyyy-MM-dd HH:mm:ss', 'UTC')", "1969-12-31 23:59:59")]
    [InlineData("FORMATDATETIME(TIMESTAMP '2021-04-15 13:34:45', 'yyyy-MM-dd HH:mm')", "2021-04-15 13:34")]
    [InlineData("FORMATDATETIME(TIMESTAMP '2021-04-15 13:34:45', 'EEE, MMM d')", "Thu, Apr 15")]
    [InlineData("FORMATDATETIME(DATE '9999-12-31', 'yyyy-MM-dd')", "9999-12-31")]
    [InlineData("FORMATDATETIME(DATEADD(DATE '9999-12-31', 1, 'DAY'), 'yyyy-MM-dd')", "+10000-01-01")]
    [InlineData("FORMATDATETIME(DATEADD(TIMESTAMP '9999-12-31 23:59:59', 1, 'SECOND'), 'yyyy-MM-dd HH:mm:ss')", "+10000-01-01 00:00:00")]
    [InlineData("FORMATDATETIME(DATE '0000-01-01', 'uuuu-MM-dd')", "0000-01-01")]
    [InlineData("FORMATDATETIME(DATEADD(DATE '0000-01-01', -1, 'DAY'), 'uuuu-MM-dd')", "-0001-12-31")]
    [InlineData("TO_CHAR(TIME '10:15:30', 'HH:mm')", "10:15")]
    [InlineData("TO_CHAR(13.5, '000')", "13.5")]
    [InlineData("TO_CHAR(TRUE)", "true")]
    public void Texts(string expression, string? value) => Query.ValueOf(expression).ShouldBe(value, expression);

    [Theory]
    [InlineData("CAST(TIMESTAMP '2021-04-15 10:00:00' AT TIME ZONE '+09:00' AS STRING)", "2021-04-15T10:00+09:00")]
    [InlineData("CAST(TIMESTAMPTZ '2021-04-15T10:00:00+02:00' AT TIME ZONE 'UTC' AS STRING)", "2021-04-15T08:00Z")]
    [InlineData("CAST(CAST(TIMESTAMPTZ '2021-04-15T10:00:00+02:00' AS TIMESTAMP) AS STRING)", "2021-04-15T10:00")]
    [InlineData("CAST(CAST(TIMESTAMPTZ '2021-04-15T23:00:00+02:00' AS DATE) AS STRING)", "2021-04-15")]
    [InlineData("CAST(TIMESTAMP '2021-10-31 02:30:00' AT TIME ZONE 'Europe/Berlin' AS STRING)", "2021-10-31T02:30+02:00")] // twice: the first
    [InlineData("CAST(TIMESTAMP '2021-03-28 02:30:00' AT TIME ZONE 'Europe/Berlin' AT TIME ZONE 'UTC' AS STRING)", "2021-03-28T01:30Z")] // left out
    public void Zones(string expression, string value) => Query.ValueOf(expression).ShouldBe(value, expression);

    [Theory]
    [InlineData("DATEADD(DATE '2021-04-15', 1, 'DECADE')", "Unsupported unit 'DECADE' of function DATEADD")]
    [InlineData("DATE_TRUNC(TIMESTAMP '2021-04-15 00:00:00', 'WEEK')", "Unsupported unit 'WEEK' of function DATE_TRUNC")]
    [InlineData("EXTRACT(SECCOND FROM DATE '2021-04-15')", "Unsupported SQL Expression: EXTRACT(SECCOND FROM DATE '2021-04-15')")]
    [InlineData("EXTRACT(YEAR FROM 'x')", "Unsupported SQL Expression: EXTRACT(YEAR FROM 'x')")]
    [InlineData("FORMATDATETIME(DATE '2021-04-15', 'HH')", "The pattern 'HH' of function FORMATDATETIME asks for parts that a date does not have")]
    [InlineData("FORMATDATETIME(DATE '2021-04-15', 'yyyy-bb')", "The pattern 'yyyy-bb' of function FORMATDATETIME cannot be read: the letter 'bb' has no meaning")]
    [InlineData("TO_DATE('x', '---')", "Unknown pattern letter in '---' of function TO_DATE")]
    [InlineData("FROM_UNIXTIME(1, 'yyyy', 'Mars')", "Unknown time zone 'Mars' of function FROM_UNIXTIME")]
    [InlineData("DATEDIFF(TIME '10:00:00', TIME '11:00:00')", null)]
    public void What_has_no_meaning_is_refused_with_the_query(string expression, string? what)
    {
        if (what is null) Query.Problems(Query.Table(("i", DataType.Int)), $"select {expression} as x from t").ShouldNotBeEmpty();
        else Query.ProblemOf(expression).What.ShouldBe(what);
    }

    [Fact]
    public void A_text_that_is_no_date_of_the_pattern_fails_the_row() =>
        Query.FailureOf("TO_DATE('2021-02-30', 'yyyy-MM-dd')").ShouldStartWith("\"2021-02-30\" is no date of the pattern 'yyyy-MM-dd'");

    [Theory] // transforms.md 162
    [InlineData("CURRENT_DATE", "2024-02-29")]
    [InlineData("current_date()", "2024-02-29")]
    [InlineData("CURRENT_TIME", "12:34:56.789")]
    [InlineData("CURRENT_TIMESTAMP", "2024-02-29T12:34:56.789")]
    [InlineData("NOW()", "2024-02-29T12:34:56.789")]
    [InlineData("CAST(TIME '10:00:00' AS TIMESTAMP)", "2024-02-29T10:00")]
    public void The_jobs_clock_is_asked(string expression, string value)
    {
        var table = Query.Table(("i", DataType.Int));
        using var transform = Query.Over(table, $"select cast({expression} as string) as x from t");
        transform.Open(new TransformRuntime { Subtask = 0, Memory = BatchMemory.Unlimited(), Clock = new StoppedClock(new DateTimeOffset(2024, 2, 29, 12, 34, 56, 789, TimeSpan.Zero)) });
        using var output = transform.Apply(BoxedRows.ToBatch(table, [new BoxedRow(1), new BoxedRow(2)], BatchMemory.Unlimited()));
        BoxedRows.Of(output!).ShouldBe([new BoxedRow(value), new BoxedRow(value)]);
    }
}
