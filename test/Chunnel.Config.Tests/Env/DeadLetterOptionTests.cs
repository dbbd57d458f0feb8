using Chunnel.Config.DeadLetters;
using Chunnel.Config.Hocon;
using Chunnel.Core;

namespace Chunnel.Config.Tests.Env;

/// <summary><c>dead_letter</c> of env and of blocks: docs/dead-letters.md.</summary>
public sealed class DeadLetterOptionTests
{
    private const string Sink = "sink { LocalFile { path = \"/x\", plugin_input = ignored } }";

    private static JobLoadResult With(string env, string transform = "", string sink = "") =>
        Jobs.Hocon($"env {{\n{env}\n}}\nsource {{ FakeSource {{ }} }}\ntransform {{ Sql {{ {transform} }} }}\nsink {{ Console {{ {sink} }} }}");

    [Fact]
    public void Nothing_said_the_first_refused_row_ends_the_job()
    {
        var job = With("").Good();
        job.Env.DeadLetters.ShouldBe(DeadLetterOptions.None);
        job.Env.DeadLetters.PolicyOf(job.Transforms[0]).ShouldBe(RefusedRows.Fail);
    }

    [Theory]
    [InlineData("dead_letter { policy = dead-letter, max_rows = 5, max_percent = \"2.5\", min_rows = 10, sink { LocalFile { path = \"/x\" } } }")]
    [InlineData("dead_letter { policy = DEAD_LETTER, max_rows = 5, max_percent = 2.5, min_rows = 10, sink { plugin_name = LocalFile, path = \"/x\" } }")]
    [InlineData("dead_letter.max_rows = 5\ndead_letter.max_percent = 2.5\ndead_letter.min_rows = 10\ndead_letter.sink.plugin_name = LocalFile\ndead_letter.sink.path = \"/x\"")]
    [InlineData("dead_letter.max_rows = 5\ndead_letter { max_percent = 2.5, min_rows = 10 }\ndead_letter.sink { plugin_name = LocalFile, path = \"/x\" }")]
    public void Every_form_says_the_same(string env)
    {
        var result = With(env);
        var letters = result.Good().Env.DeadLetters;
        (letters.Policy, letters.MaxRows, letters.MaxPercent, letters.MinRows).ShouldBe((RefusedRows.DeadLetter, 5L, 2.5, 10L));
        letters.Sink.ShouldNotBeNull().PluginName.ShouldBe("LocalFile");
        SettingsConvert.ToText(letters.Sink.Options["path"]!).ShouldBe("/x");
        letters.Sink.Options.Find("plugin_name").ShouldBeNull();
        result.Warnings().ShouldBeEmpty();
    }

    [Fact]
    public void A_block_says_it_for_its_step()
    {
        var job = With($"dead_letter {{ {Sink} }}", "dead_letter.policy = skip", "dead_letter { policy = fail }").Good();
        new[] { job.Sources[0], job.Transforms[0], job.Sinks[0] }.Select(job.Env.DeadLetters.PolicyOf).ShouldBe([RefusedRows.DeadLetter, RefusedRows.Skip, RefusedRows.Fail]);
    }

    [Fact]
    public void A_job_in_SQL_says_it_too()
    {
        var job = Jobs.Sql("""
            /* config env { dead_letter.sink { plugin_name = Console } } */
            CREATE TABLE a WITH ('connector' = 'FakeSource', 'type' = 'source', 'dead_letter.policy' = 'skip');
            CREATE TABLE b WITH ('connector' = 'Console', 'type' = 'sink');
            INSERT INTO b SELECT * FROM a;
            """.Replace("/* config env { dead_letter.sink { plugin_name = Console } } */", "/* config\nenv { dead_letter.sink { plugin_name = Console } }\n*/", StringComparison.Ordinal)).Good();
        job.Sources[0].Refused.ShouldBe(RefusedRows.Skip);
        job.Env.DeadLetters.Sink!.PluginName.ShouldBe("Console");
    }

    [Theory]
    [InlineData("dead_letter { policy = dead_letter }", "", "Refused rows are to be set aside, but there is no 'dead_letter.sink' in env to take them.", "2:24")]
    [InlineData("", "dead_letter.policy = dead_letter", "Refused rows are to be set aside, but there is no 'dead_letter.sink' in env to take them.", "5:40")]
    [InlineData("", "dead_letter.max_rows = 3", "'dead_letter.max_rows' counts for the whole job.", "5:19")]
    [InlineData("dead_letter = skip", "", "'dead_letter' must hold an object.", "2:15")]
    [InlineData("dead_letter { sink = LocalFile }", "", "'dead_letter.sink' must hold one sink plug-in.", "2:22")]
    [InlineData("dead_letter { sink { path = \"/x\" } }", "", "'dead_letter.sink' does not say which plug-in it is.", "2:15")]
    [InlineData("dead_letter { max_rows = -1 }", "", "'dead_letter.max_rows' is -1, and rows are counted from 0.", "2:26")]
    [InlineData("dead_letter { max_percent = 101 }", "", "'dead_letter.max_percent' must be between 0 and 100.", "2:29")]
    [InlineData("dead_letter { max_rows = many }", "", "The value 'many' of the option 'dead_letter.max_rows' is not a number of the long type.", "2:26")]
    [InlineData("dead_letter { policy = ignore }", "", "Could not parse value for enum RefusedRows. Expected one of: [[FAIL, SKIP, DEAD_LETTER]]. The option 'dead_letter.policy' has 'ignore'.", "2:24")]
    public void A_mistake_is_told_with_its_place(string env, string transform, string what, string place)
    {
        var result = With(env, transform);
        var wrong = result.Problems.Single(problem => problem.Severity == Severity.Error);
        wrong.What.ShouldBe(what);
        $"{wrong.Where.Line}:{wrong.Where.Column}".ShouldBe(place);
        result.Definition.ShouldBeNull();
    }

    [Theory]
    [InlineData("dead_leter { policy = skip }", "'dead_leter' is not an option of env.", "Did you mean 'dead_letter'?")]
    [InlineData("dead_letter { polcy = skip }", "'dead_letter.polcy' is not an option.", "Did you mean 'policy'?")]
    [InlineData("dead_letter { policy = skip, " + Sink + " }", "No step sets refused rows aside: 'dead_letter.sink' is not used.", "Set dead_letter.policy = dead_letter, in env or in the steps that are meant.")]
    public void A_slip_of_the_key_is_a_warning(string env, string what, string mend)
    {
        var result = With(env);
        result.Good();
        var warning = result.Problems.Single();
        (warning.What, warning.Mend).ShouldBe((what, mend));
    }

    /// <summary>A secret of the sink may be encrypted, as in the job's own sinks, and is then shown nowhere.</summary>
    [Theory, Trait("spec", "config.md 10; architecture.md 6: S10")]
    [InlineData("dead_letter { sink { Jdbc { password = \"{password}\" } } }")]
    [InlineData("dead_letter.sink { plugin_name = Jdbc, password = \"{password}\" }")]
    [InlineData("dead_letter.sink.plugin_name = Jdbc\ndead_letter.sink.password = \"{password}\"")]
    public void Secrets_of_the_sink_are_opened(string env)
    {
        var written = env.Replace("{password}", Base64("hunter2"), StringComparison.Ordinal);
        var text = $"env {{\nshade.identifier = base64\n{written}\n}}\nsource {{ FakeSource {{ }} }}\nsink {{ Console {{ }} }}";
        var job = JobLoader.TryLoad(new JobText(text, JobFormat.Hocon) { FileName = "job.conf", Shades = ShadeSet.BuiltIn }).Good();
        var options = job.Env.DeadLetters.Sink.ShouldNotBeNull().Options;
        options["password"].ShouldBeOfType<SettingsScalar>().ShouldSatisfyAllConditions(secret => secret.Text.ShouldBe("hunter2"), secret => secret.ToString().ShouldNotContain("hunter2"));
        SettingsJson.Compact(job.Root).ShouldNotContain("hunter2");
    }

    private static string Base64(string text) => Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(text));
}
