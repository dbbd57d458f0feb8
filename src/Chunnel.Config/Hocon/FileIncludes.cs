namespace Chunnel.Config.Hocon;

/// <summary>Reads includes from the file system.</summary>
public static class FileIncludes
{
    /// <summary>Relative names stand beside the including file, class path names below <paramref name="home"/>.</summary>
    public static IncludeReader From(string home) => request =>
    {
        var folder = request.Kind switch
        {
            IncludeKind.Classpath => home,
            IncludeKind.File => Directory.GetCurrentDirectory(),
            _ => Path.GetDirectoryName(Path.GetFullPath(request.FromFile)) ?? home,
        };
        var path = Path.GetFullPath(Path.Combine(folder, request.Name));
        return File.Exists(path) ? new IncludedText(path, File.ReadAllText(path)) : null;
    };
}
