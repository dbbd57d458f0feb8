using Chunnel.Config.Variables;
using Chunnel.Core;

namespace Chunnel.Config.Tests.Variables;

[Trait("spec", "config.md 3")]
public sealed class VariableTests
{
    [Fact]
    [Trait("spec", "engine.md 16")]
    public void One_argument_with_commas_is_as_good_as_several()
    {
        Jobs.Value("[${a}, ${b}]", "a=1", "b=2").ShouldBe("[1,2]");
        Jobs.Value("[${a}, ${b}]", "a=1,b=2").ShouldBe("[1,2]");
        Jobs.Value("[${a}, ${b}]", " a = 1 , b = 2 , ").ShouldBe("[1,2]");
    }

    [Theory]
    [InlineData("username=seatunnel=2.3.1", "seatunnel=2.3.1")]
    [InlineData("password=$a^b%c.d~e0*9(", "$a^b%c.d~e0*9(")]
    [InlineData("v=\"a,b\"", "a,b")]
    [InlineData("v=day run", "day run")]
    [InlineData("v=${x}", "${x}")]
    [Trait("spec", "engine.md 17, 24, 25")]
    public void Values_are_taken_literally_after_the_first_equals_sign(string argument, string value)
    {
        var name = argument[..argument.IndexOf('=')];
        Jobs.Value($"\"${{{name}}}\"", argument).ShouldBe(SettingsJson.Quote(value));
    }

    /// <summary>SeaTunnel leaves such an item out (config.md 3.1), and the job runs with half of what was meant.</summary>
    [Theory]
    [InlineData("Variable 2 (-i) is not of the form name=value. Write -i name=value.", "a=1", "nope")]
    [InlineData("Variable 1 (-i) is not of the form name=value. Write -i name=value.", "=1")]
    [InlineData("Variable 1 (-i): what follows a comma behind 'password' is not of the form name=value. If the comma belongs to the value, put the value into double quotes: -i 'password=\"...,...\"'.", "password=half,hunter22")]
    public void An_item_without_a_value_is_refused_and_not_shown(string text, params string[] arguments)
    {
        var problem = Should.Throw<ProblemsException>(() => JobVariables.FromArguments(arguments)).Problems.ShouldHaveSingleItem();
        problem.ToString().ShouldEndWith(text);
        problem.ToString().ShouldNotContain("hunter22");
    }

    [Fact]
    public void All_wrong_items_are_told_at_once() =>
        Should.Throw<ProblemsException>(() => JobVariables.FromArguments(["x", "a=1,y", "table_name=z"])).Problems.Count.ShouldBe(3);

    [Theory]
    [InlineData(new string[0], "fake_test_table")]
    [InlineData(new[] { "resName=x" }, "x_table")]
    [InlineData(new[] { "resName=" }, "fake_test_table")]
    [Trait("spec", "engine.md 18, 19")]
    public void A_default_stands_in_for_an_absent_or_empty_value(string[] arguments, string value) =>
        Jobs.Value("\"${resName:fake_test}_table\"", arguments).ShouldBe($"\"{value}\"");

    [Theory]
    [InlineData("\"${nope}\"", "\"${nope}\"")]
    [InlineData("\"${nope:}\"", "\"\"")]
    [InlineData("\"${nope: a b }\"", "\"a b\"")]
    [InlineData("\"${nope:a:b}\"", "\"a:b\"")]
    [InlineData("\"${} ${ $\"", "\"${} ${ $\"")]
    [InlineData("\"${a${n}\"", "\"${a5\"")]
    [InlineData("\"${n}-${n}-${other}\"", "\"5-5-${other}\"")]
    [InlineData("{ a = [ { b = \"${n}\" } ] }", "{\"a\":[{\"b\":\"5\"}]}")]
    [InlineData("\"\"\"${n}\"\"\"", "\"5\"")]
    [Trait("spec", "engine.md 20")]
    public void Quoted_placeholders_are_filled_at_any_depth_or_survive(string written, string json) =>
        Jobs.Value(written, "n=5").ShouldBe(json);

    [Theory]
    [InlineData("\"${table_name}\"")]
    [InlineData("\"${database_name:test}\"")]
    [InlineData("\"${primary_key}\"")]
    [Trait("spec", "config.md 8.1")]
    public void Placeholders_of_sinks_survive_with_their_defaults(string written) => Jobs.Value(written).ShouldBe(written);

    [Theory]
    [InlineData("50", "50")]
    [InlineData("true", "true")]
    [InlineData("[abc,de~,f h]", "[\"abc\",\"de~\",\"f h\"]")]
    [InlineData("[1,2]", "[1,2]")]
    [InlineData("{\"k\":\"v\",\"n\":1}", "{\"k\":\"v\",\"n\":1}")]
    [InlineData("\"50\"", "\"50\"")]
    [InlineData("a b", "\"a b\"")]
    [InlineData("2024-01-31 08:00:00", "\"2024-01-31 08:00:00\"")]
    [InlineData("", "\"\"")]
    [Trait("spec", "config.md 3.3, engine.md 21, 23")]
    public void An_unquoted_value_has_the_type_it_looks_like(string value, string json) => Jobs.Value("${v}", $"v={value}").ShouldBe(json);

    [Fact]
    [Trait("spec", "config.md 3.3")]
    public void A_quoted_value_is_text() => Jobs.Value("\"${n}\"", "n=50").ShouldBe("\"50\"");

    [Theory]
    [InlineData("table_name")]
    [InlineData("database_name")]
    [InlineData("schema_name")]
    [InlineData("schema_full_name")]
    [InlineData("table_full_name")]
    [InlineData("primary_key")]
    [InlineData("unique_key")]
    [InlineData("field_names")]
    [InlineData("comment")]
    [InlineData("partition_keys")]
    [Trait("spec", "engine.md 22")]
    public void A_reserved_name_is_refused(string name) =>
        Should.Throw<ProblemsException>(() => JobVariables.FromArguments([$"{name}=x"]))
            .What.ShouldBe($"System placeholders cannot be used. Incorrect config parameter: {name}");

    [Fact]
    public void An_unquoted_variable_without_value_fails_and_is_named()
    {
        var problem = Jobs.Hocon(Jobs.Around("a = ${nope}")).Problems.ShouldHaveSingleItem();
        problem.What.ShouldBe("The variable 'nope' has no value.");
        problem.Where.ToString().ShouldBe("job.conf:5:5");
    }

    [Fact]
    public void Variables_win_over_system_properties_and_these_over_the_file_and_it_over_the_environment()
    {
        string ValueWith(JobVariables variables, Dictionary<string, string> properties, string root) =>
            SettingsJson.Compact(JobLoader.Load(new JobText(Jobs.Around("x = ${v}", root), JobFormat.Hocon)
            {
                Variables = variables,
                Properties = properties,
                Environment = new Dictionary<string, string> { ["v"] = "environment" },
            }).Sinks[0].Options["x"]!);

        var property = new Dictionary<string, string> { ["v"] = "property" };
        ValueWith(JobVariables.FromArguments(["v=given"]), property, "v = file").ShouldBe("\"given\"");
        ValueWith(JobVariables.None, property, "v = file").ShouldBe("\"property\"");
        ValueWith(JobVariables.None, [], "v = file").ShouldBe("\"file\"");
        ValueWith(JobVariables.None, [], "").ShouldBe("\"environment\"");
    }

    [Fact]
    [Trait("spec", "config.md 3.2 REST")]
    public void Without_variables_quoted_placeholders_stay_as_they_are() =>
        SettingsJson.Compact(JobLoader.Load(new JobText(Jobs.Around("x = \"${name:default}\""), JobFormat.Hocon)).Sinks[0].Options)
            .ShouldBe("""{"x":"${name:default}"}""");

    [Fact]
    public void In_json_the_rules_of_quoted_text_hold_and_keys_stay() =>
        SettingsJson.Compact(Jobs.Json("""
            { "env": {}, "source": [ { "plugin_name": "FakeSource", "${n}": "${n}", "m": [ { "x": "${y:z}" } ] } ], "sink": [ { "plugin_name": "Console" } ] }
            """, "n=5").Good().Sources[0].Options).ShouldBe("""{"${n}":"5","m":[{"x":"z"}]}""");
}
