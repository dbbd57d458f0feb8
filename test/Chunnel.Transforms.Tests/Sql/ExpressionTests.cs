using Chunnel.Core;
using Chunnel.TestKit;
using Chunnel.Transforms.Sql.Functions;
using Chunnel.Transforms.Sql.Kernels.Texts;

namespace Chunnel.Transforms.Tests.Sql;

[Trait("spec", "transforms.md 5")]
public class ExpressionTests
{
    [Fact]
    public void Every_example_of_a_function_gives_what_it_says()
    {
        var table = Query.Table(("v", DataType.Vector(TypeKind.FloatVector)));
        var vector = new BoxedBytes(System.Runtime.InteropServices.MemoryMarshal.AsBytes<float>([3f, 4f]).ToArray());
        foreach (var function in SqlFunctions.All)
        {
            var row = Query.Run(table, $"select cast({function.Example.Expression} as string) as x from t", new BoxedRow(vector)).Single();
            row[0].ShouldBe(function.Example.Value, function.Example.Expression);
            function.Says.ShouldEndWith(".");
        }
    }

    [Fact]
    public void A_null_argument_gives_null_where_the_description_says_so()
    {
        var table = Query.Table(("i", DataType.Int));
        foreach (var function in SqlFunctions.All.Where(function => function.Nulls == NullRule.Propagates && function.Parameters.Length > 0))
        {
            for (var nulls = 1; nulls <= function.Parameters.Length; nulls++)
            {
                if (nulls < function.Fewest) continue;
                var call = $"{function.Names[0]}({string.Join(", ", Enumerable.Repeat("NULL", nulls))})";
                Query.Run(table, $"select {call} as x from t", new BoxedRow(1)).Single()[0].ShouldBeNull(call);
            }
        }
    }

    [Fact] // transforms.md 134
    public void Every_function_is_found_in_any_case_by_each_name()
    {
        foreach (var function in SqlFunctions.All)
        {
            foreach (var name in function.Names)
            {
                SqlFunctions.Find(name.ToLowerInvariant()).ShouldBe(function);
                SqlFunctions.Find(name).ShouldBe(function);
            }
        }
    }

    [Theory]
    [InlineData("uper(s)", "Did you mean 'UPPER'? UPPER(text) -> STRING.")]
    [InlineData("regexp_substring(s)", "Did you mean 'REGEXP_SUBSTR'? REGEXP_SUBSTR(text, text[, integer[, integer[, text[, integer]]]]) -> STRING.")]
    [InlineData("left(s)", "LEFT(text, integer) -> STRING, for example LEFT('abc', 2).")]
    [InlineData("concat_ws()", "CONCAT_WS(text, value, ...) -> STRING, for example CONCAT_WS('-', 'a', NULL, 'b').")]
    [InlineData("upper(i)", "It takes a text: convert the value with CAST(... AS STRING).")]
    [InlineData("dateadd(s, 1)", "It takes a date, a time of day or a timestamp: convert the value with CAST or TO_DATE.")]
    [InlineData("to_date(s, s)", "It takes a text in quotes, the same for all rows.")]
    public void A_wrong_call_is_told_how_to_be_right(string call, string mend) =>
        Query.Problems(Query.Table(("i", DataType.Int), ("s", DataType.String)), $"select {call} as x from t").Single().Mend.ShouldBe(mend);

    [Fact] // case sql-decimal-arithmetic-is-exact
    public void Decimals_are_exact()
    {
        var money = DataType.Decimal(38, 2);
        var table = Query.Table(("a", money), ("b", money), ("c", money));
        static BoxedDecimal Cents(Int128 cents) => new(cents, 2, 2);
        Query.Run(table, "select a + b as p, a - b as s, a * c as x from t",
            new BoxedRow(Cents(12345678901234567899), Cents(1), Cents(100)), new BoxedRow(Cents(10), Cents(20), Cents(100))).ShouldBe(
        [
            new BoxedRow(Cents(12345678901234567900), Cents(12345678901234567898), Cents(12345678901234567899)),
            new BoxedRow(Cents(30), Cents(-10), Cents(10)),
        ]);
    }

    [Theory] // transforms.md 113, 117
    [InlineData("dec + dec4", "decimal(10, 4)", "124.6845")]
    [InlineData("dec / dec4", "decimal(10, 4)", "100.0000")]
    [InlineData("dec / 2", "decimal(10, 2)", "61.73")]
    [InlineData("-dec / 2", "decimal(10, 2)", "-61.73")]
    [InlineData("dec * 1.1", "decimal(10, 2)", "135.80")]
    [InlineData("dec * 0.1e1", "decimal(10, 2)", "123.45")]
    public void Decimals_are_typed_and_rounded_as_the_spec_says(string expression, string type, string value)
    {
        var table = Query.Table(("dec", DataType.Decimal(10, 2)), ("dec4", DataType.Decimal(5, 4)));
        using (var transform = Query.Over(table, $"select {expression} as x from t")) transform.Output.Columns[0].Type.ToString().ShouldBe(type);
        Query.Run(table, $"select {expression} as x from t", new BoxedRow(new BoxedDecimal(12345, 2, 2), new BoxedDecimal(12345, 4, 4))).Single()[0]!.ToString().ShouldBe(value);
    }

    [Fact]
    public void A_sum_beyond_38_digits_fails_the_row()
    {
        var table = Query.Table(("a", DataType.Decimal(38, 0)));
        var largest = Int128.Parse(new string('9', 38), System.Globalization.CultureInfo.InvariantCulture);
        Should.Throw<ChunnelException>(() => Query.Run(table, "select a + a as x from t", new BoxedRow(new BoxedDecimal(largest, 0, 0)))).What.ShouldStartWith("the result has more than 38 digits: a + a");
        Query.Run(table, "select a - a as x from t", new BoxedRow(new BoxedDecimal(largest, 0, 0))).Single()[0].ShouldBe(new BoxedDecimal(0, 0, 0));
    }

    [Theory]
    [InlineData("l > 9007199254740992.0", true)]
    [InlineData("l = 9007199254740992.0", false)]
    [InlineData("l = 9007199254740993", true)]
    [InlineData("l < 9007199254740992", false)]
    [InlineData("dec = 123.45", true)]
    [InlineData("dec > 123", true)]
    [InlineData("dec < d", true)]
    [InlineData("l < 1e30", true)]
    [InlineData("l > -1e30", true)]
    public void Numbers_compare_exactly(string condition, bool kept) => Query.Run(
        Query.Table(("l", DataType.BigInt), ("dec", DataType.Decimal(10, 2)), ("d", DataType.Double)), $"select l from t where {condition}",
        new BoxedRow(9007199254740993L, new BoxedDecimal(12345, 2, 2), 123.46)).Count.ShouldBe(kept ? 1 : 0);

    [Fact] // case sql-path-through-a-missing-object; transforms.md 106, 107
    public void A_way_through_an_object_that_is_missing_is_null()
    {
        var person = DataType.Row(new RowField("name", DataType.String), new RowField("age", DataType.Int));
        var table = Query.Table(("person", person), ("m", DataType.Map(DataType.String, DataType.String)));
        Query.Run(table, "select person.name as name, m.a as a from t",
            new BoxedRow(new BoxedList("Joy", 3), new BoxedMap([KeyValuePair.Create<object, object?>("a", "1")])),
            new BoxedRow(null, null),
            new BoxedRow(new BoxedList(null, 3), new BoxedMap([])),
            new BoxedRow(new BoxedList("May", null), new BoxedMap([KeyValuePair.Create<object, object?>("b", "1")]))).ShouldBe(
            [new BoxedRow("Joy", "1"), new BoxedRow(null, null), new BoxedRow(null, null), new BoxedRow("May", null)]);
    }

    [Fact] // transforms.md 108
    public void Nothing_lies_behind_a_map() =>
        Query.Problems(Query.Table(("m", DataType.Map(DataType.String, DataType.String))), "select m.k.z from t").Single().What.ShouldStartWith("For now, when you query map field");

    [Theory] // transforms.md 121
    [InlineData("abc", "a%", true)]
    [InlineData("abc", "%c", true)]
    [InlineData("abc", "%b%", true)]
    [InlineData("abc", "_bc", true)]
    [InlineData("abc", "a_c", true)]
    [InlineData("a中c", "a_c", true)]
    [InlineData("a🙂c", "a_c", true)]
    [InlineData("abc", "a.c", false)]
    [InlineData("", "", true)]
    [InlineData("", "%", true)]
    [InlineData("", "_", false)]
    [InlineData("abcabd", "%ab_", true)]
    [InlineData("aXbXc", "a%b%c", true)]
    [InlineData("100%", "100!%", true)]
    [InlineData("1000", "100!%", false)]
    public void Like_is_the_standards(string text, string pattern, bool matches) =>
        new LikePattern(System.Text.Encoding.UTF8.GetBytes(pattern), new System.Text.Rune('!')).Matches(System.Text.Encoding.UTF8.GetBytes(text)).ShouldBe(matches);

    [Fact]
    public void What_a_query_says_twice_is_computed_once()
    {
        var table = Query.Table(("a", DataType.Int), ("b", DataType.Int));
        using var once = Query.Over(table, "select a + b as x from t where a + b > 3");
        using var twice = Query.Over(table, "select a + b as x, a + b as y, (a + b) * 2 as z from t where a + b > 3");
        twice.StepCount.ShouldBe(once.StepCount + 1);
    }

    [Fact]
    public void What_is_the_same_for_all_rows_is_computed_before_any()
    {
        var table = Query.Table(("a", DataType.Int));
        using var transform = Query.Over(table, "select a, upper('x' || 1 + 2) as x, case when 1 = 2 then 3 else 4 end as y from t where 1 = 1");
        transform.StepCount.ShouldBe(0);
        Query.Run(table, "select a, upper('x' || 1 + 2) as x, case when 1 = 2 then 3 else 4 end as y from t where 1 = 1", new BoxedRow(7)).ShouldBe([new BoxedRow(7, "X3", 4)]);
    }

    [Theory]
    [InlineData("SUBSTR('abc', 0, 2)", "ab")] // transforms.md 137
    [InlineData("SUBSTR('abc', 5)", null)]
    [InlineData("SUBSTR('a中🙂b', 3)", "🙂b")]
    [InlineData("LEFT('a中🙂b', 2)", "a中")]
    [InlineData("REPLACE('aaa', 'a', 'bb')", "bbbbbb")]
    [InlineData("CAST(ROUND(2.5) AS STRING)", "3.0")] // transforms.md 146
    [InlineData("CAST(ROUND(-2.5) AS STRING)", "-3.0")]
    [InlineData("CAST(ROUND(1.005, 2) AS STRING)", "1.01")]
    [InlineData("CAST(MOD(13, 5) AS STRING)", "3")] // transforms.md 143
    [InlineData("CAST(LOCATE('n', CAST(NULL AS STRING)) AS STRING)", "0")] // transforms.md 138
    [InlineData("'a' || NULL || 'b'", "ab")] // transforms.md 118
    [InlineData("TRIM('  ')", "")]
    [InlineData("CAST(TRY_CAST('12x' AS INT) AS STRING)", null)]
    [InlineData("CAST(CAST(20210408 AS DATE) AS STRING)", "2021-04-08")] // transforms.md 130
    [InlineData("CAST(CAST(101530 AS TIME) AS STRING)", "10:15:30")]
    [InlineData("CAST(DATE '2021-04-08' < DATE '2021-04-09' AS STRING)", "true")]
    [InlineData("CAST(CAST(TIMESTAMP '1969-12-31 23:59:59.5' AS DATE) AS STRING)", "1969-12-31")]
    public void Functions_at_their_edges(string expression, string? value) =>
        Query.Run(Query.Table(("i", DataType.Int)), $"select {expression} as x from t", new BoxedRow(1)).Single()[0].ShouldBe(value);

    [Theory]
    [InlineData("select abs() from t", "ABS() requires exactly 1 arguments, but 0 were provided")]
    [InlineData("select upper(i) from t", "Unsupported arg type INT of function UPPER")]
    [InlineData("select round('x') from t", "Unsupported arg type STRING of function ROUND")]
    [InlineData("select i from t where s > 5", "Filed types not matched, left is: STRING, right is: INT")]
    [InlineData("select case when i > 5 then 1 else 'x' end as y from t", "INT type not compatible STRING")] // transforms.md 127
    [InlineData("select cast(i as nosuch) from t", "Unsupported CAST AS type: nosuch")] // transforms.md 128
    [InlineData("select uper(s) from t", "Unsupported function: uper")] // transforms.md 135
    public void What_has_no_meaning_is_refused(string query, string what) =>
        Query.Problems(Query.Table(("i", DataType.Int), ("s", DataType.String)), query).Single().What.ShouldBe(what);
}
