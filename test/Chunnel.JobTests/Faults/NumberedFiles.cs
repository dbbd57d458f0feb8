namespace Chunnel.JobTests;

/// <summary>Files of numbered rows, a job that copies them, and a look at the copy from outside: every number once.</summary>
internal sealed class NumberedFiles(int count, int rowsPerFile) : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("chunnel-fault-").FullName;

    public int Rows => count * rowsPerFile;

    private FileEnd In => new(Path.Combine(Folder, "in"), count);

    private FileEnd Out => new(Path.Combine(Folder, "out"));

    public string Job(string env) => $$"""
        env { {{env}} }
        {{In.Block(parallelism: 1)}}
        {{((INumberedTarget)Out).Block}}
        """;

    public Task WriteAsync() => In.FillAsync(Rows);

    /// <summary>Numbers that the target shows, with how often.</summary>
    public IReadOnlyDictionary<long, int> Seen() => Out.Seen();

    /// <summary>Exactly the rows of the source, and no file that is none of them.</summary>
    public async Task CheckAsync()
    {
        NumberedRows.MustBeAll(Seen(), Rows);
        (await Out.LeftBehindAsync()).ShouldBeEmpty();
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
