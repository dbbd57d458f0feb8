namespace Chunnel.JobTests;

/// <summary>Rows of a table in a Markdown page beside the recorded jobs.</summary>
internal static class GoldenTable
{
    public static IReadOnlyList<IReadOnlyList<string>> Read(string page) =>
        [.. File.ReadLines(Path.Combine(GoldenJob.Root, page))
            .Where(line => line.StartsWith("| ", StringComparison.Ordinal))
            .Skip(1)
            .Select(line => (IReadOnlyList<string>)[.. line.Trim().Trim('|').Split(" | ").Select(cell => cell.Trim())])];
}
