using System.Text.RegularExpressions;
using Chunnel.RepoTests.Tree;

namespace Chunnel.RepoTests.Pages;

public partial class DecisionTests
{
    private static IEnumerable<string> Pages =>
        Repository.Files.Where(file => file.StartsWith("docs/adr/", StringComparison.Ordinal) && file != "docs/adr/README.md");

    [Fact]
    public void A_decision_is_called_number_title_md() =>
        Pages.Where(file => !PageName().IsMatch(file)).ShouldBeNone("docs/adr/NNNN-title-with-dashes.md");

    [Fact]
    public void A_number_is_given_once() =>
        Pages.GroupBy(file => Path.GetFileName(file).Split('-')[0]).Where(same => same.Count() > 1)
            .Select(same => string.Join(" and ", same))
            .ShouldBeNone("take the next free number");

    [Fact]
    public void Every_decision_is_listed() =>
        Pages.Where(file => !Repository.Text("docs/adr/README.md").Contains($"({Path.GetFileName(file)})", StringComparison.Ordinal))
            .ShouldBeNone("add its line to docs/adr/README.md");

    [Fact]
    public void A_decision_says_why_what_else_and_at_what_price()
    {
        string[] parts = ["Context", "Decision", "What else", "Price"];
        Pages.SelectMany(file => parts
                .Where(part => !Regex.IsMatch(Repository.Text(file), $@"^## {part}\b", RegexOptions.Multiline))
                .Select(part => $"{file} has no part '## {part}'"))
            .ShouldBeNone("see docs/adr/README.md for the parts of a page");
    }

    [GeneratedRegex(@"^docs/adr/\d{4}-[a-z0-9]+(-[a-z0-9]+)*\.md$")]
    private static partial Regex PageName();
}
