using Chunnel.Config.Hocon;
using Chunnel.Core;

namespace Chunnel.Config.Tests.Hocon;

[Trait("spec", "config.md 2 include")]
public sealed class IncludeTests
{
    private static readonly Dictionary<string, string> Files = new()
    {
        ["env.conf"] = "env { job.name = \"from include\", parallelism = 2 }\nn = 3",
        ["more.conf"] = "Console { plugin_input = s, a = 1 }\nConsole { plugin_input = s, a = 2 }",
        ["self.conf"] = "include \"self.conf\"",
        ["bad.conf"] = "env {\n  x = \"open\n}",
        ["options.conf"] = "row.num = 8",
    };

    [Theory]
    [InlineData("include \"env.conf\"")]
    [InlineData("include required(\"env.conf\")")]
    [InlineData("include classpath(\"env.conf\")")]
    [InlineData("include required(file(\"env.conf\"))")]
    public void An_included_file_merges_into_the_root(string include)
    {
        var job = Jobs.WithIncludes($"{include}\nenv {{ parallelism = 4 }}\nsource {{ FakeSource {{ row.num = ${{n}} }} }}\nsink {{ Console {{ }} }}", Files).Good();
        job.Env.JobName.ShouldBe("from include");
        job.Env.Parallelism.ShouldBe(4);
        SettingsJson.Compact(job.Sources[0].Options).ShouldBe("""{"row.num":3}""");
    }

    [Fact]
    public void An_include_inside_a_section_adds_its_blocks()
    {
        var job = Jobs.WithIncludes("env { }\nsource { FakeSource { plugin_output = s } }\nsink {\n include \"more.conf\"\n}", Files).Good();
        job.Sinks.Select(sink => SettingsJson.Compact(sink.Options)).ShouldBe(["""{"plugin_input":"s","a":1}""", """{"plugin_input":"s","a":2}"""]);
    }

    [Fact]
    public void An_include_inside_a_block_adds_its_options() =>
        SettingsJson.Compact(Jobs.WithIncludes("env { }\nsource { FakeSource { include \"options.conf\" } }\nsink { Console { } }", Files).Good().Sources[0].Options)
            .ShouldBe("""{"row.num":8}""");

    [Fact]
    public void A_missing_file_warns_a_missing_required_file_is_a_mistake()
    {
        Jobs.WithIncludes("include \"nope.conf\"\n" + Jobs.Around(""), Files).Warnings().ShouldHaveSingleItem().ShouldContain("nope.conf");
        Jobs.WithIncludes("include required(\"nope.conf\")\n" + Jobs.Around(""), Files).Mistakes().ShouldHaveSingleItem().ShouldContain("does not exist");
    }

    [Theory]
    [InlineData("include url(\"http://x/y\")", "network")]
    [InlineData("include \"self.conf\"", "includes itself")]
    [InlineData("include required(\"env.conf\"", "closing ')'")]
    public void What_cannot_be_followed_is_told(string include, string mistake) =>
        Jobs.WithIncludes($"{include}\n" + Jobs.Around(""), Files).Mistakes().ShouldHaveSingleItem().ShouldContain(mistake);

    [Fact]
    public void A_mistake_in_an_included_file_names_that_file() =>
        Jobs.WithIncludes("include \"bad.conf\"\n" + Jobs.Around(""), Files).Problems[0].Where.ToString().ShouldBe("bad.conf:2:7");

    [Fact]
    public void Without_a_reader_an_include_is_refused() =>
        Jobs.Hocon("include \"env.conf\"\n" + Jobs.Around("")).Mistakes().ShouldHaveSingleItem().ShouldContain("cannot be followed");

    [Fact]
    public void Includes_that_multiply_are_stopped()
    {
        var files = Enumerable.Range(0, 16).ToDictionary(i => $"f{i}", i => $"include \"f{i + 1}\"\ninclude \"f{i + 1}\"");
        Jobs.WithIncludes("include \"f0\"\n" + Jobs.Around(""), files).Mistakes().ShouldContain($"More than {HoconReading.MaxIncludes} includes.");
    }

    [Fact]
    public void Include_is_a_key_like_any_other_when_a_value_follows() =>
        SettingsJson.Compact(Jobs.Hocon(Jobs.Around("include = 1\ninclude_fields = [a]")).Good().Sinks[0].Options)
            .ShouldBe("""{"include":1,"include_fields":["a"]}""");
}
