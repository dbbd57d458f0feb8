namespace Chunnel.Bench;

/// <summary>Where a bench finds its programs and leaves its files.</summary>
internal sealed class BenchFolders
{
    /// <param name="results">Where the pages go.</param>
    /// <param name="program">The program to measure.</param>
    /// <param name="isTry">Few rows: their files must not lie among those of a real run.</param>
    public BenchFolders(string? results, string? program, bool isTry)
    {
        var root = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(root, "Chunnel.slnx"))) root = Path.GetDirectoryName(root) ?? throw new DirectoryNotFoundException("The bench runs inside its repository.");
        Root = root;
        Data = Directory.CreateDirectory(isTry ? Path.Combine(root, "artifacts", "bench", "data") : Path.Combine(root, "bench", "data")).FullName;
        Results = Directory.CreateDirectory(results ?? Path.Combine(root, "bench", "results")).FullName;
        Work = Path.Combine(Data, "work");
        Program = program ?? Path.Combine(root, "artifacts", "bench-program", "chunnel");
        if (!File.Exists(Program)) throw new FileNotFoundException("There is no published program. ./build.sh bench makes it.", Program);
    }

    /// <summary>This program, which is also the child that runs the yardsticks.</summary>
    public static string Self => Environment.ProcessPath!;

    public string Root { get; }

    public string Data { get; }

    public string Results { get; }

    /// <summary>The program as <c>./build.sh publish self-contained</c> makes it, or the one that was named.</summary>
    public string Program { get; }

    private string Work { get; }

    /// <summary>A folder with nothing in it; on the same file system as the data.</summary>
    /// <param name="user">Whose it is: what others have is left alone.</param>
    public string Fresh(string user = "run")
    {
        var folder = Path.Combine(Work, user);
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        return Directory.CreateDirectory(folder).FullName;
    }
}
