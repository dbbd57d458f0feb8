using System.Globalization;

namespace Chunnel.JobTests;

/// <summary>Rows whose number says what is in them, so that a look at a target shows what was lost, doubled or mixed up.</summary>
internal static class NumberedRows
{
    public static string NameOf(long id) => string.Create(CultureInfo.InvariantCulture, $"name {id}");

    /// <summary>A row as <c>id,name</c>.</summary>
    public static string LineOf(long id) => string.Create(CultureInfo.InvariantCulture, $"{id},{NameOf(id)}");

    /// <summary>How often each number is in the lines. What is no row of ours breaks the test.</summary>
    public static IReadOnlyDictionary<long, int> Count(IEnumerable<string> lines)
    {
        var seen = new Dictionary<long, int>();
        foreach (var line in lines)
        {
            var id = long.Parse(line.AsSpan(0, line.IndexOf(',', StringComparison.Ordinal)), CultureInfo.InvariantCulture);
            line.ShouldBe(LineOf(id));
            seen[id] = seen.GetValueOrDefault(id) + 1;
        }
        return seen;
    }

    /// <summary>Exactly the numbers from 0 up to the count, each once.</summary>
    public static void MustBeAll(IReadOnlyDictionary<long, int> seen, int rows)
    {
        Enumerable.Range(0, rows).Where(id => !seen.ContainsKey(id)).Take(5).ToList().ShouldBeEmpty($"lost; {seen.Count} of {rows} are there");
        seen.Where(pair => pair.Value > 1).Select(pair => pair.Key).Order().Take(5).ToList().ShouldBeEmpty("doubled");
        seen.Count.ShouldBe(rows, "from nowhere");
    }
}
