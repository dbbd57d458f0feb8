using System.Text.RegularExpressions;
using Chunnel.RepoTests.Tree;

namespace Chunnel.RepoTests.Pages;

public partial class ChangelogTests
{
    private static IEnumerable<string> Entries =>
        Repository.Files.Where(file => file.StartsWith("changelog.d/", StringComparison.Ordinal) && file != "changelog.d/README.md");

    [Fact]
    public void An_entry_is_called_name_kind_md() =>
        Entries.Where(file => !EntryName().IsMatch(file))
            .ShouldBeNone("<name>.<kind>.md with a kind of changelog.d/README.md, lower case with dashes");

    [Fact]
    public void An_entry_says_something_short_without_headings() =>
        Entries.Select(file => (file, text: Repository.Text(file)))
            .Where(each => each.text.Trim().Length < 20 || each.text.Length > 4000 || each.text.Split('\n').Any(line => line.StartsWith('#')))
            .Select(each => each.file)
            .ShouldBeNone("one to a few sentences for the person who uses Chunnel, no headings");

    [Fact]
    public void The_kinds_are_those_that_the_page_explains()
    {
        var explained = Regex.Matches(Repository.Text("changelog.d/README.md"), @"^\| `(\w+)` \|", RegexOptions.Multiline).Select(match => match.Groups[1].Value);
        explained.Order().ShouldBe(["breaking", "docs", "enhancement", "feature", "fix", "security"]);
    }

    [GeneratedRegex(@"^changelog\.d/[a-z0-9]+(-[a-z0-9]+)*\.(breaking|feature|enhancement|fix|security|docs)\.md$")]
    private static partial Regex EntryName();
}
