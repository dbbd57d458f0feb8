namespace Chunnel.JobTests;

/// <summary>A copy of a case's folder to run in; gone afterwards.</summary>
public sealed class Workplace : IDisposable
{
    /// <summary>An empty one.</summary>
    public Workplace() => Folder = Directory.CreateTempSubdirectory("chunnel-case-").FullName;

    public Workplace(string original)
        : this()
    {
        foreach (var file in Directory.EnumerateFiles(original, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(Folder, Path.GetRelativePath(original, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    public string Folder { get; }

    /// <summary>Files that a pattern with <c>*</c> and <c>**</c> names, in order.</summary>
    public IReadOnlyList<string> Glob(string pattern)
    {
        var parts = pattern.Split('/');
        return [.. Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories)
            .Where(file => Matches(Path.GetRelativePath(Folder, file).Split(Path.DirectorySeparatorChar), parts))
            .Order(StringComparer.Ordinal)];
    }

    /// <summary>True when nothing by that name or pattern is there, or only empty folders.</summary>
    public bool IsAbsent(string pattern) => !pattern.Contains('*', StringComparison.Ordinal)
        ? !File.Exists(Path.Combine(Folder, pattern)) && !Glob(pattern + "/**/*").Any()
        : Glob(pattern).Count == 0;

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private static bool Matches(ReadOnlySpan<string> path, ReadOnlySpan<string> pattern)
    {
        if (pattern.IsEmpty) return path.IsEmpty;
        if (pattern[0] == "**")
        {
            for (var skip = 0; skip <= path.Length; skip++)
            {
                if (Matches(path[skip..], pattern[1..])) return true;
            }
            return false;
        }
        return !path.IsEmpty && System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(pattern[0], path[0], ignoreCase: false) && Matches(path[1..], pattern[1..]);
    }
}
