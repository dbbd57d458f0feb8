namespace Chunnel.Core.Tests;

[Trait("spec", "config.md 2.1")]
public sealed class SettingsConvertTests
{
    private enum SaveMode
    {
        CreateSchemaWhenNotExist,
        Ignore,
    }

    private static readonly TextPosition Place = new("job.conf", 3, 5);

    private static SettingsScalar Text(string text) => new(text, ScalarKind.Text) { Where = Place };

    private static SettingsScalar Number(string text) => new(text, ScalarKind.Number) { Where = Place };

    private static SettingsNode Json(string text)
    {
        var (value, problems) = JsonParser.Parse(new SourceText("", text));
        problems.ShouldBeEmpty();
        return value;
    }

    [Fact]
    public void A_number_read_as_text_keeps_how_it_was_written() => SettingsConvert.ToText(Number("1.10")).ShouldBe("1.10");

    [Fact]
    public void A_list_or_object_read_as_text_is_json() =>
        SettingsConvert.ToText(Json("""{ "a": [1, "x", null, true], "b": {} }""")).ShouldBe("""{"a":[1,"x",null,true],"b":{}}""");

    [Theory]
    [InlineData("12", 12)]
    [InlineData(" 12 ", 12)]
    [InlineData("-2147483648", int.MinValue)]
    [InlineData("1e3", 1000)]
    [InlineData("5.0", 5)]
    [Trait("spec", "engine.md 14")]
    public void Whole_numbers_come_from_numbers_and_from_numeric_text(string written, int meant)
    {
        SettingsConvert.ToInt32("row.num", Number(written)).ShouldBe(meant);
        SettingsConvert.ToInt32("row.num", Text(written)).ShouldBe(meant);
        SettingsConvert.ToInt64("row.num", Text(written)).ShouldBe(meant);
    }

    [Theory]
    [InlineData("2147483648")]
    [InlineData("-2147483649")]
    [InlineData("99999999999999999999999999999999999999999999999")]
    public void A_number_too_big_for_an_integer_says_so(string written) =>
        Should.Throw<ChunnelException>(() => SettingsConvert.ToInt32("row.num", Number(written)))
            .What.ShouldStartWith($"Configuration value {written} overflows/underflows the integer type.");

    [Fact]
    public void A_long_keeps_all_its_digits()
    {
        SettingsConvert.ToInt64("n", Number("9223372036854775807")).ShouldBe(long.MaxValue);
        Should.Throw<ChunnelException>(() => SettingsConvert.ToInt64("n", Number("9223372036854775808"))).What.ShouldContain("overflows");
    }

    [Fact]
    public void A_number_too_big_for_a_float_says_so() =>
        Should.Throw<ChunnelException>(() => SettingsConvert.ToSingle("f", Number("1e39")))
            .What.ShouldStartWith("Configuration value 1e39 overflows/underflows the float type.");

    [Fact]
    [Trait("spec", "engine.md 15")]
    public void A_text_that_is_no_number_names_value_option_and_place()
    {
        var error = Should.Throw<ChunnelException>(() => SettingsConvert.ToInt32("parallelism", Text("abc")));
        error.What.ShouldContain("'abc'");
        error.What.ShouldContain("'parallelism'");
        error.Where.ShouldBe(Place);
        error.Code.Id.ShouldBe("API-02");
    }

    [Theory]
    [InlineData("5.7")]
    [InlineData("")]
    [InlineData("0x10")]
    public void What_is_no_whole_number_is_refused(string written) =>
        Should.Throw<ChunnelException>(() => SettingsConvert.ToInt32("n", Text(written)));

    [Fact]
    public void Booleans_are_read_in_any_case_and_nothing_else_is_a_boolean()
    {
        SettingsConvert.ToBoolean("b", Text("TRUE")).ShouldBeTrue();
        SettingsConvert.ToBoolean("b", new SettingsScalar("false", ScalarKind.Boolean)).ShouldBeFalse();
        Should.Throw<ChunnelException>(() => SettingsConvert.ToBoolean("b", Text("yes")))
            .What.ShouldStartWith("Unrecognized option for boolean: yes. Expected either true or false(case insensitive)");
    }

    [Fact]
    public void An_enum_is_read_in_any_case_and_a_slip_is_answered_with_the_names()
    {
        SettingsConvert.ToEnum<SaveMode>("m", Text("create_schema_when_not_exist")).ShouldBe(SaveMode.CreateSchemaWhenNotExist);
        var error = Should.Throw<ChunnelException>(() => SettingsConvert.ToEnum<SaveMode>("m", Text("IGNOR")));
        error.What.ShouldStartWith("Could not parse value for enum SaveMode. Expected one of: [[CREATE_SCHEMA_WHEN_NOT_EXIST, IGNORE]]");
        error.Mend.ShouldBe("Did you mean 'IGNORE'?");
    }

    [Fact]
    public void A_choice_names_all_choices() =>
        Should.Throw<ChunnelException>(() => SettingsConvert.ToChoice("format", Text("xml"), ["csv", "json"]))
            .What.ShouldBe("These options('format') are SingleChoiceOption, the value(xml) must be one of the optionValues([csv, json]).");

    [Theory]
    [InlineData("""["a", "b"]""")]
    [InlineData("\"a,b\"")]
    [InlineData("\"a , b\"")]
    [InlineData("\"[\\\"a\\\",\\\"b\\\"]\"")]
    public void A_list_of_texts_has_three_spellings(string json) =>
        SettingsConvert.ToTextList("plugin_input", Json(json)).ShouldBe(["a", "b"]);

    [Fact]
    public void A_map_may_be_json_text_and_nested_objects_become_dotted_keys() =>
        SettingsConvert.ToTextMap("p", Text("""{"a":{"b":1},"c":"d"}""")).ShouldBe(new Dictionary<string, string> { ["a.b"] = "1", ["c"] = "d" });

    [Fact]
    public void What_is_no_map_says_what_was_expected() =>
        Should.Throw<ChunnelException>(() => SettingsConvert.ToObject("p", Text("x")))
            .What.ShouldStartWith("Json parsing exception, value 'x', and expected type 'Map'");

    [Fact]
    public void A_list_of_objects_refuses_an_item_that_is_none() =>
        Should.Throw<ChunnelException>(() => SettingsConvert.ToObjectList("p", Json("""[{"a":1},2]"""))).What.ShouldContain("'2'");
}
