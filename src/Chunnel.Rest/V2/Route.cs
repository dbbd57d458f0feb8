namespace Chunnel.Rest;

/// <summary>A place below the context path, how it is called and what answers there.</summary>
internal sealed record Route(string Path, string Method, Func<RestCall, CancellationToken, Task<Reply>> Answer)
{
    /// <summary>A route takes its own path and all below it.</summary>
    /// <param name="path">What was asked for.</param>
    /// <param name="rest">What follows the route and its slash; null for nothing.</param>
    public bool Takes(string path, out string? rest)
    {
        rest = path.Length > Path.Length ? path[(Path.Length + 1)..] : null;
        return path.StartsWith(Path, StringComparison.Ordinal) && (path.Length == Path.Length || path[Path.Length] == '/');
    }
}
