namespace Chunnel.Core.Tests;

public sealed class ProblemTests
{
    private static Problem At(string line, int column, int length) => new(CommonErrors.OptionValidateFailed, "'tabel' is not an option.")
    {
        Where = new SourceText("orders.conf", "\n" + line).At(1 + column, length),
        Mend = "Did you mean 'table'?",
    };

    [Fact]
    public void A_problem_shows_place_code_line_caret_cause_and_cure() => At("    tabel = \"orders\"", 4, 5).ToString().ShouldBe("""
        orders.conf:2:5: ErrorCode:[API-02], ErrorDescription:[Option item validate failed]
            tabel = "orders"
            ^^^^^ 'tabel' is not an option. Did you mean 'table'?
        """);

    [Fact]
    public void Of_a_long_line_the_part_around_the_place_is_shown()
    {
        var lines = At(new string('x', 500) + "BAD" + new string('y', 500), 500, 3).ToString().Split('\n');
        lines[1].Length.ShouldBeLessThan(140);
        lines[1].Substring(lines[2].IndexOf('^'), 3).ShouldBe("BAD");
        lines[1].ShouldStartWith("    ...");
        lines[1].ShouldEndWith("...");
    }

    [Fact]
    public void A_line_with_a_secret_does_not_show_it() => At("password = \"s3cret\" tabel", 20, 5).ToString().ShouldNotContain("s3cret");

    [Theory]
    [InlineData("", 0, 0)]
    [InlineData("   ", 9, 5)]
    [InlineData("ab", 50, 50)]
    public void Odd_places_do_no_harm(string line, int column, int length) => At(line, column, length).ToString().ShouldContain("^ 'tabel'");
}
