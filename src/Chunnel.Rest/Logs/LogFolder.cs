namespace Chunnel.Rest;

/// <summary>The log files of this node. Only what lies in the folder itself can be had: a name is looked up, never followed as a path.</summary>
internal sealed class LogFolder(string folder)
{
    private const string LogMark = ".log";

    /// <summary>Whether a path's rest names a file; else it is part of a job id (spec rest-api.md 10.2).</summary>
    public static bool IsFileName(string rest) => rest.Contains(LogMark, StringComparison.Ordinal);

    /// <summary>Whether a text may be part of a file's name: no way leads out of the folder, however it is written.</summary>
    public static bool IsPlain(string rest) => rest.AsSpan().IndexOfAny("/\\:%\0") < 0 && !rest.Contains("..", StringComparison.Ordinal);

    /// <summary>The names that contain a text, in order.</summary>
    public IReadOnlyList<string> Names(string part) =>
        [.. Files().Select(file => file.Name).Where(name => name.Contains(part, StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    /// <summary>A file as it is now, or null where the folder has none of that name. Others go on writing it, and may delete it.</summary>
    public FileStream? Open(string name)
    {
        if (!IsPlain(name) || Files().FirstOrDefault(file => file.Name == name) is not { } found) return null;
        try
        {
            return new FileStream(found.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0, FileOptions.Asynchronous | FileOptions.SequentialScan);
        }
        catch (FileNotFoundException)
        {
            // Its job was forgotten just now.
            return null;
        }
    }

    private IEnumerable<FileInfo> Files()
    {
        var home = new DirectoryInfo(folder);
        return home.Exists ? home.EnumerateFiles().Where(file => file.LinkTarget is null) : [];
    }
}
