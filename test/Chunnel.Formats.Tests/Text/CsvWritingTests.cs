using System.Text;
using Chunnel.Core;

namespace Chunnel.Formats.Tests;

public sealed class CsvWritingTests
{
    private static readonly TableSchema Notes = Decoding.Schema(("id", DataType.Int), ("t", DataType.String), ("u", DataType.String));

    public static TheoryData<bool> Loops => [true, false];

    private static async Task<string> Csv(TableSchema schema, DelimitedOptions options, params string[] rows) =>
        Writing.Text(new TextEncoder(schema, options), await Writing.Batches(schema, rows));

    [Theory, MemberData(nameof(Loops))]
    public async Task Only_what_needs_quotes_gets_them(bool fast)
    {
        // field case csv-sink-quotes-what-needs-quotes, byte for byte: LF between rows, none at the end
        var text = await Csv(Notes, DelimitedOptions.Csv with { Fast = fast },
            """{"id":1,"t":"a,b","u":"plain"}""", """{"id":2,"t":"q\"q","u":"x"}""", """{"id":3,"t":"two\nlines","u":null}""", """{"id":4,"t":"x;y","u":"é文"}""");
        text.ShouldBe("1,\"a,b\",plain\n2,\"q\"\"q\",x\n3,\"two\nlines\",\n4,x;y,é文");
    }

    [Theory, MemberData(nameof(Loops))]
    public async Task A_header_names_the_columns(bool fast)
    {
        // connectors.md 89
        var text = await Csv(Decoding.Schema(("id", DataType.Int), ("a,b", DataType.String)), DelimitedOptions.Csv with { Header = true, Fast = fast }, """{"id":1,"a,b":""}""");
        text.ShouldBe("id,\"a,b\"\n1,\"\"");
    }

    [Fact]
    public async Task A_file_without_rows_is_its_header()
    {
        (await Csv(Notes, DelimitedOptions.Csv with { Header = true })).ShouldBe("id,t,u");
        (await Csv(Notes, DelimitedOptions.Csv)).ShouldBe("");
    }

    [Theory, MemberData(nameof(Loops))]
    public async Task Quotes_may_be_put_round_every_text(bool fast)
    {
        var options = DelimitedOptions.Csv with { QuoteMode = QuoteMode.All, Fast = fast };
        (await Csv(Notes, options, """{"id":1,"t":"a","u":null}""", """{"id":2,"t":"","u":"\""}""")).ShouldBe("1,\"a\",\n2,\"\",\"\"\"\"");
    }

    [Fact]
    public async Task Without_quotes_an_escape_character_protects()
    {
        var options = DelimitedOptions.Csv with { QuoteMode = QuoteMode.None, Escape = '\\' };
        (await Csv(Notes, options, """{"id":1,"t":"a,b","u":"c\\d"}""")).ShouldBe("1,a\\,b,c\\\\d");
        Should.Throw<ChunnelException>(() => new TextEncoder(Notes, DelimitedOptions.Csv with { QuoteMode = QuoteMode.None })).Message.ShouldContain("escape_char");
    }

    [Fact]
    public async Task Text_that_would_break_a_row_is_refused_with_its_place()
    {
        var error = await Should.ThrowAsync<ChunnelException>(() => Csv(Notes, DelimitedOptions.Text, """{"id":1,"t":"fine","u":"x"}""", """{"id":2,"t":"two\nlines","u":"x"}"""));
        error.Message.ShouldContain("Row 2, column 't': 'two\\u000Alines'");
    }

    [Theory, MemberData(nameof(Loops))]
    public async Task Text_that_reads_as_null_is_told_from_it(bool fast)
    {
        var options = DelimitedOptions.Csv with { NullFormat = "NULL", Fast = fast };
        (await Csv(Notes, options, """{"id":1,"t":"NULL","u":null}""", """{"id":null,"t":"","u":"x"}""")).ShouldBe("1,\"NULL\",NULL\nNULL,,x");
    }

    [Theory, MemberData(nameof(Loops))]
    public async Task Every_type_is_written_as_a_real_server_wrote_it(bool fast)
    {
        // recorded: localfile text, all types; c_bytes are written as they are
        var schema = Decoding.Schema(("s", DataType.String), ("b", DataType.Boolean), ("t", DataType.TinyInt), ("sm", DataType.SmallInt), ("i", DataType.Int), ("l", DataType.BigInt), ("f", DataType.Float),
            ("d", DataType.Double), ("m", DataType.Decimal(38, 4)), ("x", DataType.Bytes), ("day", DataType.Date), ("tm", DataType.Time), ("ts", DataType.Timestamp), ("n", DataType.Null),
            ("a", DataType.Array(DataType.Int)), ("sa", DataType.Array(DataType.String)), ("mp", DataType.Map(DataType.String, DataType.String)),
            ("r", DataType.Row(new RowField("r_int", DataType.Int), new RowField("r_string", DataType.String), new RowField("r_arr", DataType.Array(DataType.Int)))));
        var row = """{"s":"Hello, World","b":true,"t":1,"sm":2,"i":3,"l":9223372036854775807,"f":1.5,"d":3.141592653589793,"m":1234567890123456.7891,"x":"bWlJWmo=","day":"2024-02-29","tm":"23:59:58","ts":"2024-02-29T23:59:58","n":null,"a":[1,2,3],"sa":["a","","c"],"mp":{"a":"x","b":"y"},"r":{"r_int":7,"r_string":"seven","r_arr":[1,2]}}""";
        var text = await Csv(schema, DelimitedOptions.Text with { Fast = fast }, row, "{}");
        text.ShouldBe("Hello, World\u0001true\u00011\u00012\u00013\u00019223372036854775807\u00011.5\u00013.141592653589793\u00011234567890123456.7891\u0001miIZj\u00012024-02-29\u000123:59:58\u00012024-02-29 23:59:58\u0001\u0001"
            + "1\u00022\u00023\u0001a\u0002\u0002c\u0001a\u0003x\u0002b\u0003y\u00017\u0002seven\u00021\u00032\n" + new string('\u0001', 17));
        var json = Writing.Text(new JsonLinesEncoder(schema, new JsonOptions { Fast = fast }), await Writing.Batches(schema, row));
        json.ShouldBe(row);
    }

    [Theory, MemberData(nameof(Loops))]
    public async Task Only_selected_rows_are_written(bool fast)
    {
        var batch = (await Writing.Batches(Notes, [.. Enumerable.Range(0, 100).Select(i => $$"""{"id":{{i}},"t":"t,{{i}}","u":"{{new string('u', i)}}"}""")])).Single();
        var selection = ColumnBuffer.Rent<ushort>(batch.Memory, 3);
        ((ushort[])[3, 50, 99]).CopyTo(selection.As<ushort>());
        var some = batch.WithSelection(selection, 3);
        Writing.Text(new TextEncoder(Notes, DelimitedOptions.Csv with { Fast = fast }), [some])
            .ShouldBe(string.Join('\n', ((int[])[3, 50, 99]).Select(i => $"{i},\"t,{i}\",{(i == 0 ? "\"\"" : new string('u', i))}")));
        Writing.Text(new JsonLinesEncoder(Notes, new JsonOptions { Fast = fast }), [some])
            .ShouldBe(string.Join('\n', ((int[])[3, 50, 99]).Select(i => $$"""{"id":{{i}},"t":"t,{{i}}","u":"{{new string('u', i)}}"}""")));
        some.Dispose();
        batch.Dispose();
    }

    [Fact]
    public async Task Another_encoding_is_written_and_what_it_lacks_is_refused()
    {
        var options = DelimitedOptions.Csv with { Encoding = TextEncodings.Parse("GBK"), Header = true };
        var bytes = Writing.Bytes(new TextEncoder(Notes, options), await Writing.Batches(Notes, """{"id":1,"t":"张三","u":null}"""));
        bytes.ShouldBe([.. "id,t,u\n1,"u8, 0xd5, 0xc5, 0xc8, 0xfd, .. ","u8]);
        var error = await Should.ThrowAsync<ChunnelException>(async () => Writing.Bytes(new TextEncoder(Notes, options with { Encoding = Encoding.Latin1 }), await Writing.Batches(Notes, """{"id":1,"t":"文","u":""}""")));
        error.Message.ShouldContain("U+6587");
    }

    [Fact]
    public async Task Json_escapes_what_it_must_and_shows_every_field()
    {
        // connectors.md 16
        string[] rows = ["""{"id":1,"t":"a\"b\\c\n\u0001/é","u":null}""", """{"id":null,"t":"","u":"x"}"""];
        Writing.Text(new JsonLinesEncoder(Notes, JsonOptions.Default), await Writing.Batches(Notes, rows)).ShouldBe(string.Join('\n', rows));
    }
}
