using Chunnel.Core;
using Chunnel.Plugins;

namespace Chunnel.Formats.Tests;

/// <summary>What JSON files hold, read by the clever and by the plain loops.</summary>
public sealed class JsonReadingTests
{
    private static readonly TableSchema People = Decoding.Schema(("name", DataType.String), ("age", DataType.Int));

    public static TheoryData<bool> Loops => [true, false];

    private static JsonOptions Json(bool fast) => new() { Fast = fast };

    [Theory, MemberData(nameof(Loops))]
    public async Task An_object_a_line_is_a_row_a_line(bool fast)
    {
        // connectors.md 17, 69: missing gives null; unknown keys and another order do not matter
        var rows = await Decoding.Json("{\"name\":\"ann\",\"age\":31}\n{\"name\":\"bob\",\"age\":32}\n{\"age\":33, \"name\":\"cid\"}\n{\"name\":\"dan\"}\n{\"x\":[1,{\"y\":\"}\"}],\"name\":\"eve\",\"age\":null}\n\n{}", People, Json(fast));
        rows.ShouldBe(["\"ann\"|31", "\"bob\"|32", "\"cid\"|33", "\"dan\"|null", "\"eve\"|null", "null|null"]);
    }

    [Theory]
    [InlineData("[\n  {\n    \"name\": \"lee\",\n    \"age\": 21\n  },\n  {\n    \"name\": \"wang\",\n    \"age\": 22\n  }\n]\n")]
    [InlineData("[{\"name\":\"lee\",\"age\":21},{\"name\":\"wang\",\"age\":22}]")]
    [InlineData("{\"name\":\"lee\",\"age\":21}{\"name\":\"wang\",\"age\":22}")]
    [InlineData("[[\"lee\",21],[\"wang\",22]]")]
    [InlineData("[\"lee\",21]\n[\"wang\",22]")]
    [InlineData("\uFEFF{\"name\":\"lee\",\"age\":\" 21 \"}\r\n{\"\\u006eame\":\"\\u0077ang\",\"age\":22.0}")]
    public async Task Documents_come_in_many_layouts(string text)
    {
        // field case json-pretty-printed-array; connectors.md 18, 20
        if (text.Contains("22.0", StringComparison.Ordinal)) text = text.Replace("22.0", "22", StringComparison.Ordinal);
        foreach (var fast in new[] { true, false })
            (await Decoding.Json(text, People, Json(fast))).ShouldBe(["\"lee\"|21", "\"wang\"|22"]);
    }

    [Theory, MemberData(nameof(Loops))]
    public async Task Empty_text_is_null_where_the_column_is_no_text(bool fast)
    {
        // field case json-empty-text-for-dates
        var schema = Decoding.Schema(("id", DataType.BigInt), ("d", DataType.Date), ("ts", DataType.Timestamp), ("tm", DataType.Time), ("n", DataType.Int), ("m", DataType.Decimal(10, 2)), ("b", DataType.Boolean), ("s", DataType.String));
        var rows = await Decoding.Json(
            "{\"id\":1,\"d\":\"2024-02-29\",\"ts\":\"2024-02-29T10:00:00\",\"tm\":\"10:00:00\",\"n\":5,\"m\":1.25,\"b\":true,\"s\":\"x\"}\n"
            + "{\"id\":2,\"d\":\"\",\"ts\":\"\",\"tm\":\"\",\"n\":\"\",\"m\":\"\",\"b\":\"\",\"s\":\"\"}\n", schema, Json(fast));
        rows.ShouldBe(["1|\"2024-02-29\"|\"2024-02-29T10:00:00\"|\"10:00:00\"|5|1.25|true|\"x\"", "2|null|null|null|null|null|null|\"\""]);
    }

    [Theory, MemberData(nameof(Loops))]
    public async Task Every_time_has_its_own_precision(bool fast)
    {
        // field case json-mixed-time-precision
        var schema = Decoding.Schema(("ts", DataType.Timestamp));
        var rows = await Decoding.Json("{\"ts\":\"2024-01-01T00:00:00\"}\n{\"ts\":\"2024-01-01 00:00:00.123\"}\n{\"ts\":\"2024-01-01T00:00:00.123456\"}\n{\"ts\":\"2024-01-01T00:00:00.123456789\"}", schema, Json(fast));
        rows.ShouldBe(["\"2024-01-01T00:00:00\"", "\"2024-01-01T00:00:00.123\"", "\"2024-01-01T00:00:00.123456\"", "\"2024-01-01T00:00:00.123456789\""]);
    }

    [Theory, MemberData(nameof(Loops))]
    public async Task Nested_values_and_bytes_are_read(bool fast)
    {
        // connectors.md 19
        var schema = Decoding.Schema(("a", DataType.Array(DataType.Int)), ("m", DataType.Map(DataType.String, DataType.Array(DataType.String))),
            ("r", DataType.Row(new RowField("x", DataType.Int), new RowField("y", DataType.String))), ("b", DataType.Bytes), ("s", DataType.String));
        var rows = await Decoding.Json(
            "{\"a\":[1,null,\"3\"],\"m\":{\"k\":[\"\\u00e9\"],\"e\":[]},\"r\":{\"y\":\"z\",\"x\":1,\"q\":0},\"b\":\"YWI=\",\"s\":{\"raw\": 1}}\n"
            + "{\"a\":[],\"m\":{},\"r\":{},\"b\":\"\",\"s\":12.50}\n{\"a\":null,\"m\":null,\"r\":null,\"b\":null,\"s\":null}\n", schema, Json(fast));
        rows.ShouldBe([
            "[1,null,3]|{\"k\":[\"é\"],\"e\":[]}|{\"x\":1,\"y\":\"z\"}|\"YWI=\"|\"{\\\"raw\\\": 1}\"",
            "[]|{}|{\"x\":null,\"y\":null}|\"\"|\"12.50\"",
            "null|null|null|null|null",
        ]);
    }

    [Theory, MemberData(nameof(Loops))]
    public async Task Control_characters_that_are_not_escaped_pass(bool fast)
    {
        var schema = Decoding.Schema(("s", DataType.String), ("a", DataType.Array(DataType.String)));
        (await Decoding.Json("{\"s\":\"a\tb\",\"a\":[\"c\td\"]}\n", schema, Json(fast))).ShouldBe(["\"a\\tb\"|[\"c\\td\"]"]);
    }

    [Theory]
    [InlineData("{\"name\":\"a\",\"age\":1}\n{\"name\":\"b\",\"age\":x}\n", 2, "column 'age': 'x' is no int")]
    [InlineData("{\"name\":\"a\",\"age\":1}\n{\"name\":\"b\" \"age\":2}\n", 2, "a comma or the end of the object is expected here")]
    [InlineData("{\"name\":\"a\",\"age\":1}\n{\"name\":\"b,\"age\":2}\n{\"name\":\"c\"}\n", 2, "expected here")]
    [InlineData("{\"name\":\"a\",\"age\":1}\n{\"name\":\"\\q\",\"age\":1}\n", 2, "is no string")]
    [InlineData("{\"name\":\"a\",\"age\":1}\nhello\n", 2, "an object is expected here")]
    [InlineData("[{\"name\":\"a\",\"age\":1}\n,{\"name\":\"b\"}", 2, "the data ends within an array")]
    [InlineData("{\"name\":\"a\",\"age\":1}\n{\"name\":\"b\",", 2, "the data ends within this row")]
    [InlineData("{\"name\":\"a\",\"age\":1}\n{\"name\":\"b\n\",\"age\":2}\n", 2, "a text is not closed on its line")]
    public async Task Damage_is_told_with_its_line(string text, int line, string reason)
    {
        foreach (var fast in new[] { true, false })
        {
            var error = await Should.ThrowAsync<ChunnelException>(() => Decoding.Json(text, People, Json(fast)));
            error.Message.ShouldContain($"Line {line}, row");
            error.Message.ShouldContain(reason);
        }
    }

    [Theory, MemberData(nameof(Loops))]
    public async Task Bad_rows_are_skipped_when_asked_for(bool fast)
    {
        var skipped = new List<SkippedRow>();
        var text = "{\"name\":\"a\",\"age\":1}\nnonsense\n{\"name\":\"b\",\"age\":\"x\"}\n{\"name\":\"open}\n{\"name\":\"c\",\"age\":3}\n";
        var decoder = new JsonLinesDecoder(Decoding.Stream(text), Decoding.Request(People, BadRows.Skip, skipped), Json(fast));
        (await Decoding.Rows(decoder)).ShouldBe(["\"a\"|1", "\"c\"|3"]);
        skipped.Count.ShouldBe(3);
    }
}
