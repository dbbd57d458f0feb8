using Chunnel.Config.Graph;
using Chunnel.Core;

namespace Chunnel.Config.Tests.Graph;

[Trait("spec", "config.md 6")]
public sealed class GraphTests
{
    private static JobLoadResult Job(string source, string transform, string sink) =>
        Jobs.Hocon($"env {{ }}\nsource {{\n{source}\n}}\ntransform {{\n{transform}\n}}\nsink {{\n{sink}\n}}");

    private static IEnumerable<string> Edges(JobGraph graph) =>
        graph.Vertices.SelectMany(reader => graph.InputsOf(reader).Select(maker => $"{maker} > {reader}"));

    [Theory]
    [InlineData("FakeSource { plugin_output = fake }", "", "Console { }")]
    [InlineData("FakeSource { }", "", "Console { }")]
    [InlineData("FakeSource { }", "", "Console { plugin_input = fake }")]
    [Trait("spec", "config.md 6.2, engine.md 27")]
    public void One_source_and_one_sink_need_no_names(string source, string transform, string sink)
    {
        var graph = Job(source, transform, sink).Good().Graph;
        graph.IsSimple.ShouldBeTrue();
        Edges(graph).ShouldBe(["Source[0]-FakeSource > Sink[0]-Console"]);
    }

    [Fact]
    [Trait("spec", "config.md 6.2, engine.md 28")]
    public void A_wrong_name_in_a_simple_job_is_only_told()
    {
        var result = Job("FakeSource { plugin_output = fake }", "Sql { plugin_input = fakee, plugin_output = t }", "Console { plugin_input = nope }");
        Edges(result.Good().Graph).ShouldBe(["Source[0]-FakeSource > Transform[0]-Sql", "Transform[0]-Sql > Sink[0]-Console"]);
        result.Warnings().ShouldBe(
        [
            "The 'plugin_input' option configured in [Sql] is incorrect, and the source/transform[fakee] is not found.",
            "The 'plugin_input' option configured in [Console] is incorrect, and the source/transform[nope] is not found.",
        ]);
    }

    [Fact]
    public void A_simple_job_may_even_read_itself() =>
        Job("FakeSource { plugin_output = f }", "Sql { plugin_input = t, plugin_output = t }", "Console { plugin_input = t }").Good().Graph.IsSimple.ShouldBeTrue();

    [Fact]
    [Trait("spec", "config.md 6.3, engine.md 29")]
    public void A_sink_of_two_sources_needs_an_input() =>
        Job("FakeSource { plugin_output = a }\nFakeSource { plugin_output = b }", "", "Console { }").Mistakes()
            .ShouldContain("The transform/sink(Console) is not configured with 'plugin_input' option");

    [Fact]
    [Trait("spec", "config.md 6.3")]
    public void A_source_of_a_complex_job_needs_an_output() =>
        Job("FakeSource { }\nFakeSource { plugin_output = b }", "", "Console { plugin_input = b }").Mistakes()
            .ShouldBe(["The source/transform(FakeSource) is not configured with 'plugin_output' option"]);

    [Fact]
    [Trait("spec", "config.md 6.3, engine.md 30")]
    public void Two_outputs_of_one_name_are_refused() =>
        Job("FakeSource { plugin_output = fake }\nKafka { plugin_output = fake }", "", "Console { plugin_input = fake }").Mistakes()
            .ShouldBe(["The value of the 'plugin_output' option of the (FakeSource and Kafka) plugins is both 'fake', and they must be different."]);

    [Fact]
    [Trait("spec", "config.md 6.3, engine.md 31")]
    public void An_input_that_names_nothing_is_refused_with_what_was_meant()
    {
        var result = Job("FakeSource { plugin_output = fake1 }\nFakeSource { plugin_output = other }", "", "Console { plugin_input = [\"fake2\", \"fake1\", \"other\"] }");
        var problem = result.Problems.ShouldHaveSingleItem();
        problem.What.ShouldBe("The 'plugin_input' option configured in [Console] is incorrect, and the source/transform[fake2] is not found.");
        problem.Mend.ShouldBe("Did you mean 'fake1'?");
        problem.Where.Line.ShouldBe(10);
    }

    [Fact]
    [Trait("spec", "config.md 6.3, engine.md 32")]
    public void An_output_that_nobody_reads_is_refused() =>
        Job("FakeSource { plugin_output = fake }\nFakeSource { plugin_output = fake2 }", "", "Console { plugin_input = fake }").Mistakes()
            .ShouldBe(["The 'plugin_output' option configured is incorrect, this table(fake2) belonging to source/transform(FakeSource) is not used."]);

    [Fact]
    public void All_mistakes_of_the_wiring_come_at_once() =>
        Job("FakeSource { }\nFakeSource { plugin_output = a }", "Sql { plugin_output = a }\nSql { plugin_input = x, plugin_output = y }", "Console { }").Mistakes().Count.ShouldBe(7);

    [Theory]
    [InlineData("plugin_input = [\"a\", \"b\"]")]
    [InlineData("plugin_input = \"a,b\"")]
    [InlineData("plugin_input = \"a , b\"")]
    [InlineData("source_table_name = [\"a\", \"b\"]")]
    [Trait("spec", "config.md 5, engine.md 33")]
    public void Inputs_are_a_list_or_a_text_with_commas(string input)
    {
        var graph = Job("FakeSource { plugin_output = a }\nFakeSource { plugin_output = b }", "", $"Console {{ {input} }}").Good().Graph;
        Edges(graph).ShouldBe(["Source[0]-FakeSource > Sink[0]-Console", "Source[1]-FakeSource > Sink[0]-Console"]);
    }

    [Fact]
    [Trait("spec", "config.md 6.1, engine.md 35")]
    public void One_source_may_feed_two_sinks()
    {
        var graph = Job("FakeSource { plugin_output = a }", "", "Console { plugin_input = a }\nConsole { plugin_input = a }").Good().Graph;
        graph.OutputsOf(graph.Vertices[0]).Select(vertex => vertex.Name).ShouldBe(["Sink[0]-Console", "Sink[1]-Console"]);
    }

    [Fact]
    [Trait("spec", "config.md 6.3, engine.md 36")]
    public void Transforms_may_stand_in_any_order()
    {
        var graph = Job(
            "FakeSource { plugin_output = s }",
            "Sql { plugin_input = two, plugin_output = three }\nSql { plugin_input = one, plugin_output = two }\nSql { plugin_input = s, plugin_output = one }",
            "Console { plugin_input = three }").Good().Graph;
        graph.OfKind(PluginKind.Transform).Select(vertex => vertex.Name).ShouldBe(["Transform[2]-Sql", "Transform[1]-Sql", "Transform[0]-Sql"]);
        graph.Vertices.ShouldAllBe(vertex => vertex.Inputs.All(input => input < vertex.Id));
    }

    [Fact]
    public void Transforms_that_read_each_other_are_told()
    {
        var mistakes = Job("FakeSource { plugin_output = s }", "Sql { plugin_input = b, plugin_output = a }\nSql { plugin_input = [\"a\", \"s\"], plugin_output = b }", "Console { plugin_input = b }").Mistakes();
        mistakes.ShouldBe(["These transforms read each other in a circle: Transform[0]-Sql, Transform[1]-Sql."]);
    }

    [Fact]
    [Trait("spec", "config.md 5, engine.md 5")]
    public void Old_names_work_and_the_warning_names_the_new_key()
    {
        var result = Job("FakeSource { result_table_name = a }\nFakeSource { result_table_name = b, plugin_output = c }", "", "Console { source_table_name = a, plugin_input = [\"a\", \"c\"] }");
        var job = result.Good();
        job.Sources.Select(source => source.Output).ShouldBe(["a", "c"]);
        job.Sinks[0].Inputs.ShouldBe(["a", "c"]);
        SettingsJson.Compact(job.Sources[0].Options).ShouldBe("""{"plugin_output":"a"}""");
        result.Warnings().ShouldBe(
        [
            "Please use the new key 'plugin_output' instead of the deprecated key 'result_table_name'.",
            "Please use the new key 'plugin_output' instead of the deprecated key 'result_table_name'.",
            "Please use the new key 'plugin_input' instead of the deprecated key 'source_table_name'.",
        ]);
    }

    [Theory]
    [InlineData("parallelism = 4", 4)]
    [InlineData("parallelism = \"4\"", 4)]
    [InlineData("parallelism = 0", 1)]
    [InlineData("", null)]
    [Trait("spec", "config.md 5")]
    public void A_source_may_have_its_own_parallelism(string option, int? parallelism) =>
        Job($"FakeSource {{ {option} }}", "", "Console { parallelism = 9 }").Good().Sources[0].Parallelism.ShouldBe(parallelism);

    [Fact]
    [Trait("spec", "config.md 6.1")]
    public void An_unnamed_output_has_the_default_name() =>
        Job("FakeSource { }", "", "Console { }").Good().Graph.Vertices[0].Output.ShouldBe("default-identifier");

    [Theory]
    [InlineData("env { }\nsink { Console { } }", "Miss <Source> config! Please check the config file.")]
    [InlineData("env { }\nsource { }\nsink { Console { } }", "Miss <Source> config! Please check the config file.")]
    [InlineData("env { }\nsource { FakeSource { } }", "Miss <Sink> config! Please check the config file.")]
    [InlineData("env { }\nsource { FakeSource { } }\nsink { }", "Miss <Sink> config! Please check the config file.")]
    [Trait("spec", "config.md 1, engine.md 12")]
    public void A_job_needs_a_source_and_a_sink(string text, string mistake) => Jobs.Hocon(text).Mistakes().ShouldBe([mistake]);
}
