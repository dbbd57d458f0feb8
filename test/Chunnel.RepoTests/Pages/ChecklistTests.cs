using System.Globalization;
using System.Text.RegularExpressions;
using Chunnel.RepoTests.Tree;

namespace Chunnel.RepoTests.Pages;

/// <summary>The checklists stay whole: every item of a specification is proven by a test that names it, or it is said why it is not.</summary>
public sealed partial class ChecklistTests
{
    /// <summary>The specification, the table, and its items.</summary>
    public static TheoryData<string, string, int[]> Lists => new()
    {
        { "rest-api.md", "test/Chunnel.Rest.Tests/checklist.md", [.. Range(1, 148)] },
        { "engine.md", "test/Chunnel.Engine.Tests/checklist.md", [.. Range(81, 124), .. Range(143, 148), .. Range(150, 157)] },
        { "transforms.md", "test/Chunnel.Transforms.Tests/checklist.md", [.. Range(1, 170)] },
    };

    [Theory]
    [MemberData(nameof(Lists))]
    public void Every_item_has_a_test_that_names_it_or_a_reason(string specification, string table, int[] items)
    {
        var rows = Rows(table);
        rows.Select(row => row.Item).ShouldBe(items);
        var files = Repository.Files
            // What stands in this file are examples.
            .Where(file => file.StartsWith("test/", StringComparison.Ordinal) && file.EndsWith("Tests.cs", StringComparison.Ordinal) && !file.EndsWith($"/{nameof(ChecklistTests)}.cs", StringComparison.Ordinal))
            .ToLookup(file => Path.GetFileNameWithoutExtension(file));
        var wrong = new List<string>();
        foreach (var (item, tests, remark) in rows)
        {
            if (tests.Count == 0 && remark.Length == 0) wrong.Add($"{item}: neither a test nor a reason");
            wrong.AddRange(tests.Where(test => !files[test].Any(file => Cited(specification, Repository.Text(file)).Contains(item))).Select(test => $"{item}: no {test}.cs names it"));
        }
        wrong.ShouldBeNone($"Name the item in the test that proves it ({specification} and its number), or say in {table} why there is none.");
    }

    [Theory]
    [InlineData("rest-api.md 38, 49 to 51, 69.", new[] { 38, 49, 50, 51, 69 })]
    [InlineData("rest-api.md 26, 145 and 27: v1", new[] { 26, 145, 27 })]
    [InlineData("rest-api.md 57, 10.1: a section is no item", new[] { 57 })]
    [InlineData("(spec rest-api.md 5.7, 7)", new int[0])]
    public void Items_are_read_as_tests_write_them(string text, int[] items) => Cited("rest-api.md", text).ShouldBe(items);

    private static IEnumerable<int> Range(int first, int last) => Enumerable.Range(first, last - first + 1);

    private static IReadOnlyList<(int Item, IReadOnlyList<string> Tests, string Remark)> Rows(string table) =>
    [
        .. Repository.Text(table).Split('\n')
            .Select(line => Row().Match(line))
            .Where(match => match.Success)
            .Select(match => (
                int.Parse(match.Groups["item"].Value, CultureInfo.InvariantCulture),
                (IReadOnlyList<string>)[.. Name().Matches(match.Groups["tests"].Value).Select(name => name.Groups[1].Value)],
                match.Groups["remark"].Value.Trim())),
    ];

    /// <summary>The items that a text names after the specification's name: numbers, lists and ranges; sections have a point, or <c>spec</c> before them.</summary>
    private static IReadOnlyList<int> Cited(string specification, string text)
    {
        var items = new List<int>();
        foreach (Match citation in Citation().Matches(text))
        {
            if (citation.Groups["specification"].Value != specification) continue;
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

    [GeneratedRegex(@"(?<!spec )(?<specification>[a-z-]+\.md) (?<items>\d+(?:\.\d+)?(?:(?:, | to | and )\d+(?:\.\d+)?)*)")]
    private static partial Regex Citation();

    [GeneratedRegex(@"(?<to> to )?(?<number>\d+(?:\.\d+)?)")]
    private static partial Regex Part();
}
