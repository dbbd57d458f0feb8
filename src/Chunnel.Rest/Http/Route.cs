using Chunnel.Core;
using Microsoft.AspNetCore.Http;

namespace Chunnel.Rest;

/// <summary>A place of REST, how it is called and what answers there. Both faces have it unless it says otherwise.</summary>
/// <param name="Path">Below the context path of v2, and below what v1 puts before it: <c>/overview</c>. On v2 alone an id may stand within it, between braces.</param>
/// <param name="Method">How it is called; v1 takes PUT for POST.</param>
/// <param name="Answer">What answers.</param>
internal sealed record Route(string Path, string Method, Func<RestCall, CancellationToken, Task<Reply>> Answer)
{
    /// <summary>Whether v2 has it.</summary>
    public bool OnV2 { get; init; } = true;

    /// <summary>Where v1 has it.</summary>
    public V1Place V1 { get; init; } = V1Place.Maps;

    /// <summary>Another name that callers use: it answers, and is not told to those who look for a name.</summary>
    public bool IsAlias { get; init; }

    /// <summary>Whether it goes on behind an id.</summary>
    public bool HasIdWithin => Path.Contains('{', StringComparison.Ordinal);

    /// <summary>Whether a path is at the route or below it.</summary>
    /// <param name="path">As it was asked for.</param>
    /// <param name="rest">What follows the route in it, or the id within: null for nothing, empty for a lone slash.</param>
    public bool LeadsTo(string path, out string? rest)
    {
        rest = null;
        if (HasIdWithin)
        {
            var before = Path.AsSpan(0, Path.IndexOf('{', StringComparison.Ordinal));
            var after = Path.AsSpan(Path.IndexOf('}', StringComparison.Ordinal) + 1);
            if (path.Length <= before.Length + after.Length || !path.AsSpan().StartsWith(before, StringComparison.Ordinal) || !path.AsSpan().EndsWith(after, StringComparison.Ordinal)) return false;
            rest = path[before.Length..^after.Length];
            return !rest.Contains('/', StringComparison.Ordinal);
        }
        if (!path.StartsWith(Path, StringComparison.Ordinal)) return false;
        if (path.Length == Path.Length) return true;
        rest = path[(Path.Length + 1)..];
        return Path.Length > 1 && path[Path.Length] == '/';
    }

    /// <summary>Whether the method calls it: HEAD is a GET whose body nobody sends.</summary>
    public bool Takes(string method) => HttpMethods.Equals(method, Method) || (HttpMethods.IsHead(method) && HttpMethods.IsGet(Method));

    /// <summary>What to say of a place that nothing answers at: the nearest name, or all of them.</summary>
    /// <param name="wanted">What was asked for.</param>
    /// <param name="known">What there is.</param>
    /// <param name="before">Stands before each of them.</param>
    public static string Mend(string wanted, IEnumerable<string> known, string before = "")
    {
        var names = known.Distinct().Order(StringComparer.Ordinal).ToList();
        return Nearest.To(wanted, names) is { } meant ? $"Did you mean '{before}{meant}'?" : $"There are {string.Join(", ", names.Select(name => before + name))}.";
    }
}
