using Chunnel.Core;
using Chunnel.TestKit;

namespace Chunnel.Transforms.Tests.Sql.Functions;

[Trait("spec", "transforms.md 6.1, 6.2, 6.4")]
public class ListFunctionTests
{
    [Theory]
    [InlineData("SPLIT('a,b,,c', ',')", "[a, b, , c]", "ARRAY<STRING>")]
    [InlineData("SPLIT('a|b', '|')", "[a, b]", "ARRAY<STRING>")]
    [InlineData("SPLIT('a|b', '\\|')", "[a, b]", "ARRAY<STRING>")]
    [InlineData("SPLIT('', ',')", "[]", "ARRAY<STRING>")]
    [InlineData("SPLIT(NULL, ',')", null, "ARRAY<STRING>")]
    [InlineData("ARRAY(1, 2, 3)", "[1, 2, 3]", "ARRAY<INT>")]
    [InlineData("ARRAY(1, 9000000000)", "[1, 9000000000]", "ARRAY<BIGINT>")]
    [InlineData("ARRAY(1, 2.5, NULL)", "[1.0, 2.5, ]", "ARRAY<DOUBLE>")]
    [InlineData("ARRAY('c_1', 2, 3.12)", "[c_1, 2, 3.12]", "ARRAY<STRING>")]
    [InlineData("MAP('a', 1, 'b', 2)", "{\"a\":1,\"b\":2}", "MAP<STRING, INT>")]
    [InlineData("MAP(1, 'x')", "{\"1\":\"x\"}", "MAP<STRING, STRING>")]
    [InlineData("ARRAY_MAX(ARRAY(3, 7, 5))", "7", "INT")]
    [InlineData("ARRAY_MIN(ARRAY(3, NULL, 5))", "3", "INT")]
    [InlineData("ARRAY_MAX(SPLIT('b,c,a', ','))", "c", "STRING")]
    [InlineData("ARRAY_MAX(ARRAY(NULL, NULL))", null, "STRING")]
    public void Lists_and_their_types(string expression, string? value, string type)
    {
        Query.ValueOf(expression).ShouldBe(value, expression);
        Query.TypeOf(expression).ShouldBe(type, expression);
    }

    [Fact]
    public void Lists_of_columns()
    {
        var table = Query.Table(("a", DataType.Int), ("b", DataType.BigInt), ("s", DataType.String), ("l", DataType.Array(DataType.Double)));
        Query.Run(table, "select array(a, b) as x, map(s, a) as m, array_max(l) as y, split(s, '-') as z from t",
            new BoxedRow(1, 2L, "x-y", new BoxedList(1.5, null, 0.5)), new BoxedRow(null, 4L, "z", new BoxedList()), new BoxedRow(5, null, "", null)).ShouldBe(
        [
            new BoxedRow(new BoxedList(1L, 2L), Map("x-y", 1), 1.5, new BoxedList("x", "y")),
            new BoxedRow(new BoxedList(null, 4L), Map("z", null), null, new BoxedList("z")),
            new BoxedRow(new BoxedList(5L, null), Map("", 5), null, new BoxedList("")),
        ]);
        static BoxedMap Map(string key, int? value) => new([KeyValuePair.Create<object, object?>(key, value)]);
    }

    [Fact]
    public void A_null_key_fails_the_row()
    {
        var table = Query.Table(("s", DataType.String));
        Should.Throw<ChunnelException>(() => Query.Run(table, "select map(s, 1) as m from t", new BoxedRow("a"), new BoxedRow([null]))).What.ShouldStartWith("a key of the map is null");
    }

    [Theory]
    [InlineData("MAP('a', 1, 'b')", "MAP() requires an even number of arguments: keys and values in turn")]
    [InlineData("MAP(NULL, 1)", "A key of MAP() is null: NULL")]
    [InlineData("ARRAY_MAX('x')", "Unsupported arg type STRING of function ARRAY_MAX")]
    [InlineData("ARRAY_MAX(ARRAY(TRUE))", "Unsupported arg type ARRAY<BOOLEAN> of function ARRAY_MAX")]
    public void What_has_no_meaning_is_refused(string expression, string what) => Query.ProblemOf(expression).What.ShouldBe(what);

    [Theory]
    [InlineData("MULTI_IF(1 > 2, 'a', 2 > 1, 'b', 'c')", "b")]
    [InlineData("MULTI_IF(NULL, 'a', 'c')", "c")]
    [InlineData("MULTI_IF(1 > 2, 1, 2.5)", "2.5")]
    [InlineData("MULTI_IF(TRUE, 1, 1 / 0)", "1")]
    public void The_first_true_condition_chooses(string expression, string value) => Query.ValueOf(expression).ShouldBe(value);
}
