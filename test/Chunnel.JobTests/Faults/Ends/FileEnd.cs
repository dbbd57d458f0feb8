namespace Chunnel.JobTests;

/// <summary>Numbered rows in CSV files: a folder of them to read, or the one that a job writes.</summary>
/// <param name="folder">Where they are.</param>
/// <param name="files">How many there are to read.</param>
/// <param name="seen">Where a place of the job's is for us, if it is not the same.</param>
internal sealed class FileEnd(string folder, int files = 3, Func<string, string>? seen = null) : INumberedSource, INumberedTarget
{
    private readonly string _folder = Path.Combine(folder, "rows");
    private readonly string _aside = Path.Combine(folder, "tmp");

    string INumberedTarget.Block => $$"""
        sink { LocalFile { path = "{{_folder}}", tmp_path = "{{_aside}}", file_format_type = "csv", batch_size = 700 } }
        """;

    public string Block(int parallelism) => $$"""
        source { LocalFile { path = "{{_folder}}", file_format_type = "csv", schema { fields { id = bigint, name = string } } } }
        """;

    public async Task FillAsync(int rows)
    {
        Directory.CreateDirectory(_folder);
        for (var file = 0; file < files; file++)
        {
            var (from, to) = ((int)((long)rows * file / files), (int)((long)rows * (file + 1) / files));
            await File.WriteAllLinesAsync(Path.Combine(_folder, $"part{file}.csv"), Enumerable.Range(from, to - from).Select(id => NumberedRows.LineOf(id)), TestContext.Current.CancellationToken);
        }
    }

    public Task EmptyAsync()
    {
        if (Directory.Exists(_folder)) Directory.Delete(_folder, recursive: true);
        return Task.CompletedTask;
    }

    public IReadOnlyDictionary<long, int> Seen() => NumberedRows.Count(FilesIn(_folder).SelectMany(File.ReadLines));

    public Task<IReadOnlyDictionary<long, int>> SeenAsync() => Task.FromResult(Seen());

    public Task<IReadOnlyList<string>> LeftBehindAsync() => Task.FromResult<IReadOnlyList<string>>([.. FilesIn(_aside), .. FilesIn(_folder).Where(file => Path.GetFileName(file)[0] == '.')]);

    /// <summary>The transactions whose files do not stand at their places yet, whether they are prepared or still written.</summary>
    public IReadOnlyList<string> Undecided() => [.. FilesIn(_aside).Select(file => Path.GetFileName(Path.GetDirectoryName(Path.GetDirectoryName(file)))!).Distinct()];

    /// <summary>The files that a transaction has placed.</summary>
    public IEnumerable<string> PlacedBy(string transaction) => FilesIn(_folder).Where(file => Path.GetFileName(file).StartsWith($"{transaction}_", StringComparison.Ordinal));

    private IEnumerable<string> FilesIn(string place) => (seen?.Invoke(place) ?? place) is var here && Directory.Exists(here) ? Directory.EnumerateFiles(here, "*", SearchOption.AllDirectories) : [];
}
