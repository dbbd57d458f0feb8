using System.Text;
using Chunnel.Core;

namespace Chunnel.Formats.Tests;

/// <summary>SeaTunnel's text form: delimiters of any kind, nested separators, no quotes.</summary>
public sealed class TextFormTests
{
    private static readonly TableSchema People = Decoding.Schema(("name", DataType.String), ("age", DataType.Int), ("note", DataType.String));

    public static TheoryData<bool> Loops => [true, false];

    [Theory, MemberData(nameof(Loops))]
    public async Task Fields_stand_between_u0001_and_quotes_are_data(bool fast)
    {
        var rows = await Decoding.Csv("a\"b\u000131\u0001x\nc\u0001\u0001\n", People, DelimitedOptions.Text with { Fast = fast });
        rows.ShouldBe(["\"a\\\"b\"|31|\"x\"", "\"c\"|null|\"\""]);
    }

    [Theory]
    [InlineData("\\|", "|")]
    [InlineData("|", "|")]
    [InlineData("\\t", "\t")]
    [InlineData("||", "||")]
    [InlineData("\\", "\\")]
    public void A_backslash_before_the_delimiter_is_taken_off(string written, string meant) => DelimitedOptions.Literal(written).ShouldBe(meant);

    [Theory]
    [InlineData("|")]
    [InlineData("||")]
    [InlineData("<->")]
    [InlineData("\u00A6")]
    public async Task Any_delimiter_splits(string delimiter)
    {
        // connectors.md 64
        var text = "a,1,x\nb,,\n".Replace(",", delimiter);
        (await Decoding.Csv(text, People, DelimitedOptions.Text with { FieldDelimiter = delimiter })).ShouldBe(["\"a\"|1|\"x\"", "\"b\"|null|\"\""]);
    }

    [Fact]
    public async Task A_regular_expression_splits_where_one_is_wanted()
    {
        // connectors.md 33
        var rows = await Decoding.Csv("ann  31\tx\nbé 7   y z\n", Decoding.Schema(("name", DataType.String), ("age", DataType.Int), ("note", DataType.String)),
            DelimitedOptions.Text with { FieldDelimiterRegex = "\\s{2,}|\\t|(?<=é) " });
        rows.ShouldBe(["\"ann\"|31|\"x\"", "\"bé\"|7|\"y z\""]);
    }

    [Fact]
    public async Task Rows_may_end_with_a_delimiter_of_their_own()
    {
        var rows = await Decoding.Csv("a\u00011\u0001x\ny|;b\u00012\u0001z|;", People, DelimitedOptions.Text with { RowDelimiter = "|;" });
        rows.ShouldBe(["\"a\"|1|\"x\\ny\"", "\"b\"|2|\"z\""]);
    }

    [Theory, MemberData(nameof(Loops))]
    public async Task Nested_values_stand_between_deeper_separators(bool fast)
    {
        // connectors.md 67; the line that a real server wrote
        var schema = Decoding.Schema(("a", DataType.Array(DataType.Int)), ("s", DataType.Array(DataType.String)), ("m", DataType.Map(DataType.String, DataType.String)),
            ("r", DataType.Row(new RowField("r_int", DataType.Int), new RowField("r_string", DataType.String), new RowField("r_arr", DataType.Array(DataType.Int)))));
        var rows = await Decoding.Csv("1\u00022\u00023\u0001a\u0002\u0002c\u0001a\u0003x\u0002b\u0003y\u00017\u0002seven\u00021\u00032\n\u0001\u0001\u0001\n", schema, DelimitedOptions.Text with { Fast = fast });
        rows.ShouldBe([
            "[1,2,3]|[\"a\",\"\",\"c\"]|{\"a\":\"x\",\"b\":\"y\"}|{\"r_int\":7,\"r_string\":\"seven\",\"r_arr\":[1,2]}",
            "null|null|null|null",
        ]);
    }

    [Fact]
    public async Task Lists_within_maps_have_separators_of_their_own()
    {
        var schema = Decoding.Schema(("id", DataType.Int), ("m", DataType.Map(DataType.String, DataType.Array(DataType.Int))));
        var batches = await Writing.Batches(schema, """{"id":1,"m":{"a":[1,2],"b":[3]}}""");
        var text = Writing.Text(new TextEncoder(schema, DelimitedOptions.Text), batches);
        text.ShouldBe("1\u0001a\u00031\u00042\u0002b\u00033");
        (await Decoding.Csv(text, schema, DelimitedOptions.Text)).ShouldBe(["1|{\"a\":[1,2],\"b\":[3]}"]);
    }

    [Theory, MemberData(nameof(Loops))]
    public async Task Null_may_have_a_text(bool fast)
    {
        var rows = await Decoding.Csv("\\N\u0001\\N\u0001\n\u00011\u0001\\N\n", People, DelimitedOptions.Text with { NullFormat = "\\N", Fast = fast });
        rows.ShouldBe(["null|null|\"\"", "\"\"|1|null"]);
    }

    [Fact]
    public async Task Other_patterns_of_time_are_read()
    {
        var schema = Decoding.Schema(("d", DataType.Date), ("ts", DataType.Timestamp));
        var options = DelimitedOptions.Csv with { DateFormat = "yyyy/MM/dd", DateTimeFormat = "yyyy.MM.dd HH:mm:ss" };
        (await Decoding.Csv("2024/01/31,2024.01.31 10:15:30\n2024-02-01,2024-02-01T00:00:00\n", schema, options))
            .ShouldBe(["\"2024-01-31\"|\"2024-01-31T10:15:30\"", "\"2024-02-01\"|\"2024-02-01T00:00:00\""]);
        (await Should.ThrowAsync<ChunnelException>(() => Decoding.Csv("2023-02-29,\n", schema))).Message.ShouldContain("'2023-02-29' is no date");
    }
}
