using System.IO.Enumeration;
using System.Text.RegularExpressions;

namespace Chunnel.Rest.Tests;

/// <summary>A row of golden/differences.md: what is answered here where a real server answered otherwise.</summary>
/// <param name="Faces"><c>v1</c>, <c>v2</c> or both.</param>
/// <param name="Cases">Names of exchanges; <c>*</c> stands for anything.</param>
/// <param name="Status">Of the answer here.</param>
/// <param name="Texts">What the answer here must hold.</param>
internal sealed partial record Difference(IReadOnlyList<string> Faces, IReadOnlyList<string> Cases, int Status, IReadOnlyList<string> Texts)
{
    private const int Columns = 5;

    public bool Is(string face, string name) => Faces.Contains(face) && Cases.Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false));

    /// <summary>The rows that say what is answered here.</summary>
    public static IReadOnlyList<Difference> All() => [.. Rows("differences.md", Columns).Select(Read)];

    /// <summary>Cases of routes that are not there yet, by face.</summary>
    public static IReadOnlyList<(string Face, string Cases)> Waiting() =>
        [.. Rows("waiting.md", 3).SelectMany(cells => Marked(cells[0]).SelectMany(face => Marked(cells[1]).Select(cases => (face, cases))))];

    private static Difference Read(string[] cells)
    {
        var here = Marked(cells[3]);
        return new Difference(Marked(cells[0]), Marked(cells[1]), int.Parse(here[0], System.Globalization.CultureInfo.InvariantCulture), here[1..]);
    }

    /// <summary>The cells of a table's rows below its head.</summary>
    private static IEnumerable<string[]> Rows(string file, int columns) =>
        File.ReadLines(Path.Combine(AppContext.BaseDirectory, "golden", file))
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => line.Trim('|', ' ').Split(" | "))
            .Select(cells => cells.Length == columns ? cells : throw new FormatException($"{file}: {string.Join(" | ", cells)} has not {columns} columns"));

    private static List<string> Marked(string cell) => [.. Mark().Matches(cell).Select(match => match.Groups[1].Value)];

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Mark();
}
