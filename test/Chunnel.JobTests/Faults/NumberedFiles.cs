using System.Globalization;

namespace Chunnel.JobTests;

/// <summary>Files of numbered rows, a job that copies them, and a look at the copy from outside: every number once.</summary>
internal sealed class NumberedFiles(int count, int rowsPerFile) : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("chunnel-fault-").FullName;

    public int Rows => count * rowsPerFile;

    public string Job(string env) => $$"""
        env { {{env}} }
        source { LocalFile { path = "{{Path.Combine(Folder, "in")}}", file_format_type = "csv", schema { fields { id = bigint, name = string } } } }
        sink { LocalFile { path = "{{Path.Combine(Folder, "out")}}", tmp_path = "{{Path.Combine(Folder, "tmp")}}", file_format_type = "csv", batch_size = 700 } }
        """;

    public async Task WriteAsync()
    {
        Directory.CreateDirectory(Path.Combine(Folder, "in"));
        for (var file = 0; file < count; file++)
        {
            var rows = Enumerable.Range(file * rowsPerFile, rowsPerFile).Select(id => string.Create(CultureInfo.InvariantCulture, $"{id},name {id}"));
            await File.WriteAllLinesAsync(Path.Combine(Folder, "in", $"part{file}.csv"), rows, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Numbers that the target shows, with how often.</summary>
    public IReadOnlyDictionary<long, int> Seen()
    {
        var seen = new Dictionary<long, int>();
        var folder = Path.Combine(Folder, "out");
        if (!Directory.Exists(folder)) return seen;
        foreach (var line in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).SelectMany(File.ReadLines))
        {
            var comma = line.IndexOf(',', StringComparison.Ordinal);
            var id = long.Parse(line.AsSpan(0, comma), CultureInfo.InvariantCulture);
            line[(comma + 1)..].ShouldBe($"name {id}");
            seen[id] = seen.GetValueOrDefault(id) + 1;
        }
        return seen;
    }

    /// <summary>Exactly the rows of the source.</summary>
    public void Check()
    {
        var seen = Seen();
        Enumerable.Range(0, Rows).Where(id => !seen.ContainsKey(id)).Take(5).ToList().ShouldBeEmpty($"lost; {seen.Count} of {Rows} are there");
        seen.Where(pair => pair.Value > 1).Select(pair => pair.Key).Order().Take(5).ToList().ShouldBeEmpty("doubled");
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
