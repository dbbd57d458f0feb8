using Chunnel.Core;

namespace Chunnel.Config.Tests.Hocon;

[Trait("spec", "config.md 2")]
public sealed class HoconMistakeTests
{
    private static IEnumerable<string> Places(JobLoadResult result, Severity severity = Severity.Error) =>
        result.Problems.Where(problem => problem.Severity == severity).Select(problem => $"{problem.Where.Line}:{problem.Where.Column}");

    [Theory]
    [InlineData("a = \"open", "1:5")]
    [InlineData("a = x$y", "1:6")]
    [InlineData("a = \\t", "1:5")]
    [InlineData("a = http://host", "1:9")]
    [InlineData("a = select * from t", "1:12")]
    [InlineData("a =", "1:1")]
    [InlineData("a =\nb = 1", "1:1")]
    [InlineData("a b", "1:1")]
    [InlineData("= 5", "1:1")]
    [InlineData("a = ${b:c}", "1:5")]
    [InlineData("a = ${b", "1:5")]
    [InlineData("a = [1, 2", "1:5")]
    [InlineData("a = { b = 1", "1:5")]
    [InlineData("a = [1, 2}", "1:10")]
    [InlineData("a = [1,, 2]", "1:8")]
    [InlineData("a = \"x\\qy\"", "1:7")]
    [InlineData("a = \"\"\"x", "1:5")]
    [InlineData("a = 1 b = 2", "1:7")]
    [InlineData("a = {} b = 2", "1:8")]
    [InlineData("a = [1] x", "1:9")]
    [InlineData("a = [{} x]", "1:9")]
    [InlineData("a = ${b} {}\nb = 1", "1:5")]
    [InlineData("[1]", "1:1")]
    [InlineData("a = 1\n}", "2:1")]
    [InlineData("a ! = 1", "1:3")]
    public void Every_mistake_has_its_place(string text, string place)
    {
        var result = Jobs.Hocon(text);
        result.Definition.ShouldBeNull();
        Places(result).ShouldContain(place, result.Problems[0].ToString());
    }

    [Fact]
    public void All_mistakes_come_in_one_answer() => Places(Jobs.Hocon("""
        env {
          job.name = "open
          parallelism = 4
          checkpoint.interval =
          job.mode = BA*TCH
        }
        source {
          FakeSource {
            row.num = 5 x = 3
            a = ${y:z}
          }
          Broken
        }
        sink { Console { b = [1, "two] } }
        }
        """)).ShouldBe(["2:14", "4:3", "5:16", "9:17", "10:9", "12:3", "14:6", "14:26", "15:1"], ignoreOrder: true);

    [Theory]
    [Trait("spec", "architecture 7")]
    [InlineData("path = out/ab#cd", "4:8")]
    [InlineData("path = out//cd", "4:8")]
    [InlineData("path = [out/ab#cd\n]", "4:9")]
    public void A_value_that_is_cut_by_a_comment_mark_warns(string option, string place) =>
        Places(Jobs.Hocon($"env {{ }}\nsource {{ FakeSource {{ }} }}\nsink {{ Console {{\n{option}\n}} }}"), Severity.Warning).ShouldBe([place]);

    [Theory]
    [InlineData("path = out #cd")]
    [InlineData("path = \"out#cd\"")]
    [InlineData("path = \"out\"#cd")]
    [InlineData("# only")]
    public void A_comment_after_the_value_does_not_warn(string option) => Jobs.Hocon(Jobs.Around(option)).Problems.ShouldBeEmpty();

    [Fact]
    public void Objects_side_by_side_in_a_list_warn_that_they_merge() =>
        Jobs.Hocon(Jobs.Around("rows = [ {a=1} {a=2} ]")).Warnings().ShouldBe(["Two objects side by side are merged into one."]);

    [Fact]
    public void Settings_of_a_plugin_outside_its_braces_are_told() =>
        Jobs.Hocon("env { }\nsource { plugin_name = \"FakeSource\" }\nsink { Console { } }").Mistakes()
            .ShouldContain("'plugin_name' must be a plug-in with its options in braces.");

    [Fact]
    public void The_number_of_mistakes_is_bounded() =>
        Jobs.Hocon(string.Concat(Enumerable.Repeat("a = \"x\n", 10_000))).Problems.Count.ShouldBeLessThanOrEqualTo(50);
}
