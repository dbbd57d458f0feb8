using System.Text.Json;
using Chunnel.Core;
using Chunnel.TestKit;
using Chunnel.Transforms.JsonPath;
using Chunnel.Transforms.Tests.Tables;

namespace Chunnel.Transforms.Tests.JsonPath;

/// <summary>Paths into JSON as Jayway reads them: what is definite must be there, what is not is a list (transforms.md 52, 56, 57, 58, 61).</summary>
public sealed class PathTests
{
    private const string Store = """
        { "store": {
            "book": [
              { "category": "reference", "author": "Nigel Rees", "title": "Sayings", "price": 8.95 },
              { "category": "fiction", "author": "Evelyn Waugh", "title": "Sword", "price": 12.99, "tags": ["a", "b"] },
              { "category": "fiction", "author": "Herman Melville", "title": "Moby Dick", "isbn": "0-553-21311-3", "price": 8.99, "tags": [] },
              { "category": "fiction", "author": "J. R. R. Tolkien", "title": "The Lord", "isbn": null, "price": "22.99" } ],
            "bicycle": { "color": "red", "price": 19.95 } },
          "expensive": 10, "it's": 1, "a.b": 2, "numbers": [3, 1, 2], "nothing": null, "empty": [] }
        """;

    private static readonly TableSchema Texts = new(TablePath.Parse("t"), [new ColumnDef("t", DataType.String)]);

    [Theory]
    // One place.
    [InlineData("$.store.bicycle.color", "red")]
    [InlineData("$['store']['bicycle']['color']", "red")]
    [InlineData("$.store.book[0].title", "Sayings")]
    [InlineData("$.store.book[-1].title", "The Lord")]
    [InlineData("$['it\\\\'s']", "1")]
    [InlineData("$['a.b']", "2")]
    [InlineData("$.nothing", null)]
    [InlineData("$.store.bicycle['color','price','none']", """{"color":"red","price":19.95}""")]
    // Lists.
    [InlineData("$.store.book[*].author", """["Nigel Rees","Evelyn Waugh","Herman Melville","J. R. R. Tolkien"]""")]
    [InlineData("$.store.bicycle.*", """["red",19.95]""")]
    [InlineData("$..author", """["Nigel Rees","Evelyn Waugh","Herman Melville","J. R. R. Tolkien"]""")]
    [InlineData("$.store..price", """[8.95,12.99,8.99,"22.99",19.95]""")]
    [InlineData("$..book[2].title", """["Moby Dick"]""")]
    [InlineData("$..book[-2].title", """["Moby Dick"]""")]
    [InlineData("$..book[0,1].title", """["Sayings","Sword"]""")]
    [InlineData("$..book[:2].title", """["Sayings","Sword"]""")]
    [InlineData("$..book[1:2].title", """["Sword"]""")]
    [InlineData("$..book[-2:].title", """["Moby Dick","The Lord"]""")]
    [InlineData("$.numbers[1:]", "[1,2]")]
    [InlineData("$.numbers[:-1]", "[3,1]")]
    [InlineData("$.numbers[-2:-1]", "[1]")]
    [InlineData("$.numbers[5:9]", "[]")]
    [InlineData("$.store.book[1,0]['title','price']", """[{"title":"Sword","price":12.99},{"title":"Sayings","price":8.95}]""")]
    [InlineData("$..*", null, true)]
    [InlineData("$..none", "[]")]
    [InlineData("$.store.book[*].none", "[]")]
    [InlineData("$.numbers[9]..x", "[]")]
    // Conditions.
    [InlineData("$..book[?(@.isbn)].title", """["Moby Dick","The Lord"]""")]
    [InlineData("$.store.book[?(!@.isbn)].title", """["Sayings","Sword"]""")]
    [InlineData("$.store.book[?(@.price < 10)].title", """["Sayings","Moby Dick"]""")]
    [InlineData("$.store.book[?(@.price <= 8.95)].title", """["Sayings"]""")]
    [InlineData("$.store.book[?(@.price == 22.99)].title", """["The Lord"]""")]
    [InlineData("$.store.book[?(@.isbn == null)].title", """["The Lord"]""")]
    [InlineData("$.store.book[?(@.isbn != null)].title", """["Sayings","Sword","Moby Dick"]""")]
    [InlineData("$..book[?(@.price > $['expensive'])].title", """["Sword"]""")]
    [InlineData("$..book[?(@.author =~ /.*rees/i)].title", """["Sayings"]""")]
    [InlineData("$..book[?(@.author =~ /Rees/)].title", "[]")]
    [InlineData("$.store.book[?(@.category == 'fiction' && @.price < 10 || @.title == \\\"Sayings\\\")].title", """["Sayings","Moby Dick"]""")]
    [InlineData("$.store.book[?(@.category == 'fiction' && (@.price > 10 || @.isbn))].title", """["Sword","Moby Dick","The Lord"]""")]
    [InlineData("$.store.book[?(@.category in ['reference', 'x'])].title", """["Sayings"]""")]
    [InlineData("$.store.book[?(@.category nin ['reference', 'x'])].price", """[12.99,8.99,"22.99"]""")]
    [InlineData("$.store.book[?(@.tags contains 'b')].title", """["Sword"]""")]
    [InlineData("$.store.book[?(@.title contains 'o')].title", """["Sword","Moby Dick","The Lord"]""")]
    [InlineData("$.store.book[?(@.tags size 2)].title", """["Sword"]""")]
    [InlineData("$.store.book[?(@.tags empty true)].title", """["Moby Dick"]""")]
    [InlineData("$.store.book[?(@.tags empty false)].title", """["Sword"]""")]
    [InlineData("$.store.book[?(@.tags subsetof ['a', 'b', 'c'])].title", """["Sword","Moby Dick"]""")]
    [InlineData("$.store.book[?(@.tags anyof ['b'])].title", """["Sword"]""")]
    [InlineData("$.store.book[?(@.tags noneof ['b'])].title", """["Moby Dick"]""")]
    [InlineData("$.store.book[?(@.title.length() > 8)].title", """["Moby Dick"]""")]
    [InlineData("$.numbers[?(@ > 1)]", "[3,2]")]
    [InlineData("$..[?(@.color)].price", "[19.95]")]
    [InlineData("$.store.bicycle[?(@.color == 'red')].price", "[19.95]")]
    [InlineData("$.store.bicycle[?(@.color == 'blue')].price", "[]")]
    // Functions.
    [InlineData("$.numbers.length()", "3")]
    [InlineData("$.store.bicycle.color.length()", "3")]
    [InlineData("$..book.length()", "1")]
    [InlineData("$.numbers.sum()", "6")]
    [InlineData("$.numbers.min()", "1")]
    [InlineData("$.numbers.max()", "3")]
    [InlineData("$.numbers.avg()", "2")]
    [InlineData("$.numbers.stddev()", "0.8164965809277263")]
    [InlineData("$.store.book[*].price.max()", "12.99")]
    [InlineData("$.store.bicycle.keys()", """["color","price"]""")]
    public async Task A_path_finds(string path, string? value, bool many = false)
    {
        var (_, rows) = await Transforming.ApplyAsync(new JsonPathPlugin(), Settings(path), Texts, new BoxedRow(Store));
        if (many) JsonDocument.Parse((string)rows[0][1]!).RootElement.GetArrayLength().ShouldBeGreaterThan(30);
        else rows[0][1].ShouldBe(value);
    }

    [Theory]
    [InlineData("$.none", "nothing stands there")]
    [InlineData("$.none[*]", "there is no 'none'")]
    [InlineData("$.none.x[0:1]", "there is no 'none'")]
    [InlineData("$.numbers[7]", "nothing stands there")]
    [InlineData("$.numbers[-7]", "nothing stands there")]
    [InlineData("$.expensive[*].x", null)]
    [InlineData("$.expensive[0:1]", "an element is asked of a number")]
    [InlineData("$.numbers['a','b'].x", "a name is asked of an array")]
    [InlineData("$.expensive[?(@.x)]", "a condition is asked of a number")]
    [InlineData("$.nothing[0,1]", "an element is asked of null")]
    [InlineData("$.empty.avg()", "avg() cannot be told of what stands there")]
    [InlineData("$.none.length()", "there is no 'none'")]
    [InlineData("$.numbers.keys()", "keys() cannot be told of what stands there")]
    public async Task What_must_be_there_and_is_not_is_an_error(string path, string? why)
    {
        var run = () => Transforming.ApplyAsync(new JsonPathPlugin(), Settings(path), Texts, new BoxedRow(Store));
        if (why is null) (await run()).Rows[0][1].ShouldBe("[]");
        else
        {
            var error = await Should.ThrowAsync<ChunnelException>(run);
            error.Code.Id.ShouldBe("JSONPATH_ERROR_CODE-05");
            error.What.ShouldStartWith(why);
        }
    }

    [Theory]
    [InlineData("store", "at character 1: it does not begin with $")]
    [InlineData("$store", "at character 2: a step begins with . or [")]
    [InlineData("$.", "at character 3: a name is empty")]
    [InlineData("$.a[", "at character 5: brackets hold a name in quotes, a number, a slice such as 1:3, * or ?( )")]
    [InlineData("$.a[1", "at character 6: a [ is not closed")]
    [InlineData("$.a['b", "at character 7: a quote is not closed")]
    [InlineData("$.a['b',1]", "at character 9: a name in quotes follows a comma")]
    [InlineData("$.a[1,'b']", "at character 7: a number follows a comma")]
    [InlineData("$.a[1:2:3]", "at character 8: a slice has no step")]
    [InlineData("$.a[99999999999]", "at character 16: '99999999999' is no number of an element")]
    [InlineData("$.a[?(@.b)", "at character 11: a [ is not closed")]
    [InlineData("$.a[?(@.b]", "at character 10: a condition is not closed by )")]
    [InlineData("$.a[?@.b]", "at character 6: a condition stands between [?( and )]")]
    [InlineData("$.a[?(1)]", "at character 8: a comparison such as == follows a value")]
    [InlineData("$.a[?(@.b == )]", "at character 14: a value is a path from @ or $, a text in quotes, a number, true, false, null or a list [ ]")]
    [InlineData("$.a[?(@.b =~ 'x')]", "at character 14: =~ is followed by /pattern/")]
    [InlineData("$.a[?(@.b =~ /(/)]", "at character 17: /(/ is no regular expression: at character 1: InsufficientClosingParentheses")]
    [InlineData("$.a.size()", "at character 9: 'size' is none of the functions length, min, max, avg, sum, stddev, keys")]
    [InlineData("$.a.length(1)", "at character 11: the function length takes nothing between its parentheses")]
    [InlineData("$.a.length().b", "at character 13: a function ends a path")]
    public void A_path_that_is_none_is_refused_before_the_job_starts(string path, string why) =>
        Transforming.Wrong(new JsonPathPlugin(), Settings(path)).ShouldBe([$"The path '{path}' cannot be read: {why}."]);

    [Fact]
    public void Conditions_do_not_stand_too_deep() =>
        Transforming.Wrong(new JsonPathPlugin(), Settings($"$[?({new string('(', 500)}@.a{new string(')', 500)})]")).ShouldHaveSingleItem().ShouldContain("conditions stand too deep");

    [Theory]
    [InlineData("$..n", "array<int>", "[1,2,3]")]
    [InlineData("$.a[*].n", "array<bigint>", "[1,2]")]
    [InlineData("$..n", "string", "[1,2,3]")]
    public async Task A_list_that_is_found_fits_array_types(string path, string type, string value)
    {
        var (_, rows) = await Transforming.ApplyAsync(new JsonPathPlugin(), Settings(path, type), Texts, new BoxedRow("""{ "a": [ { "n": 1 }, { "n" : 2 } ], "b": { "n": 3 } }"""));
        rows[0][1]!.ToString()!.Replace(" ", "", StringComparison.Ordinal).ShouldBe(value);
    }

    [Fact]
    public async Task A_column_that_may_miss_its_path_is_null_and_the_row_stays()
    {
        var (_, rows) = await Transforming.ApplyAsync(new JsonPathPlugin(), """{ "columns": [ { "src_field": "t", "path": "$.a[-1].b", "dest_field": "v", "column_error_handle_way": "SKIP" } ] }""", Texts,
            new BoxedRow("""{"a":[{"b":1},{"b":2}]}"""), new BoxedRow("""{"a":[]}"""), new BoxedRow("no json"), new BoxedRow("""{"a":[]} x"""));
        rows.Select(row => row[1]).ShouldBe(["2", null, null, null]);
    }

    [Fact]
    public async Task A_pattern_that_takes_too_long_is_an_error_of_the_row()
    {
        var error = await Should.ThrowAsync<ChunnelException>(() => Transforming.ApplyAsync(new JsonPathPlugin(), Settings("$[?(@.a =~ /(?=(a+)+b)a*/)]"), Texts, new BoxedRow($$"""[{"a":"{{new string('a', 40)}}!"}]""")));
        error.What.ShouldStartWith("the pattern took too long");
    }

    private static string Settings(string path, string type = "string") =>
        $$"""{ "columns": [ { "src_field": "t", "path": {{JsonSerializer.Serialize(path.Replace("\\\\", "\\", StringComparison.Ordinal).Replace("\\\"", "\"", StringComparison.Ordinal))}}, "dest_field": "v", "dest_type": "{{type}}" } ] }""";
}
