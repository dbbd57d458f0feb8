using Chunnel.Core;

namespace Chunnel.Config.Tests;

/// <summary>Job files that users reported, as far as their meaning is decided here.</summary>
public sealed class CaseTests
{
    [Fact]
    [Trait("case", "cfg-variables-between-quoted-parts")]
    public void Variables_stand_between_quoted_parts()
    {
        var job = Jobs.File("cases/cfg-variables-between-quoted-parts.conf", "jobName=st var job", "resName=fake", "rowNum=12", "strTemplate=[red,gr~n,b lu]", "nameType=string", "nameVal=a=b c").Good();
        job.Env.JobName.ShouldBe("st var job");
        job.Sources[0].Output.ShouldBe("fake");
        SettingsJson.Compact(job.Sources[0].Options).ShouldBe(
            """{"plugin_output":"fake","row.num":12,"string.template":["red","gr~n","b lu"],"schema":{"fields":{"name":"string","age":"int"}}}""");
        job.Transforms[0].Options["query"]!.ToString().ShouldBe("select name, 'a=b c' as tag from fake");
    }

    [Fact]
    [Trait("case", "cli-variables-as-a-scheduler-passes-them")]
    public void A_scheduler_passes_dates_blanks_and_quotes() =>
        Jobs.File("cases/cli-variables-as-a-scheduler-passes-them.conf", "start=2024-01-31 08:00:00", "label=\"day run, part = 2\"").Good().Transforms[0].Options["query"]!.ToString()
            .ShouldBe("select id, 'day run, part = 2' as label from src where ts >= '2024-01-31 08:00:00'");

    [Fact]
    [Trait("case", "cfg-special-characters-in-column-names")]
    public void Quoted_keys_keep_every_character()
    {
        var job = Jobs.File("cases/cfg-special-characters-in-column-names.conf").Good();
        ((SettingsObject)job.Sources[0].Options.Find("schema.fields")!.Value).Entries.Select(entry => entry.Key).ShouldBe(["Unit Price ($)", "share %", "a.b", "size[cm]"]);
        ((SettingsObject)job.Transforms[0].Options["field_mapper"]!).Entries.Select(entry => $"{entry.Key} > {entry.Value}")
            .ShouldBe(["a.b > a_b", "Unit Price ($) > unit_price", "share % > share", "size[cm] > size cm"]);
    }

    [Fact]
    [Trait("case", "cfg-unquoted-hash-cuts-value")]
    public void An_unquoted_hash_cuts_the_value_and_is_told()
    {
        var result = Jobs.File("cases/cfg-unquoted-hash-cuts-value.conf");
        result.Good().Sinks[0].Options["path"]!.ToString().ShouldBe("out/ab");
        var warning = result.Problems.ShouldHaveSingleItem();
        (warning.Severity, warning.Where.Line).ShouldBe((Severity.Warning, 15));
        warning.Mend.ShouldNotBeNull().ShouldContain("quotes");
    }

    [Fact]
    [Trait("case", "cli-exit-code-of-a-refused-file")]
    public void A_broken_file_names_its_line()
    {
        var problem = Jobs.File("cases/cli-exit-code-of-a-refused-file.conf").Problems.ShouldHaveSingleItem();
        problem.Where.ToString().ShouldBe("cli-exit-code-of-a-refused-file.conf:8:21");
    }

    [Theory]
    [InlineData("cli-local-run-ends-by-itself", 1, null)]
    [InlineData("plan-env-parallelism-is-inherited", 3, null)]
    [InlineData("plan-source-parallelism-wins", 5, 1)]
    [InlineData("cfg-near-miss-option-key", 1, null)]
    public void Parallelism_is_read_from_env_and_source(string name, int env, int? source)
    {
        var job = Jobs.File($"cases/{name}.conf").Good();
        (job.Env.Parallelism, job.Sources[0].Parallelism).ShouldBe((env, source));
    }

    [Fact]
    [Trait("case", "cli-local-run-ends-by-itself")]
    public void Escapes_in_delimiters_are_real_characters()
    {
        var options = Jobs.File("cases/cli-local-run-ends-by-itself.conf").Good().Sinks[0].Options;
        options["field_delimiter"]!.ToString().ShouldBe("\t");
        options["row_delimiter"]!.ToString().ShouldBe("\n");
    }

    [Fact]
    [Trait("case", "plan-two-inputs-in-one-string")]
    public void Two_inputs_in_one_text_are_two_inputs() =>
        Jobs.File("cases/plan-two-inputs-in-one-string.conf").Good().Graph.Vertices[2].Inputs.ShouldBe([0, 1]);

    [Fact]
    [Trait("case", "plan-two-sinks-of-one-kind")]
    public void Two_sinks_of_one_kind_have_names_of_their_own()
    {
        var graph = Jobs.File("cases/plan-two-sinks-of-one-kind.conf").Good().Graph;
        graph.Vertices.Select(vertex => vertex.Name).ShouldBe(["Source[0]-FakeSource", "Transform[0]-Sql", "Transform[1]-Sql", "Sink[0]-LocalFile", "Sink[1]-LocalFile"]);
        graph.Vertices[0].Outputs.ShouldBe([1, 2]);
        (graph.Vertices[3].Inputs[0], graph.Vertices[4].Inputs[0]).ShouldBe((1, 2));
    }
}
