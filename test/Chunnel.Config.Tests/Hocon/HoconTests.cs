using Chunnel.Core;

namespace Chunnel.Config.Tests.Hocon;

[Trait("spec", "config.md 2")]
public sealed class HoconTests
{
    [Fact]
    [Trait("spec", "config.md 2 H1")]
    public void Dotted_keys_are_flat_quoted_or_not()
    {
        var job = Jobs.Hocon(Jobs.Around("a.b.c = 1\n\"d.e\" = 2\nf.g { h = 3 }\ni -> j = 4")).Good();
        SettingsJson.Compact(job.Sinks[0].Options).ShouldBe("""{"a.b.c":1,"d.e":2,"f.g":{"h":3},"i":{"j":4}}""");
    }

    [Fact]
    [Trait("spec", "config.md 2 H2, engine.md 4")]
    public void Keys_keep_the_order_of_the_file() =>
        Jobs.Value("{ zeta = 1, alpha = 2, mid = 3, alpha = 4 }").ShouldBe("""{"zeta":1,"alpha":4,"mid":3}""");

    [Fact]
    [Trait("spec", "config.md 2 H3, engine.md 1")]
    public void Two_blocks_of_one_plugin_are_two_sources()
    {
        var job = Jobs.Hocon("""
            env { }
            source {
              FakeSource { plugin_output = "a" }
              FakeSource { plugin_output = "b" }
            }
            sink { Console { plugin_input = ["a", "b"] } }
            """).Good();
        job.Sources.Select(source => source.Output).ShouldBe(["a", "b"]);
        job.Graph.InputsOf(job.Graph.Vertices[2]).Select(vertex => vertex.Name).ShouldBe(["Source[0]-FakeSource", "Source[1]-FakeSource"]);
    }

    [Theory]
    [Trait("spec", "config.md 2 H4, engine.md 6, 13")]
    [InlineData("FakeSource { plugin_name = Other }", "Other")]
    [InlineData("c.Console { }", "c.Console")]
    [InlineData("MySQL-CDC { }", "MySQL-CDC")]
    [InlineData("\"quoted name\" { }", "quoted name")]
    [InlineData("Mongo->DB { }", "Mongo->DB")]
    [InlineData("FakeSource = { }", "FakeSource")]
    [InlineData("FakeSource : { }", "FakeSource")]
    [InlineData("FakeSource\n{ }", "FakeSource")]
    public void The_name_of_a_block_is_its_plugin_name(string block, string name) =>
        Jobs.Hocon($"env {{ }}\nsource {{ {block} }}\nsink {{ Console {{ }} }}").Good().Sources[0].PluginName.ShouldBe(name);

    [Fact]
    [Trait("spec", "config.md 2 H3")]
    public void Only_root_sections_become_lists() =>
        Jobs.Value("{ source { A { } }, sink = 1 }").ShouldBe("""{"source":{"A":{}},"sink":1}""");

    [Fact]
    public void Sections_may_be_written_as_arrays()
    {
        var job = Jobs.Hocon("""
            env { }
            source = [ { plugin_name = "FakeSource", row.num = 5 } ]
            sink = [ { plugin_name = Console } ]
            """).Good();
        job.Sources[0].PluginName.ShouldBe("FakeSource");
        job.Sinks[0].PluginName.ShouldBe("Console");
    }

    [Theory]
    [InlineData("\"a\\n\\u00e9\\\"\"", "\"a\\né\\\"\"")]
    [InlineData("\"\"\"raw \\n \"x\"\nsecond\"\"\"", "\"raw \\\\n \\\"x\\\"\\nsecond\"")]
    [InlineData("\"\"\"end\"\"\"\"", "\"end\\\"\"")]
    [InlineData("plain text  with   blanks  ", "\"plain text  with   blanks\"")]
    [InlineData("10 minutes", "\"10 minutes\"")]
    [InlineData("\"a\" b \"c\"", "\"a b c\"")]
    [InlineData("\"a\"\"b\"", "\"ab\"")]
    [InlineData("2024-01-01", "\"2024-01-01\"")]
    [InlineData("truely", "\"truely\"")]
    [InlineData("007", "\"007\"")]
    [InlineData("50", "50")]
    [InlineData("-1.10", "-1.10")]
    [InlineData("1e3", "1e3")]
    [InlineData("99999999999999999999", "99999999999999999999")]
    [InlineData("true", "true")]
    [InlineData("null", "null")]
    [InlineData("[1, 2\n3\n,]", "[1,2,3]")]
    [InlineData("[[1],[{a=b}]]", "[[1],[{\"a\":\"b\"}]]")]
    [InlineData("{ a = 1 } { b = 2 }", "{\"a\":1,\"b\":2}")]
    [InlineData("[1] [2]", "[1,2]")]
    [InlineData("\n\n 5", "5")]
    [InlineData("{}", "{}")]
    [InlineData("[]", "[]")]
    [InlineData("\"\"", "\"\"")]
    public void Values_mean_what_hocon_says(string written, string json) => Jobs.Value(written).ShouldBe(json);

    [Fact]
    [Trait("spec", "engine.md 7")]
    public void Comments_end_lines_outside_quotes_only()
    {
        var job = Jobs.Hocon(Jobs.Around("""
            # first
            a = 1 # second
            b = "x # y // z" // third
            c = [ 1 // in a list
              2 # too
            ]
            """)).Good();
        SettingsJson.Compact(job.Sinks[0].Options).ShouldBe("""{"a":1,"b":"x # y // z","c":[1,2]}""");
    }

    [Fact]
    public void A_null_value_is_kept_and_counts_as_absent()
    {
        var options = Jobs.Hocon(Jobs.Around("a = null")).Good().Sinks[0].Options;
        options["a"].ShouldNotBeNull();
        options.Find("a").ShouldBeNull();
    }

    [Theory]
    [InlineData("a = { x = 1, y = 2 }\na = { y = 3 }", """{"a":{"x":1,"y":3}}""")]
    [InlineData("a = { x = { p = 1 } }\na = { x = { q = 2 } }", """{"a":{"x":{"p":1,"q":2}}}""")]
    [InlineData("a = { x = 1 }\na = 5", """{"a":5}""")]
    [InlineData("a = 5\na = { x = 1 }", """{"a":{"x":1}}""")]
    [InlineData("a = [1]\na = [2]", """{"a":[2]}""")]
    public void Objects_merge_and_all_else_is_replaced(string options, string json) =>
        SettingsJson.Compact(Jobs.Hocon(Jobs.Around(options)).Good().Sinks[0].Options).ShouldBe(json);

    [Fact]
    public void A_second_source_section_replaces_the_first_and_says_so()
    {
        var result = Jobs.Hocon("env { }\nsource { A { } }\nsource { B { } }\nsink { Console { } }");
        result.Good().Sources.Select(source => source.PluginName).ShouldBe(["B"]);
        result.Warnings().ShouldBe(["This 'source' replaces the one of line 2: sections do not merge."]);
    }

    [Theory]
    [InlineData("a = [1]\na += 2\na += 3", "[1,2,3]")]
    [InlineData("a += 1", "[1]")]
    public void Plus_equals_adds_to_a_list(string options, string json) =>
        SettingsJson.Compact(Jobs.Hocon(Jobs.Around(options)).Good().Sinks[0].Options["a"]!).ShouldBe(json);

    [Fact]
    public void Root_braces_may_stand_and_other_root_keys_are_constants()
    {
        var job = Jobs.Hocon("{ env { }, n = 7, source { FakeSource { row.num = ${n} } }, sink { Console { } } }").Good();
        SettingsJson.Compact(job.Sources[0].Options).ShouldBe("""{"row.num":7}""");
        job.Root.Entries.Select(entry => entry.Key).ShouldBe(["env", "source", "transform", "sink"]);
    }

    [Theory]
    [InlineData("base = { a = 1, b = 2 }", "${base} { b = 3 }", """{"a":1,"b":3}""")]
    [InlineData("n = 5", "${n}", "5")]
    [InlineData("n = 5", "x${n}y", "\"x5y\"")]
    [InlineData("l = [1]", "${l} [2]", "[1,2]")]
    [InlineData("a.b = 4", "${a.b}", "4")]
    [InlineData("a = { b = 4 }", "${a.b}", "4")]
    [InlineData("a = { b = 4 }", "${a -> b}", "4")]
    [InlineData("", "[1, ${?nope}, 2]", "[1,2]")]
    [InlineData("", "\"a\"${?nope}\"b\"", "\"ab\"")]
    [InlineData("p = \"/x\"\np = ${p}\"/y\"", "${p}", "\"/x/y\"")]
    [InlineData("l = [1]\nl = ${l} [2]\nl = ${l} [3]", "${l}", "[1,2,3]")]
    [InlineData("a = ${b}\nb = ${c}\nc = 9", "${a}", "9")]
    [InlineData("a = { x = 1 }\nb = { y = 2 }\na = ${b}", "${a}", """{"x":1,"y":2}""")]
    public void References_take_values_of_the_file(string root, string written, string json) =>
        SettingsJson.Compact(Jobs.Hocon(Jobs.Around($"v = {written}", root)).Good().Sinks[0].Options["v"]!).ShouldBe(json);

    [Fact]
    [Trait("spec", "config.md 3.2")]
    public void An_optional_reference_without_value_drops_its_setting() =>
        SettingsJson.Compact(Jobs.Hocon(Jobs.Around("a = ${?nope}\nb = 1")).Good().Sinks[0].Options).ShouldBe("""{"b":1}""");

    [Fact]
    [Trait("spec", "engine.md 26")]
    public void The_environment_answers_unquoted_references_only()
    {
        var job = Jobs.WithEnvironment(Jobs.Around("a = ${HOME_DIR}\nb = \"${HOME_DIR}\""), new() { ["HOME_DIR"] = "/home/x" }).Good();
        SettingsJson.Compact(job.Sinks[0].Options).ShouldBe("""{"a":"/home/x","b":"${HOME_DIR}"}""");
    }

    [Theory]
    [InlineData("a = ${a}", "The value of 'a' refers to itself.")]
    [InlineData("a = ${b}\nb = ${a}", "refers to itself.")]
    [InlineData("a = { x = ${a} }", "The value of 'a' refers to itself.")]
    public void Circles_are_told(string root, string mistake) =>
        Jobs.Hocon(Jobs.Around("", root)).Mistakes().ShouldAllBe(what => what.Contains(mistake));

    [Fact]
    public void A_few_lines_cannot_grow_without_bound()
    {
        var root = "a0 = \"0123456789\"\n" + string.Join('\n', Enumerable.Range(1, 60).Select(i => $"a{i} = ${{a{i - 1}}}${{a{i - 1}}}"));
        Jobs.Hocon(Jobs.Around("", root)).Mistakes().ShouldHaveSingleItem().ShouldContain("larger or deeper");
        var lists = "a0 = [x]\n" + string.Join('\n', Enumerable.Range(1, 60).Select(i => $"a{i} = [${{a{i - 1}}}, ${{a{i - 1}}}]"));
        Jobs.Hocon(Jobs.Around("", lists)).Mistakes().ShouldHaveSingleItem().ShouldContain("larger or deeper");
        var deep = "a0 = 1\n" + string.Join('\n', Enumerable.Range(1, 5000).Select(i => $"a{i} = {{ x = ${{a{i - 1}}} }}"));
        Jobs.Hocon(Jobs.Around("", deep)).Mistakes().ShouldHaveSingleItem().ShouldContain("larger or deeper");
    }

    [Theory]
    [InlineData('{')]
    [InlineData('[')]
    public void Deep_nesting_is_refused_not_a_crash(char open) =>
        Jobs.Hocon("env { x = " + string.Concat(Enumerable.Repeat(open == '{' ? "{a=" : "[", 500_000))).Mistakes().ShouldNotBeEmpty();
}
