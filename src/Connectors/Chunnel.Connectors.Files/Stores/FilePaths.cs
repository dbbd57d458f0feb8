namespace Chunnel.Connectors.Files;

/// <summary>Paths as text with <c>/</c> between their parts, the same for every store.</summary>
public static class FilePaths
{
    /// <summary>Parts joined by one slash each; empty parts are left out.</summary>
    public static string Join(params ReadOnlySpan<string> parts)
    {
        var joined = "";
        foreach (var part in parts)
        {
            if (part.Length == 0) continue;
            joined = joined.Length == 0 ? part : $"{joined.TrimEnd('/')}/{part.TrimStart('/')}";
        }
        return joined;
    }

    public static string FolderOf(string path)
    {
        var slash = path.LastIndexOf('/');
        return slash < 0 ? "." : slash == 0 ? "/" : path[..slash];
    }

    public static string NameOf(string path) => path[(path.LastIndexOf('/') + 1)..];

    /// <summary>The path within a root, without a slash in front; the name alone when the root is the file itself.</summary>
    public static string Within(string root, string path)
    {
        var start = root.TrimEnd('/') + "/";
        return path.StartsWith(start, StringComparison.Ordinal) ? path[start.Length..] : NameOf(path);
    }

    /// <summary>A path as written in a job: <c>file:</c> in front dropped, back slashes of Windows turned, no slash at the end.</summary>
    public static string Clean(string path)
    {
        if (path.StartsWith("file:", StringComparison.OrdinalIgnoreCase)) path = "/" + path["file:".Length..].TrimStart('/');
        if (Path.DirectorySeparatorChar == '\\') path = path.Replace('\\', '/');
        return path.Length > 1 ? path.TrimEnd('/') is { Length: > 0 } trimmed ? trimmed : "/" : path;
    }
}
