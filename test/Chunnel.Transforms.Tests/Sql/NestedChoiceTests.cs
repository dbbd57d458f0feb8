using Chunnel.Core;
using Chunnel.TestKit;

namespace Chunnel.Transforms.Tests.Sql;

/// <summary>CASE and its kin over arrays, maps and rows (transforms.md 5.5, 6.4).</summary>
[Trait("spec", "transforms.md 5.5")]
public class NestedChoiceTests
{
    private static readonly TableSchema Nested = Query.Table(
        ("i", DataType.Int), ("a", DataType.Array(DataType.String)), ("b", DataType.Array(DataType.String)), ("m", DataType.Map(DataType.String, DataType.Int)),
        ("r", DataType.Row(new RowField("x", DataType.Int), new RowField("l", DataType.Array(DataType.BigInt)))));

    [Fact]
    public void A_case_chooses_between_arrays()
    {
        var rows = Query.Run(Nested, "select case when i = 1 then a when i = 2 then b end as c from t where i < 9",
            Row(1, A("a", null), A("b")), Row(2, A("no"), A("b", "bb", "bbb")), Row(9, A("out"), A("out")), Row(1, null, A("b")), Row(2, A("no"), A()), Row(3, A("no"), A("no")));
        rows.Select(row => row[0]).ShouldBe([A("a", null), A("b", "bb", "bbb"), null, A(), null]);
    }

    [Fact]
    public void A_missing_array_has_a_stand_in() =>
        Query.Run(Nested, "select coalesce(a, b) as c from t", Row(1, null, A("b")), Row(2, A(), A("b")), Row(3, A("x"), null), Row(4, null, null))
            .Select(row => row[0]).ShouldBe([A("b"), A(), A("x"), null]);

    [Fact]
    public void Maps_and_rows_are_chosen_whole()
    {
        var first = new BoxedRow(1, null, null, M(("k", 1), ("l", null)), A(7, A(1L, 2L)));
        var second = new BoxedRow(2, null, null, M(("n", 2)), A(8, null));
        var third = new BoxedRow(3, null, null, null, null);
        var rows = Query.Run(Nested, "select case when i = 1 then m end as m, case when i = 2 then r else null end as r, case when i = 1 then r else r end as s from t", first, second, third);
        rows.ShouldBe([new BoxedRow(first[3], null, first[4]), new BoxedRow(null, second[4], second[4]), new BoxedRow(null, null, null)]);
    }

    [Fact]
    public void Arrays_are_elements_of_arrays() =>
        Query.Run(Nested, "select array(a, b) as c from t", Row(1, A("x", "y"), A())).Single()[0].ShouldBe(A(A("x", "y"), A()));

    [Fact]
    public void Two_kinds_of_arrays_are_not_mixed() =>
        Query.Problems(Nested, "select case when i = 1 then a else m end as c from t").Single().What.ShouldContain("type not compatible");

    private static BoxedRow Row(int i, object? a, object? b) => new(i, a, b, null, null);

    private static BoxedList A(params object?[] elements) => new(elements);

    private static BoxedMap M(params (string Key, object? Value)[] pairs) => new([.. pairs.Select(pair => KeyValuePair.Create((object)pair.Key, pair.Value))]);
}
