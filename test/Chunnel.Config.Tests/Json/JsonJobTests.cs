using Chunnel.Core;

namespace Chunnel.Config.Tests.Json;

[Trait("spec", "config.md 2 JSON")]
public sealed class JsonJobTests
{
    [Fact]
    [Trait("spec", "engine.md 2")]
    public void The_same_job_in_json_and_hocon_is_the_same_job()
    {
        var json = Jobs.Json("""
            {
              "env": { "job.mode": "BATCH", "parallelism": 2 },
              "source": [
                { "plugin_name": "FakeSource", "plugin_output": "a", "row.num": 5 },
                { "plugin_name": "FakeSource", "plugin_output": "b", "row.num": 6 }
              ],
              "transform": [],
              "sink": [ { "plugin_name": "Console", "plugin_input": ["a", "b"] } ]
            }
            """).Good();
        var hocon = Jobs.Hocon("""
            env { job.mode = "BATCH", parallelism = 2 }
            source {
              FakeSource { plugin_output = "a", row.num = 5 }
              FakeSource { plugin_output = "b", row.num = 6 }
            }
            sink { Console { plugin_input = ["a", "b"] } }
            """).Good();
        SettingsJson.Pretty(json.Root).ShouldBe(SettingsJson.Pretty(hocon.Root));
    }

    [Fact]
    [Trait("spec", "engine.md 8")]
    public void A_plugin_without_name_is_refused() =>
        Jobs.Json("""{ "env": {}, "source": [ { "row.num": 5 } ], "sink": [ { "plugin_name": "Console" } ] }""").Mistakes()
            .ShouldHaveSingleItem().ShouldStartWith("The 'plugin_name' option is not configured, please configure it.");

    [Fact]
    [Trait("case", "rest-hocon-style-object-in-json")]
    public void A_block_translated_word_by_word_is_shown_its_right_form()
    {
        var problem = Jobs.File("cases/rest-hocon-style-object-in-json.json").Problems[0];
        problem.What.ShouldContain("source[0]");
        problem.What.ShouldContain("plugin_name");
        problem.Mend.ShouldNotBeNull().ShouldContain("{ \"plugin_name\": \"FakeSource\", ... }");
        problem.Where.Line.ShouldBe(3);
    }

    [Theory]
    [InlineData("""{ "FakeSource": {} }""", "'source' must be an array of objects, each with 'plugin_name'.")]
    [InlineData("""{ "plugin_name": "FakeSource" }""", "'source' must be an array of objects, each with 'plugin_name'.")]
    [InlineData("\"x\"", "'source' must be an array of objects, each with 'plugin_name'.")]
    [InlineData("[\"x\"]", "source[0] must be an object with 'plugin_name', not 'x'.")]
    [InlineData("[]", "Miss <Source> config! Please check the config file.")]
    [InlineData("null", "Miss <Source> config! Please check the config file.")]
    public void Sections_are_arrays_of_objects(string source, string mistake) =>
        Jobs.Json($$"""{ "env": {}, "source": {{source}}, "sink": [ { "plugin_name": "Console" } ] }""").Mistakes().ShouldBe([mistake]);

    [Theory]
    [InlineData("[]", "A job is a JSON object.")]
    [InlineData("5", "A job is a JSON object.")]
    public void A_job_is_an_object(string text, string mistake) => Jobs.Json(text).Mistakes().ShouldBe([mistake]);

    [Fact]
    public void A_key_twice_and_a_comment_are_refused_at_their_places() =>
        Jobs.Json("{ \"env\": {},\n // no\n \"env\": {} }").Problems.Select(problem => problem.Where.Line).ShouldBe([2, 3]);
}
