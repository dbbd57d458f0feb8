using Chunnel.Core;
using Chunnel.TestKit;

namespace Chunnel.Transforms.Tests.Sql.Functions;

[Trait("spec", "transforms.md 6.2, 6.4")]
public class ChanceFunctionTests
{
    private static readonly TableSchema Table = Query.Table(("i", DataType.Int));

    [Fact] // transforms.md 161
    public void Every_row_and_every_call_has_its_own_uuid()
    {
        var rows = Query.Run(Table, "select uuid() as a, uuid() as b from t", [.. Enumerable.Range(0, 500).Select(i => new BoxedRow(i))]);
        var all = rows.SelectMany(row => new[] { (string)row[0]!, (string)row[1]! }).ToList();
        all.Distinct().Count().ShouldBe(1000);
        all.ShouldAllBe(text => Guid.ParseExact(text, "D").Version == 4 && "89ab".Contains(text[19], StringComparison.Ordinal));
    }

    [Fact]
    public void Random_numbers_differ_and_lie_in_their_range()
    {
        var rows = Query.Run(Table, "select rand() as a, random() as b from t", [.. Enumerable.Range(0, 500).Select(i => new BoxedRow(i))]);
        var all = rows.SelectMany(row => new[] { (double)row[0]!, (double)row[1]! }).ToList();
        all.Distinct().Count().ShouldBeGreaterThan(990);
        all.ShouldAllBe(number => number >= 0 && number < 1);
    }

    [Theory]
    [InlineData("RAND(1)", "0.7308781907032909")]
    [InlineData("RAND(0)", "0.730967787376657")]
    [InlineData("RAND(-1)", "0.26894263088050496")]
    [InlineData("RAND(NULL)", null)]
    public void A_seed_gives_the_number_that_javas_generator_gives(string expression, string? value) => Query.ValueOf(expression).ShouldBe(value);
}
