using System.Text.RegularExpressions;
using Chunnel.RepoTests.Tree;

namespace Chunnel.RepoTests.Pages;

public partial class LinkTests
{
    private static IEnumerable<string> Pages =>
        Repository.Files.Where(file => file.EndsWith(".md", StringComparison.Ordinal) && !file.StartsWith("test/", StringComparison.Ordinal));

    [Fact]
    public void A_link_leads_somewhere() =>
        (from page in Pages
         from Match match in Link().Matches(Repository.Text(page))
         let target = match.Groups[1].Value.Split('#')[0]
         where target.Length > 0 && !target.Contains("://", StringComparison.Ordinal) && !target.StartsWith("mailto:", StringComparison.Ordinal)
         where !Exists(Path.Combine(Path.GetDirectoryName(page)!, target))
         select $"{page} -> {target}")
        .ShouldBeNone("mend the link");

    /// <summary>The walk through the house is of use only while its paths are true.</summary>
    [Fact]
    public void A_path_that_a_page_names_is_there() =>
        (from page in (string[])["ARCHITECTURE.md", "CONTRIBUTING.md", "README.md"]
         from Match match in NamedPath().Matches(Repository.Text(page))
         let path = match.Groups[1].Value
         where !path.Contains('<', StringComparison.Ordinal) && !path.Contains('*', StringComparison.Ordinal) && !IsMade(path)
         where !Exists(path)
         select $"{page} names {path}")
        .ShouldBeNone("mend the path");

    private static bool IsMade(string path) =>
        path.StartsWith("samples/out", StringComparison.Ordinal) || path.StartsWith("samples/data", StringComparison.Ordinal);

    private static bool Exists(string path) =>
        File.Exists(Repository.FullPath(path)) || Directory.Exists(Repository.FullPath(path));

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"`((?:src|test|docs|eng|samples|bench|bin)/[^`\s]+)`")]
    private static partial Regex NamedPath();
}
