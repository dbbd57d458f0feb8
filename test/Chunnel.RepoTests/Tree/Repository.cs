namespace Chunnel.RepoTests.Tree;

/// <summary>The repository as it lies on the disk around this test program.</summary>
internal static class Repository
{
    /// <summary>What is made, not written: never looked at.</summary>
    private static readonly HashSet<string> s_made =
        [".git", "artifacts", "obj", "samples/data", "samples/out", "bench/data", "logs", "TestResults", "BenchmarkDotNet.Artifacts", ".vs", ".idea"];

    /// <summary>The folder that holds Chunnel.slnx.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Every written file, by its path from the root, with forward slashes.</summary>
    public static IReadOnlyList<string> Files { get; } = [.. FilesUnder("").Order(StringComparer.Ordinal)];

    /// <summary>Every project, wherever it lies.</summary>
    public static IReadOnlyList<Project> Projects { get; } =
        [.. Files.Where(file => file.EndsWith(".csproj", StringComparison.Ordinal)).Select(Project.Read)];

    public static IEnumerable<Project> ProjectsUnder(string folder) =>
        Projects.Where(project => project.Path.StartsWith(folder + "/", StringComparison.Ordinal));

    public static string FullPath(string path) => Path.Combine(Root, path);

    public static string Text(string path) => File.ReadAllText(FullPath(path));

    private static IEnumerable<string> FilesUnder(string folder)
    {
        var full = FullPath(folder);
        foreach (var file in Directory.EnumerateFiles(full))
        {
            yield return Join(folder, Path.GetFileName(file));
        }
        foreach (var inner in Directory.EnumerateDirectories(full))
        {
            var path = Join(folder, Path.GetFileName(inner));
            if (s_made.Contains(path) || s_made.Contains(Path.GetFileName(inner)))
            {
                continue;
            }
            foreach (var file in FilesUnder(path))
            {
                yield return file;
            }
        }
    }

    private static string Join(string folder, string name) => folder.Length == 0 ? name : folder + "/" + name;

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Chunnel.slnx")))
            {
                return folder.FullName;
            }
        }
        throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} holds Chunnel.slnx.");
    }
}
