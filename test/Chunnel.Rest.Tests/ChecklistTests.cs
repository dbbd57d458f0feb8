using System.Globalization;
using System.Text.RegularExpressions;

namespace Chunnel.Rest.Tests;

/// <summary>checklist.md stays whole: every item of the specification is proven by a test that names it, or it is said why it is not.</summary>
public sealed partial class ChecklistTests
{
    private const int Items = 148;

    [Fact]
    public void Every_item_has_a_test_that_names_it_or_a_reason()
    {
        var rows = Rows();
        rows.Select(row => row.Item).ShouldBe(Enumerable.Range(1, Items));
        var files = Directory.EnumerateFiles(Path.Combine(RepositoryFolder.Path, "test"), "*Tests.cs", SearchOption.AllDirectories)
            // What stands in this file are examples.
            .Where(file => Path.GetFileNameWithoutExtension(file) != nameof(ChecklistTests))
            .ToLookup(file => Path.GetFileNameWithoutExtension(file));
        var wrong = new List<string>();
        foreach (var (item, tests, remark) in rows)
        {
            if (tests.Count == 0 && remark.Length == 0) wrong.Add($"{item}: neither a test nor a reason");
            wrong.AddRange(tests.Where(test => !files[test].Any(file => Cited(File.ReadAllText(file)).Contains(item))).Select(test => $"{item}: no {test}.cs names it"));
        }
        wrong.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("rest-api.md 38, 49 to 51, 69.", new[] { 38, 49, 50, 51, 69 })]
    [InlineData("rest-api.md 26, 145 and 27: v1", new[] { 26, 145, 27 })]
    [InlineData("rest-api.md 57, 10.1: a section is no item", new[] { 57 })]
    [InlineData("(spec rest-api.md 5.7, 7)", new int[0])]
    public void Items_are_read_as_tests_write_them(string text, int[] items) => Cited(text).ShouldBe(items);

    private static IReadOnlyList<(int Item, IReadOnlyList<string> Tests, string Remark)> Rows() =>
    [
        .. File.ReadLines(Path.Combine(RepositoryFolder.Path, "test", "Chunnel.Rest.Tests", "checklist.md"))
            .Select(line => Row().Match(line))
            .Where(match => match.Success)
            .Select(match => (
                int.Parse(match.Groups["item"].Value, CultureInfo.InvariantCulture),
                (IReadOnlyList<string>)[.. Name().Matches(match.Groups["tests"].Value).Select(name => name.Groups[1].Value)],
                match.Groups["remark"].Value.Trim())),
    ];

    /// <summary>The items that a text names after <c>rest-api.md</c>: numbers, lists and ranges; sections have a point, or <c>spec</c> before them.</summary>
    private static IReadOnlyList<int> Cited(string text)
    {
        var items = new List<int>();
        foreach (Match citation in Citation().Matches(text))
        {
            int? before = null;
            foreach (Match part in Part().Matches(citation.Groups["items"].Value))
            {
                if (part.Groups["number"].Value.Contains('.', StringComparison.Ordinal)) continue;
                var number = int.Parse(part.Groups["number"].Value, CultureInfo.InvariantCulture);
                if (part.Groups["to"].Success && before is { } first) items.AddRange(Enumerable.Range(first + 1, number - first));
                else items.Add(number);
                before = number;
            }
        }
        return items;
    }

    [GeneratedRegex(@"^\| (?<item>\d+) \|(?<tests>[^|]*)\|(?<remark>[^|]*)\|$")]
    private static partial Regex Row();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Name();

    [GeneratedRegex(@"(?<!spec )rest-api\.md (?<items>\d+(?:\.\d+)?(?:(?:, | to | and )\d+(?:\.\d+)?)*)")]
    private static partial Regex Citation();

    [GeneratedRegex(@"(?<to> to )?(?<number>\d+(?:\.\d+)?)")]
    private static partial Regex Part();
}
