using System.Text;
using Chunnel.Core;
using Chunnel.Plugins;
using Chunnel.TestKit;

namespace Chunnel.Formats.Tests;

/// <summary>What csv files hold, read by the clever and by the plain loops.</summary>
public sealed class CsvReadingTests
{
    private static readonly TableSchema IdAndName = Decoding.Schema(("id", DataType.Int), ("name", DataType.String));
    private static readonly TableSchema ThreeTexts = Decoding.Schema(("a", DataType.String), ("b", DataType.String), ("c", DataType.String));

    public static TheoryData<bool> Loops => [true, false];

    private static DelimitedOptions Csv(bool fast) => DelimitedOptions.Csv with { Fast = fast };

    [Theory, MemberData(nameof(Loops))]
    public async Task A_quoted_comma_separates_nothing(bool fast)
    {
        // connectors.md 68
        var rows = await Decoding.Csv("1,\"a,b\"\n2,\"say \"\"hi\"\"\"\n", IdAndName, Csv(fast));
        rows.ShouldBe(["1|\"a,b\"", "2|\"say \\\"hi\\\"\""]);
    }

    [Theory, MemberData(nameof(Loops))]
    public async Task Bare_empty_is_null_and_quoted_empty_is_text(bool fast)
    {
        var rows = await Decoding.Csv("1,\n2,\"\"\n,x\n", IdAndName, Csv(fast));
        rows.ShouldBe(["1|null", "2|\"\"", "null|\"x\""]);
    }

    [Theory, MemberData(nameof(Loops))]
    public async Task Line_breaks_within_quotes_are_data(bool fast)
    {
        var rows = await Decoding.Csv("1,\"two\nlines\"\r\n2,\"cr\rlf\r\nend\"\n3,x", IdAndName, Csv(fast));
        rows.ShouldBe(["1|\"two\\nlines\"", "2|\"cr\\rlf\\r\\nend\"", "3|\"x\""]);
    }

    [Theory, MemberData(nameof(Loops))]
    public async Task Lf_crlf_and_lone_cr_end_a_row_alike(bool fast)
    {
        var rows = await Decoding.Csv("1,a\n2,b\r\n3,c\r4,d", IdAndName, Csv(fast));
        rows.ShouldBe(["1|\"a\"", "2|\"b\"", "3|\"c\"", "4|\"d\""]);
    }

    [Theory, MemberData(nameof(Loops))]
    public async Task Blank_lines_are_no_rows_unless_there_is_one_column(bool fast)
    {
        (await Decoding.Csv("\n1,a\n\n\r\n2,b\n\n", IdAndName, Csv(fast))).ShouldBe(["1|\"a\"", "2|\"b\""]);
        (await Decoding.Csv("x\n\ny\n", Decoding.Schema(("a", DataType.String)), Csv(fast))).ShouldBe(["\"x\"", "null", "\"y\""]);
    }

    [Theory, MemberData(nameof(Loops))]
    public async Task Blanks_belong_to_text_and_not_to_numbers(bool fast)
    {
        // field case csv-blanks-are-data
        var schema = Decoding.Schema(("a", DataType.String), ("n", DataType.Int), ("c", DataType.String));
        var rows = await Decoding.Csv(" col1_data , 7 ,\"  q \"\nx,8,y\n", schema, Csv(fast));
        rows.ShouldBe(["\" col1_data \"|7|\"  q \"", "\"x\"|8|\"y\""]);
    }

    [Fact]
    public async Task Backslash_escapes_are_taken_out_when_asked_for()
    {
        // field case csv-backslash-escape
        var schema = Decoding.Schema(("id", DataType.Int), ("t", DataType.String), ("c", DataType.String));
        var rows = await Decoding.Csv("1,\"name: \\\"tyr\\\"\",a\n2,\"c:\\\\dir\",b\n3,x\\,y,z\n", schema, DelimitedOptions.Csv with { Escape = '\\' });
        rows.ShouldBe(["1|\"name: \\\"tyr\\\"\"|\"a\"", "2|\"c:\\\\dir\"|\"b\"", "3|\"x,y\"|\"z\""]);
    }

    [Theory, MemberData(nameof(Loops))]
    public async Task Another_delimiter_keeps_the_rules_of_quotes(bool fast)
    {
        // field case csv-semicolon-delimiter
        var schema = Decoding.Schema(("id", DataType.Int), ("txt", DataType.String), ("num", DataType.String));
        var rows = await Decoding.Csv("id;txt;num\n1;\"a;b\";1,5\n2;\"c \"\"d\"\"\";2,0\n", schema, Csv(fast) with { FieldDelimiter = ";", SkipLines = 1 });
        rows.ShouldBe(["1|\"a;b\"|\"1,5\"", "2|\"c \\\"d\\\"\"|\"2,0\""]);
    }

    [Theory, MemberData(nameof(Loops))]
    public async Task A_byte_order_mark_is_no_data(bool fast)
    {
        // field cases csv-bom-without-header-crlf and csv-bom-with-header-names
        (await Decoding.Csv("\uFEFF1,a\r\n2,b\r\n", IdAndName, Csv(fast))).ShouldBe(["1|\"a\"", "2|\"b\""]);
        var people = Decoding.Schema(("id", DataType.Int), ("name", DataType.String), ("age", DataType.Int), ("gender", DataType.String));
        var rows = await Decoding.Csv("\uFEFFid,gender,age,name\n1,f,31,ann\n2,m,42,bob\n", people, Csv(fast) with { Header = true });
        rows.ShouldBe(["1|\"ann\"|31|\"f\"", "2|\"bob\"|42|\"m\""]);
    }

    [Fact]
    public async Task A_header_may_name_more_than_the_table_wants()
    {
        var rows = await Decoding.Csv("\"x\",name , ID\n9,a,1\n8,b,2\n", IdAndName, DelimitedOptions.Csv with { Header = true });
        rows.ShouldBe(["1|\"a\"", "2|\"b\""]);
    }

    [Fact]
    public async Task A_header_that_lacks_a_column_is_refused_by_name()
    {
        var error = await Should.ThrowAsync<ChunnelException>(() => Decoding.Csv("id,nom\n1,a\n", IdAndName, DelimitedOptions.Csv with { Header = true }));
        error.Message.ShouldContain("no column 'name'; it has 'id', 'nom'");
    }

    [Fact]
    public async Task Gbk_is_read_as_gbk_before_it_is_split()
    {
        // field case csv-gbk: second bytes of letters are | and \; connectors.md 66
        byte[] bytes = [0xb1, 0xe0, 0xba, 0xc5, 0x2c, 0xc3, 0xfb, 0xb3, 0xc6, 0x0a, 0x31, 0x2c, 0xd5, 0xc5, 0xc8, 0xfd, 0x0a, 0x32, 0x2c, 0xd5, 0x5c, 0xd0, 0xc5, 0x7c, 0xb9, 0xab, 0xcb, 0xbe, 0x0a];
        var options = DelimitedOptions.Csv with { Encoding = TextEncodings.Parse("gbk"), SkipLines = 1 };
        var rows = await Decoding.Rows(new TextDecoder(new MemoryStream(bytes), Decoding.Request(IdAndName), options));
        rows.ShouldBe(["1|\"张三\"", "2|\"誠信|公司\""]);
    }

    [Theory, MemberData(nameof(Loops))]
    public async Task Three_hundred_columns_are_read(bool fast)
    {
        // field case csv-three-hundred-columns
        var schema = Decoding.Schema([.. Enumerable.Range(0, 300).Select(i => ($"c{i}", (DataType)DataType.Int))]);
        var line = string.Join(',', Enumerable.Range(1000, 300));
        var rows = await Decoding.Csv($"{line}\n{line}\n", schema, Csv(fast));
        rows.ShouldBe([line.Replace(',', '|'), line.Replace(',', '|')]);
    }

    [Theory, MemberData(nameof(Loops))]
    public async Task The_text_of_null_is_null_only_bare(bool fast)
    {
        var rows = await Decoding.Csv("NULL,\"NULL\",\n,x,\"\"\n", ThreeTexts, Csv(fast) with { NullFormat = "NULL" });
        rows.ShouldBe(["null|\"NULL\"|\"\"", "\"\"|\"x\"|\"\""]);
    }

    [Theory, MemberData(nameof(Loops))]
    public async Task Every_type_is_read(bool fast)
    {
        var schema = Decoding.Schema(("b", DataType.Boolean), ("t", DataType.TinyInt), ("s", DataType.SmallInt), ("i", DataType.Int), ("l", DataType.BigInt),
            ("f", DataType.Float), ("d", DataType.Double), ("m", DataType.Decimal(10, 2)), ("x", DataType.Bytes), ("day", DataType.Date), ("tm", DataType.Time), ("ts", DataType.Timestamp));
        var rows = await Decoding.Csv(
            "true,-128,32767,-2147483648,9223372036854775807,1.5,-0.1,12.5,ab,2024-02-29,23:59:58,2024-02-29 23:59:58.123456\n"
            + "FALSE,127,-32768,2147483647,-9223372036854775808,3.4028235E38,1.0E-300,\"-99999999.99\",\"c,\",0001-01-01,00:00:00,9999-12-31T23:59:59\n",
            schema, Csv(fast));
        rows.ShouldBe([
            "true|-128|32767|-2147483648|9223372036854775807|1.5|-0.1|12.5|\"YWI=\"|\"2024-02-29\"|\"23:59:58\"|\"2024-02-29T23:59:58.123456\"",
            "false|127|-32768|2147483647|-9223372036854775808|3.4028235E38|1.0E-300|-99999999.99|\"Yyw=\"|\"0001-01-01\"|\"00:00:00\"|\"9999-12-31T23:59:59\"",
        ]);
    }

    [Theory]
    [InlineData("1,a\n2,b,c\n", "in.dat:2:1: ErrorCode:[FILE-02], ErrorDescription:[Data deserialization failed] - Line 2, row 2: the row has 3 fields, the table has 2.")]
    [InlineData("1,a\n\n2\n", "in.dat:3:1: ErrorCode:[FILE-02], ErrorDescription:[Data deserialization failed] - Line 3, row 2: the row has 1 field, the table has 2.")]
    [InlineData("1,\"two\nlines\"\n2,x\"y\n", "in.dat:3:4: ErrorCode:[FILE-02], ErrorDescription:[Data deserialization failed] - Line 3, row 2, column 'name': a quote stands within a field that does not begin with one.")]
    [InlineData("1,\"a\"b\n", "in.dat:1:6: ErrorCode:[FILE-02], ErrorDescription:[Data deserialization failed] - Line 1, row 1, column 'name': something stands behind the closing quote of the field.")]
    [InlineData("1,a\n2,\"open\n3,c\n", "in.dat:2:3: ErrorCode:[FILE-02], ErrorDescription:[Data deserialization failed] - Line 2, row 2, column 'name': a quote opens here and is never closed.")]
    [InlineData("1,é\nx1,b\n", "in.dat:2:1: ErrorCode:[FILE-02], ErrorDescription:[Data deserialization failed] - Line 2, row 2, column 'id': 'x1' is no int.")]
    [InlineData("1,a\n2,\"é\"\n2147483648,b\n", "in.dat:3:1: ErrorCode:[FILE-02], ErrorDescription:[Data deserialization failed] - Line 3, row 3, column 'id': '2147483648' is out of the range of int.")]
    public async Task Damage_is_told_with_its_place(string text, string message)
    {
        foreach (var fast in new[] { true, false })
        {
            var error = await Should.ThrowAsync<ChunnelException>(() => Decoding.Csv(text, IdAndName, Csv(fast)));
            error.Message.ShouldBe(message + " Correct the data or the options of the format, or let bad rows be skipped.");
        }
    }

    [Theory, MemberData(nameof(Loops))]
    public async Task Bad_rows_are_skipped_counted_and_reported_when_asked_for(bool fast)
    {
        var skipped = new List<SkippedRow>();
        var decoder = new TextDecoder(Decoding.Stream("1,a\n2\nx,b\n3,c\n4,\"d\"e\n5,f\n"), Decoding.Request(IdAndName, BadRows.Skip, skipped), Csv(fast));
        (await Decoding.Rows(decoder)).ShouldBe(["1|\"a\"", "3|\"c\"", "5|\"f\""]);
        decoder.SkippedRows.ShouldBe(3);
        skipped.Select(row => row.Place).ShouldBe(["in.dat:2:1", "in.dat:5:6", "in.dat:3:1"], ignoreOrder: true);
        decoder.Position.Row.ShouldBe(6);
    }

    /// <summary>Where the job takes refused rows, a bad one is handed in as it stands, whatever is wrong with it, and the others are read.</summary>
    [Theory, MemberData(nameof(Loops))]
    public async Task Bad_rows_are_refused_as_they_stand(bool fast)
    {
        var refusals = new RecordedRefusals();
        var decoder = new TextDecoder(Decoding.Stream("1,a\r\n2\nx,b\n3,c\n4,\"d\"e\n5,f\ny,"), Decoding.Request(IdAndName) with { Refusals = refusals }, Csv(fast));
        (await Decoding.Rows(decoder)).ShouldBe(["1|\"a\"", "3|\"c\"", "5|\"f\""]);
        refusals.Unread.OrderBy(refused => refused.Row.Number).Select(refused => (refused.Row.Text, refused.Row.Position, refused.Row.Number, refused.Error.Code.Id)).ShouldBe([
            ("2", "in.dat:2:1", 2L, "FILE-02"), ("x,b", "in.dat:3:1", 3L, "FILE-02"), ("4,\"d\"e", "in.dat:5:6", 5L, "FILE-02"), ("y,", "in.dat:7:1", 7L, "FILE-02"),
        ]);
        decoder.Position.Row.ShouldBe(7);
    }

    [Fact]
    public async Task Bytes_of_another_encoding_are_refused_or_replaced()
    {
        byte[] latin = [.. "1,caf"u8, 0xE9, (byte)'\n'];
        var error = await Should.ThrowAsync<ChunnelException>(() => Decoding.Rows(new TextDecoder(new MemoryStream(latin), Decoding.Request(IdAndName), DelimitedOptions.Csv)));
        error.Message.ShouldContain("column 'name'");
        error.Message.ShouldContain("is not in the encoding");
        var rows = await Decoding.Rows(new TextDecoder(new MemoryStream(latin), Decoding.Request(IdAndName), DelimitedOptions.Csv with { ReplaceInvalidText = true }));
        rows.ShouldBe(["1|\"caf\uFFFD\""]);
        rows = await Decoding.Rows(new TextDecoder(new MemoryStream(latin), Decoding.Request(IdAndName), DelimitedOptions.Csv with { Encoding = Encoding.Latin1 }));
        rows.ShouldBe(["1|\"café\""]);
    }
}
