using Chunnel.Core;
using Microsoft.AspNetCore.Http;

namespace Chunnel.Rest;

/// <summary>A place of REST, how it is called and what answers there. Both faces have it unless it says otherwise.</summary>
/// <param name="Path">Below the context path of v2, and below what v1 puts before it: <c>/overview</c>.</param>
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
