using System.Text;

namespace Chunnel.Connectors.Files.Tests;

/// <summary>A folder of a test's own, gone with it.</summary>
internal sealed class TempFolder : IDisposable
{
    public string Root { get; } = Directory.CreateTempSubdirectory("chunnel-files-").FullName;

    public string this[string within] => FilePaths.Join(Root, within);

    public void Write(string within, string text) => Write(within, Encoding.UTF8.GetBytes(text));

    public void Write(string within, byte[] bytes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(this[within])!);
        File.WriteAllBytes(this[within], bytes);
    }

    public string Read(string within) => File.ReadAllText(this[within]);

    /// <summary>The files below a folder, by their paths within it, sorted.</summary>
    public IReadOnlyList<string> Files(string within = "")
    {
        if (!Directory.Exists(this[within])) return [];
        return [.. Directory.EnumerateFiles(this[within], "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(this[within], path)).Order(StringComparer.Ordinal)];
    }

    /// <summary>The text of all files below a folder, in the order of their paths, a line each.</summary>
    public IReadOnlyList<string> Lines(string within) => [.. Files(within).SelectMany(file => File.ReadAllLines(this[FilePaths.Join(within, file)]))];

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
