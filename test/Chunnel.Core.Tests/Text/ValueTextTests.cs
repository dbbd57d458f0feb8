using System.Text;
using CsCheck;
using Chunnel.TestKit;

namespace Chunnel.Core.Tests;

/// <summary>spec connectors.md 2.2, 2.3, 4, 6.2; recorded console lines.</summary>
public sealed class ValueTextTests
{
    private static readonly DataType Nested = DataType.Row(
        new RowField("n", DataType.Int), new RowField("s", DataType.String), new RowField("l", DataType.Array(DataType.Int)));

    [Fact]
    public void The_console_shows_each_type_as_recorded()
    {
        Shown(DataType.Boolean, true).ShouldBe("true");
        Shown(DataType.Float, 1.5f).ShouldBe("1.5");
        Shown(DataType.Double, 2.338268557398085E307).ShouldBe("2.338268557398085E307");
        Shown(DataType.Decimal(30, 4), new BoxedDecimal(12345678901234567891, 4, 4)).ShouldBe("1234567890123456.7891");
        Shown(DataType.Bytes, new BoxedBytes("miIZj"u8.ToArray())).ShouldBe("[109, 105, 73, 90, 106]");
        Shown(DataType.Bytes, new BoxedBytes([0xC3])).ShouldBe("[-61]");
        Shown(DataType.Date, new BoxedDate(19782)).ShouldBe("2024-02-29");
        Shown(DataType.Time, new BoxedTime(86_398_000_000_000)).ShouldBe("23:59:58");
        Shown(DataType.Timestamp, new BoxedTimestamp(1709251198000000)).ShouldBe("2024-02-29T23:59:58");
        Shown(DataType.String, null).ShouldBe("");
        Shown(DataType.Array(DataType.String), new BoxedList("a", null, "c")).ShouldBe("[a, , c]");
        Shown(DataType.Array(DataType.Int), new BoxedList()).ShouldBe("[]");
        Shown(DataType.Map(DataType.String, DataType.String), new BoxedMap([KeyValuePair.Create<object, object?>("a", "x\""), KeyValuePair.Create<object, object?>("b", null)]))
            .ShouldBe("""{"a":"x\"","b":null}""");
        Shown(Nested, new BoxedList(7, "seven", new BoxedList(1, 2))).ShouldBe("[7, seven, [1, 2]]");
        Shown(DataType.Vector(TypeKind.FloatVector), new BoxedBytes([0, 0, 0, 0x3F, 0, 0, 0x80, 0xBF])).ShouldBe("[0.5, -1.0]");
        Shown(DataType.Vector(TypeKind.BFloat16Vector), new BoxedBytes([0, 0x3F])).ShouldBe("[0.5]");
        Shown(DataType.Vector(TypeKind.Float16Vector), new BoxedBytes([0, 0x38])).ShouldBe("[0.5]");
        Shown(DataType.Vector(TypeKind.SparseFloatVector), new BoxedBytes([3, 0, 0, 0, 0, 0, 0, 0x3F])).ShouldBe("""{"3":0.5}""");
    }

    [Fact]
    public void A_text_file_separates_each_level_by_its_own_control_character()
    {
        Shown(DataType.Timestamp, new BoxedTimestamp(1709251198000000), TextFormat.File).ShouldBe("2024-02-29 23:59:58");
        Shown(DataType.Array(DataType.Int), new BoxedList(1, null, 3), TextFormat.File).ShouldBe("1\u0002\u00023");
        Shown(DataType.Map(DataType.String, DataType.Int), new BoxedMap([KeyValuePair.Create<object, object?>("a", 1), KeyValuePair.Create<object, object?>("b", 2)]), TextFormat.File)
            .ShouldBe("a\u00031\u0002b\u00032");
        Shown(Nested, new BoxedList(7, "seven", new BoxedList(1, 2)), TextFormat.File).ShouldBe("7\u0002seven\u00021\u00032");
    }

    [Fact]
    public void An_instant_never_loses_its_offset_even_where_the_pattern_has_none()
    {
        var shown = Shown(DataType.TimestampTz, new BoxedTimestamp(1709251198000000, 0, 60), TextFormat.File);
        shown.ShouldBe("2024-03-01 00:59:58+01:00");
        Parse(DataType.TimestampTz, shown, TextFormat.File).ShouldBe((ParseOutcome.Exact, new BoxedTimestamp(1709251198000000, 0, 60)));
    }

    [Fact]
    public void Nesting_beyond_the_separators_is_refused_with_the_cure()
    {
        var type = Enumerable.Range(0, 8).Aggregate(DataType.Int, (inner, _) => DataType.Array(inner));
        var value = Enumerable.Range(0, 8).Aggregate((object?)1, (inner, _) => new BoxedList(inner));
        Should.Throw<ChunnelException>(() => Shown(type, value, TextFormat.File)).Mend.ShouldNotBeNull();
    }

    [Fact]
    public void Json_is_read_by_the_platform_as_the_same_values()
    {
        var shown = Shown(DataType.Row(new RowField("s\"", DataType.String), new RowField("d", DataType.Decimal(4, 2)), new RowField("t", DataType.Timestamp),
            new RowField("b", DataType.Bytes), new RowField("m", DataType.Map(DataType.Int, DataType.Double)), new RowField("n", DataType.Null)),
            new BoxedList("a\n\u0001🙂", new BoxedDecimal(150, 2, 2), new BoxedTimestamp(0, 5), new BoxedBytes([1, 2]), new BoxedMap([KeyValuePair.Create<object, object?>(5, double.NaN)]), null), TextFormat.Json);
        using var json = System.Text.Json.JsonDocument.Parse(shown);
        json.RootElement.GetProperty("s\"").GetString().ShouldBe("a\n\u0001🙂");
        json.RootElement.GetProperty("d").GetRawText().ShouldBe("1.50");
        json.RootElement.GetProperty("t").GetString().ShouldBe("1970-01-01T00:00:00.000000005");
        json.RootElement.GetProperty("b").GetBytesFromBase64().ShouldBe([1, 2]);
        json.RootElement.GetProperty("m").GetProperty("5").GetString().ShouldBe("NaN");
        json.RootElement.GetProperty("n").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
    }

    [Fact]
    public void A_whole_column_reads_as_its_values_one_by_one() =>
        Gen.Int[0, int.MaxValue - 1].Sample(seed =>
        {
            using var oracle = new Oracle(seed, rows: seed % 80, kinds: false);
            var batch = oracle[0].Batch;
            foreach (var format in new[] { TextFormat.Console, TextFormat.File with { Null = "\\N"u8.ToArray() }, TextFormat.Json })
            {
                foreach (var column in batch.Columns)
                {
                    var selection = seed % 2 == 0 ? [] : Enumerable.Range(0, batch.Rows).Where(row => row % 3 != 1).Select(row => (ushort)row).ToArray();
                    var count = seed % 2 == 0 ? batch.Rows : selection.Length;
                    var writer = new ByteWriter(16);
                    writer.Append("before"u8);
                    var ends = new int[count];
                    ColumnText.Render(column, selection, count, format, writer, ends);
                    var start = "before".Length;
                    for (var i = 0; i < count; i++)
                    {
                        Encoding.UTF8.GetString(writer.Written[start..ends[i]]).ShouldBe(Text(column, selection.Length > 0 ? selection[i] : i, format));
                        start = ends[i];
                    }
                    writer.Length.ShouldBe(start);
                }
            }
        }, iter: 100);

    [Fact]
    public void What_a_text_file_shows_it_reads_back() =>
        Gen.Int[0, int.MaxValue - 1].Sample(seed =>
        {
            var chance = new RandomRows(seed);
            var type = chance.Schema(1, nulls: false).Columns[0].Type;
            var format = TextFormat.File with
            {
                Null = "\\N"u8.ToArray(), Timestamp = null, Date = null, Time = null, Bytes = BytesText.Base64,
            };
            for (var i = 0; i < 20; i++)
            {
                var value = chance.Value(type);
                if (!Readable(type, value)) continue;
                var shown = Shown(type, value, format);
                Parse(type, shown, format).ShouldBe((ParseOutcome.Exact, value), $"{type} {shown}");
            }
        }, iter: 300);

    [Theory]
    [InlineData("300", ParseOutcome.OutOfRange)]
    [InlineData("x", ParseOutcome.Malformed)]
    [InlineData("1.0", ParseOutcome.Malformed)]
    public void What_is_no_value_leaves_null_and_says_why(string text, ParseOutcome outcome)
    {
        Parse(DataType.TinyInt, text, TextFormat.File).ShouldBe((outcome, null));
        Parse(DataType.Array(DataType.TinyInt), "1\u0002" + text, TextFormat.File).ShouldBe((outcome, new BoxedList((sbyte)1, null)));
    }

    [Fact]
    public void Empty_text_is_null_for_all_but_text_and_blanks_are_no_part_of_a_number()
    {
        var format = TextFormat.File with { Null = "\\N"u8.ToArray() };
        Parse(DataType.Int, "", format).ShouldBe((ParseOutcome.Exact, null));
        Parse(DataType.Int, " 7 ", format).ShouldBe((ParseOutcome.Exact, 7));
        Parse(DataType.String, "", format).ShouldBe((ParseOutcome.Exact, ""));
        Parse(DataType.String, " 7 ", format).ShouldBe((ParseOutcome.Exact, " 7 "));
        Parse(DataType.String, "\\N", format).ShouldBe((ParseOutcome.Exact, null));
        Parse(DataType.Timestamp, "", format).ShouldBe((ParseOutcome.Exact, null));
    }

    /// <summary>Text files cannot tell some values apart: separators inside text, nested values without elements.</summary>
    private static bool Readable(DataType type, object? value) => (type, value) switch
    {
        (_, null) => true,
        (_, string text) => !text.Contains('\u0001', StringComparison.Ordinal),
        (ArrayType array, BoxedList list) => list.Items.Count > 1 && list.Items.All(item => Readable(array.Element, item) && item is not BoxedList { Items.Count: 0 }),
        (MapType map, BoxedMap pairs) => pairs.Pairs.Count > 0 && map.Value is not MapType and not RowType && pairs.Pairs.All(pair => Readable(map.Key, pair.Key) && Readable(map.Value, pair.Value)) && map.Value is not ArrayType,
        (RowType row, BoxedList list) => list.Items.Count > 1 && list.Items.Zip(row.Fields).All(pair => Readable(pair.Second.Type, pair.First)),
        (VectorType, BoxedBytes bytes) => bytes.Bytes.Length > 0,
        (_, BoxedTimestamp moment) => Math.Abs((decimal)moment.Micros) < 9_000_000_000_000_000_000m,
        _ => true,
    };

    private static string Shown(DataType type, object? value, TextFormat? format = null)
    {
        var memory = BatchMemory.Unlimited();
        var column = BoxedRows.ToColumn(type, [value], memory);
        var text = Text(column, 0, format ?? TextFormat.Console);
        column.Release();
        memory.Budget.InUseBytes.ShouldBe(0);
        return text;
    }

    private static string Text(Column column, int row, TextFormat format)
    {
        var writer = new ByteWriter();
        ValueText.Append(writer, column, row, format);
        return Encoding.UTF8.GetString(writer.Written);
    }

    private static (ParseOutcome, object?) Parse(DataType type, string text, TextFormat format)
    {
        var memory = BatchMemory.Unlimited();
        using var builder = ColumnBuilder.For(type, memory, 1);
        var outcome = ValueParser.TryParse(Encoding.UTF8.GetBytes(text), builder, 0, format);
        var column = builder.Build(1);
        var value = BoxedRows.ValueAt(column, 0);
        column.Release();
        return (outcome, value);
    }
}
