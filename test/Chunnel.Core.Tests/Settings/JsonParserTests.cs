namespace Chunnel.Core.Tests;

[Trait("spec", "config.md 2 JSON")]
public sealed class JsonParserTests
{
    private static IReadOnlyList<string> Mistakes(string text) =>
        [.. JsonParser.Parse(new SourceText("job.json", text)).Problems.Select(problem => $"{problem.Where.Line}:{problem.Where.Column} {problem.What}")];

    [Fact]
    public void Keys_stay_flat_order_stays_and_every_value_knows_its_place()
    {
        var (value, problems) = JsonParser.Parse(new SourceText("job.json", "{\n  \"job.mode\": \"BATCH\",\n  \"n\": [1.10, true, null]\n}"));
        problems.ShouldBeEmpty();
        var root = value.ShouldBeOfType<SettingsObject>();
        root.Entries.Select(entry => entry.Key).ShouldBe(["job.mode", "n"]);
        root["job.mode"]!.Where.ToString().ShouldBe("job.json:2:15");
        root.Entry("n")!.KeyWhere.ToString().ShouldBe("job.json:3:3");
        SettingsJson.Compact(value).ShouldBe("""{"job.mode":"BATCH","n":[1.10,true,null]}""");
    }

    [Fact]
    public void Escapes_are_read() =>
        ((SettingsScalar)JsonParser.Parse(new SourceText("", """ "a\n\t\"\\\/\u00e9\ud83d\ude00" """)).Value).Text.ShouldBe("a\n\t\"\\/é😀");

    [Fact]
    public void A_key_twice_is_a_mistake() =>
        Mistakes("{\"a\": 1,\n \"a\": 2}").ShouldBe(["2:2 The key \"a\" stands twice in one object, first in line 1."]);

    [Fact]
    public void A_comment_is_a_mistake() => Mistakes("{\n // no\n \"a\": 1}").Count.ShouldBe(1);

    [Fact]
    public void A_trailing_comma_is_a_mistake() => Mistakes("""{"a": [1, 2,], }""").Count.ShouldBe(2);

    [Fact]
    public void All_mistakes_come_at_once() => Mistakes("""
        {
          "a": tru,
          b: 1,
          "c" 2,
          "d": "open,
          "e": [1 2]
        }
        """).Select(mistake => mistake.Split(':')[0]).ShouldBe(["2", "3", "4", "5", "6"], ignoreOrder: true);

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[1,")]
    [InlineData("{} x")]
    [InlineData("01")]
    [InlineData("{\"a\"}")]
    [InlineData("nul")]
    [InlineData("\"\\x\"")]
    public void What_is_not_json_is_refused(string text) => Mistakes(text).ShouldNotBeEmpty();

    [Fact]
    public void Nesting_is_bounded() => Mistakes(new string('[', 1_000_000)).Count.ShouldBe(1);
}
