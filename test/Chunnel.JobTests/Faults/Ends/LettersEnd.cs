using System.Text.Json;

namespace Chunnel.JobTests;

/// <summary>
/// A target that a part of the rows never reaches: each that a number divides is refused on its way, by a transform or by the target itself, and set aside in files.
/// What anybody sees are the rows of both places; one that stands in the wrong place breaks the test.
/// </summary>
/// <param name="target">Where the others go.</param>
/// <param name="folder">Where dead letters go.</param>
/// <param name="transform">The transform that refuses; empty where the target does.</param>
/// <param name="refused">The number.</param>
internal sealed class LettersEnd(INumberedTarget target, string folder, string transform = LettersEnd.Dividing, int refused = 7) : INumberedTarget
{
    /// <summary>Refuses the row that it cannot divide by.</summary>
    public const string Dividing = """transform { Sql { query = "select id, name from rows where 100 / (id % 7) > -1000" } }""";

    private readonly string _rows = Path.Combine(folder, "letters");
    private readonly string _aside = Path.Combine(folder, "letters-tmp");

    public string Env => $$""", dead_letter { max_percent = 20, sink { LocalFile { path = "{{_rows}}", tmp_path = "{{_aside}}", file_format_type = json } } }""";

    public string Block => $"{transform}\n{target.Block}";

    public int Refused(int rows) => (rows + refused - 1) / refused;

    public async Task EmptyAsync()
    {
        await target.EmptyAsync();
        if (Directory.Exists(_rows)) Directory.Delete(_rows, recursive: true);
    }

    public async Task<IReadOnlyDictionary<long, int>> SeenAsync()
    {
        var seen = new Dictionary<long, int>(await target.SeenAsync());
        seen.Keys.ShouldAllBe(id => id % refused != 0);
        foreach (var (id, times) in NumberedRows.Count(Letters()))
        {
            (id % refused).ShouldBe(0);
            seen[id] = times;
        }
        return seen;
    }

    public async Task<IReadOnlyList<string>> LeftBehindAsync() => [.. await target.LeftBehindAsync(), .. FilesIn(_aside), .. FilesIn(_rows).Where(file => Path.GetFileName(file)[0] == '.')];

    /// <summary>The refused rows as lines.</summary>
    private IEnumerable<string> Letters()
    {
        foreach (var line in FilesIn(_rows).SelectMany(File.ReadLines))
        {
            using var letter = JsonDocument.Parse(line);
            using var row = JsonDocument.Parse(letter.RootElement.GetProperty("row_data").GetString()!);
            yield return $"{row.RootElement.GetProperty("id").GetInt64()},{row.RootElement.GetProperty("name").GetString()}";
        }
    }

    private static IEnumerable<string> FilesIn(string place) => Directory.Exists(place) ? Directory.EnumerateFiles(place, "*", SearchOption.AllDirectories) : [];
}
