using Chunnel.Core;

namespace Chunnel.Plugins.Tests.Options;

/// <summary>Options as a plug-in reads and checks them.</summary>
[Trait("spec", "config.md 2.1, 11.2")]
public sealed class OptionSetTests
{
    private static readonly Option<int> Rows = Option.Int("row.num").Default(5).AtLeast(0).Old("rows.count", "num");
    private static readonly Option<string> Host = Option.Text("host").IsRequired();
    private static readonly Option<string> Port = Option.Text("port").IsRequired();
    private static readonly Option<string> User = Option.Text("user");
    private static readonly Option<string> Password = Option.Text("password").IsSecret();
    private static readonly Option<string> Mode = Option.Choice("mode", "RANGE", "TEMPLATE").Default("RANGE");
    private static readonly Option<IReadOnlyList<string>> Template = Option.TextList("template");

    [Theory]
    [Trait("spec", "engine.md 3")]
    [InlineData("""{"row.num": 7}""", 7)]
    [InlineData("""{"row": {"num": 7}}""", 7)]
    [InlineData("""{"row.num": 7, "row": {"num": 8}}""", 7)]
    [InlineData("""{"num": 9}""", 9)]
    [InlineData("""{"num": 9, "rows": {"count": 8}}""", 8)]
    [InlineData("""{"num": 9, "row.num": 7}""", 7)]
    [InlineData("""{"row.num": "7"}""", 7)]
    [InlineData("""{"row.num": null}""", 5)]
    [InlineData("{}", 5)]
    public void A_value_is_found_flat_then_nested_then_by_its_old_names_then_by_default(string settings, int rows) => Rows.Read(Settings(settings)).ShouldBe(rows);

    [Fact]
    [Trait("spec", "connectors.md 1")]
    public void An_old_name_warns_with_the_new_one()
    {
        var problem = Check([Rows], """{"num": 9}""").ShouldHaveSingleItem();
        problem.Severity.ShouldBe(Severity.Warning);
        problem.What.ShouldBe("Please use the new key 'row.num' instead of the deprecated key 'num'.");
    }

    [Fact]
    [Trait("spec", "connectors.md 3; engine.md 38")]
    public void All_that_is_missing_is_named_in_one_message()
    {
        var problem = Check([Host, Port, User], "{}").ShouldHaveSingleItem();
        problem.Code.Id.ShouldBe("API-02");
        problem.ToString().ShouldContain("ErrorCode:[API-02], ErrorDescription:[Option item validate failed]");
        problem.What.ShouldBe("There are unconfigured options, the options('host', 'port') are required.");
    }

    [Theory]
    [InlineData("{}", null)]
    [InlineData("""{"user": "u", "password": "p"}""", null)]
    [InlineData("""{"user": "u"}""", "These options('user', 'password') are bundled, must be present or absent together. The options present are: 'user'. The options absent are 'password'.")]
    public void Bundled_options_come_together(string settings, string? broken) => Broken([User, Password], settings, OptionRule.Bundled(User, Password)).ShouldBe(broken);

    [Theory]
    [InlineData("""{"user": "u"}""", null)]
    [InlineData("{}", "There are unconfigured options, these options('user', 'password') are mutually exclusive, allowing only one set(\"[] for a set\") of options to be configured.")]
    [InlineData("""{"user": "u", "password": "p"}""", "These options('user', 'password') are mutually exclusive, allowing only one set(\"[] for a set\") of options to be configured.")]
    public void Exclusive_options_exclude_each_other(string settings, string? broken) => Broken([User, Password], settings, OptionRule.Exclusive(User, Password)).ShouldBe(broken);

    [Theory]
    [InlineData("""{"mode": "template", "template": ["a"]}""", null)]
    [InlineData("""{"mode": "range"}""", null)]
    [InlineData("{}", null)]
    [InlineData("""{"mode": "Template"}""", "There are unconfigured options, the options('template') are required because ['mode' == TEMPLATE] is true.")]
    public void A_condition_asks_for_more(string settings, string? broken) => Broken([Mode, Template], settings, OptionRule.RequiredWhen(Mode, "TEMPLATE", Template)).ShouldBe(broken);

    [Fact]
    public void A_choice_names_what_it_may_be() =>
        Check([Mode], """{"mode": "x"}""").ShouldHaveSingleItem().What.ShouldBe("These options('mode') are SingleChoiceOption, the value(x) must be one of the optionValues([RANGE, TEMPLATE]).");

    [Fact]
    [Trait("spec", "architecture 7")]
    public void An_unknown_key_warns_and_what_was_meant_is_said()
    {
        var problem = Check([Mode], """{"modes": "RANGE"}""").ShouldHaveSingleItem();
        (problem.Severity, problem.What, problem.Mend).ShouldBe((Severity.Warning, "'modes' is not an option of Test and is ignored.", "Did you mean 'mode'?"));
    }

    [Fact]
    public void Everything_wrong_comes_at_once() =>
        Check([Rows, Host, Mode], """{"row.num": -1, "mode": "x", "hostt": "h"}""").Select(problem => problem.Severity).ShouldBe([Severity.Error, Severity.Error, Severity.Error, Severity.Warning]);

    private static string? Broken(OptionDescription[] options, string settings, OptionRule rule) => new OptionSet(options, rule).Check(Settings(settings), "Test", []).SingleOrDefault()?.What;

    private static IReadOnlyList<Problem> Check(OptionDescription[] options, string settings) => new OptionSet(options).Check(Settings(settings), "Test", []);

    private static SettingsObject Settings(string json) => (SettingsObject)JsonParser.Parse(new SourceText("", json)).Value;
}
