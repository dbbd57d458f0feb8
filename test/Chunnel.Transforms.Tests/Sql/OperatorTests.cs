using Chunnel.Core;
using Chunnel.TestKit;

namespace Chunnel.Transforms.Tests.Sql;

/// <summary>Literals, operators, CASE and CAST of the checklist; what SQL decides elsewhere is in docs/adr/0057-sql-by-column.md.</summary>
[Trait("spec", "transforms.md 5")]
public class OperatorTests
{
    private static readonly TableSchema Table = Query.Table(
        ("ti", DataType.TinyInt), ("i", DataType.Int), ("l", DataType.BigInt), ("d", DataType.Double), ("dec", DataType.Decimal(10, 2)), ("dec4", DataType.Decimal(5, 4)),
        ("s", DataType.String), ("n", DataType.Int), ("ns", DataType.String), ("b", DataType.Boolean));

    private static readonly BoxedRow Row = new((sbyte)11, 7, 9_000_000_000L, 2.5, new BoxedDecimal(12345, 2, 2), new BoxedDecimal(12345, 4, 4), "Joy", null, null, true);

    [Theory]
    [InlineData("ti + 3", "INT", "14")] // transforms.md 111
    [InlineData("i + l", "BIGINT", "9000000007")] // transforms.md 112
    [InlineData("dec + dec4", "DECIMAL(10, 4)", "124.6845")] // transforms.md 113
    [InlineData("i + d", "DOUBLE", "9.5")] // transforms.md 114
    [InlineData("7 / 2", "INT", "3")] // transforms.md 115
    [InlineData("-7 / 2", "INT", "-3")] // transforms.md 115
    [InlineData("i + n", "INT", null)] // transforms.md 116
    [InlineData("n * d", "DOUBLE", null)] // transforms.md 116
    [InlineData("dec / n", "DECIMAL(10, 2)", null)] // transforms.md 116
    [InlineData("dec / 2", "DECIMAL(10, 2)", "61.73")] // transforms.md 117
    [InlineData("'a' || ns || 'b'", "STRING", "ab")] // transforms.md 118
    [InlineData("CASE WHEN i > 5 THEN i ELSE l END", "BIGINT", "7")] // transforms.md 125
    [InlineData("CASE i WHEN 7 THEN 1 WHEN 8 THEN 2.5 END", "DOUBLE", "1.0")] // transforms.md 125
    [InlineData("CASE WHEN i > 9 THEN 1 END", "INT", null)] // transforms.md 126
    [InlineData("CASE n WHEN 7 THEN 1 ELSE 2 END", "INT", "2")]
    [InlineData("CAST(1.231 AS DECIMAL(10, 2))", "DECIMAL(10, 2)", "1.23")] // transforms.md 129, as decided: half up instead of up
    [InlineData("CAST(1618493685123 AS TIMESTAMP) = CAST(CAST(1618493685123 AS TIMESTAMP_TZ) AS TIMESTAMP)", "BOOLEAN", "true")] // transforms.md 131: both at the process's zone
    [InlineData("2147483647", "INT", "2147483647")] // transforms.md 132
    [InlineData("2147483648", "BIGINT", "2147483648")] // transforms.md 132
    [InlineData("-2147483648", "INT", "-2147483648")] // transforms.md 132
    [InlineData("1.5", "DOUBLE", "1.5")] // transforms.md 133
    [InlineData("1e3", "DOUBLE", "1000.0")] // transforms.md 133
    [InlineData("COALESCE(n, i)", "INT", "7")] // transforms.md 159
    [InlineData("COALESCE(n, d)", "DOUBLE", "2.5")] // transforms.md 159, as decided: one type for value and declaration
    [InlineData("IFNULL(n, 5)", "INT", "5")] // transforms.md 159
    [InlineData("NULLIF(i, 7)", "INT", null)] // transforms.md 160
    [InlineData("NULLIF(i, 8)", "INT", "7")] // transforms.md 160
    [InlineData("NULLIF(1, 1.0)", "INT", "1")] // transforms.md 160: values of two types are never the same
    public void Values_and_their_types(string expression, string type, string? value)
    {
        using (var transform = Query.Over(Table, $"select {expression} as x from t")) transform.Output.Columns[0].Type.ToString().ToUpperInvariant().ShouldBe(type, expression);
        Query.Run(Table, $"select cast({expression} as string) as x from t", Row).Single()[0].ShouldBe(value, expression);
    }

    [Theory]
    [InlineData("n = null", false)] // transforms.md 119
    [InlineData("i = null", false)] // transforms.md 119
    [InlineData("i <> null", true)] // transforms.md 119
    [InlineData("n <> n", false)]
    [InlineData("not (i = null)", true)] // transforms.md 119: two-valued, so its negation holds
    [InlineData("d in (1, 2.5)", true)] // transforms.md 120
    [InlineData("i in (7.0)", true)] // transforms.md 120
    [InlineData("ns like 'a%'", false)] // transforms.md 122
    [InlineData("ns not like 'a%'", false)] // transforms.md 122
    [InlineData("s like ns", false)] // transforms.md 122, as decided: a null pattern matches nothing
    [InlineData("i = 1 and i = 7 or i = 7", true)] // transforms.md 123
    [InlineData("i = 1 and (i = 7 or i = 7)", false)] // transforms.md 123
    [InlineData("not i = 1 and b", true)] // transforms.md 123
    [InlineData("i between 1 and 9", true)] // transforms.md 124, as decided: BETWEEN works
    [InlineData("n between 1 and 9", false)] // transforms.md 124
    [InlineData("i not between 1 and 9", false)] // transforms.md 124
    [InlineData("b", true)]
    [InlineData("regexp_like(ns, 'x')", false)] // a null condition drops the row
    [InlineData("n is null and s is not null", true)]
    public void Conditions(string condition, bool kept) => Query.Run(Table, $"select i from t where {condition}", Row).Count.ShouldBe(kept ? 1 : 0, condition);

    [Theory] // transforms.md 128
    [InlineData("CAST('42' AS INTEGER)", "INT", "42")]
    [InlineData("CAST('42' AS LONG)", "BIGINT", "42")]
    [InlineData("CAST('42' AS SMALLINT)", "SMALLINT", "42")]
    [InlineData("CAST('42' AS TINYINT)", "TINYINT", "42")]
    [InlineData("CAST('42' AS BYTE)", "TINYINT", "42")]
    [InlineData("CAST('4.5' AS DOUBLE)", "DOUBLE", "4.5")]
    [InlineData("CAST('4.5' AS FLOAT)", "FLOAT", "4.5")]
    [InlineData("CAST('4.555' AS DECIMAL(4, 2))", "DECIMAL(4, 2)", "4.56")]
    [InlineData("CAST(7 AS VARCHAR)", "STRING", "7")]
    [InlineData("CAST('é' AS BYTES)", "BYTES", "é")]
    [InlineData("CAST('é' AS BINARY)", "BYTES", "é")]
    [InlineData("CAST('TRUE' AS BOOLEAN)", "BOOLEAN", "true")]
    [InlineData("CAST(0 AS BOOLEAN)", "BOOLEAN", "false")]
    [InlineData("CAST(20210408 AS DATE)", "DATE", "2021-04-08")] // transforms.md 130
    [InlineData("CAST(101530 AS TIME)", "TIME", "10:15:30")] // transforms.md 130
    [InlineData("CAST(DATE '2021-04-08' AS TIME)", "TIME", "00:00")]
    [InlineData("CAST(DATE '2021-04-08' AS DATETIME)", "TIMESTAMP", "2021-04-08T00:00")]
    [InlineData("CAST('2021-04-08T10:00:00+02:00' AS TIMESTAMP_TZ)", "TIMESTAMP_TZ", "2021-04-08T10:00+02:00")]
    [InlineData("TRY_CAST('x' AS BIGINT)", "BIGINT", null)]
    [InlineData("TRY_CAST(20211308 AS DATE)", "DATE", null)]
    [InlineData("CAST(NULL AS DECIMAL(5, 1))", "DECIMAL(5, 1)", null)]
    public void Casts(string expression, string type, string? value) => Values_and_their_types(expression, type, value);

    [Theory]
    [InlineData("CAST('4.5' AS INT)", "For input string: \"4.5\" is no int")]
    [InlineData("CAST(300 AS TINYINT)", "For input string: \"300\" is no tinyint")]
    [InlineData("CAST(12345.678 AS DECIMAL(5, 2))", "the number does not fit decimal(5, 2)")]
    [InlineData("CAST(2 AS BOOLEAN)", "For input string: \"2\" is no boolean")]
    [InlineData("CAST(20210230 AS DATE)", "20210230 is no date of the form yyyyMMdd")]
    [InlineData("7 / 0", "/ by zero")]
    public void What_cannot_be_converted_fails_the_row(string expression, string why) => Query.FailureOf(expression).ShouldStartWith(why);
}
