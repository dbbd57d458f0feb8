using Chunnel.Core;
using Chunnel.Engine;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Chunnel.Rest;

/// <summary>How much a node's loggers say, looked at and changed as of a Hazelcast member (spec rest-api.md 13).</summary>
internal sealed class V1LogLevelRoutes(RestParts parts)
{
    private const string Place = "/hazelcast/rest/log-level";
    private const int Parameters = 4;

    /// <summary>The words of log4j, and those of Java's own loggers which Hazelcast takes.</summary>
    private static readonly Dictionary<string, LogLevel> _levels = new(StringComparer.OrdinalIgnoreCase)
    {
        ["ALL"] = LogLevel.Trace, ["TRACE"] = LogLevel.Trace, ["DEBUG"] = LogLevel.Debug, ["INFO"] = LogLevel.Information, ["WARN"] = LogLevel.Warning, ["ERROR"] = LogLevel.Error,
        ["FATAL"] = LogLevel.Critical, ["OFF"] = LogLevel.None,
        ["FINEST"] = LogLevel.Trace, ["FINER"] = LogLevel.Trace, ["FINE"] = LogLevel.Debug, ["WARNING"] = LogLevel.Warning, ["SEVERE"] = LogLevel.Error,
    };

    public static IEnumerable<V1Entry> Of(RestParts parts)
    {
        var levels = new V1LogLevelRoutes(parts);
        return
        [
            new V1Entry(Place, EndpointGroups.ClusterRead, new Route(Place, HttpMethods.Get, levels.Look)),
            new V1Entry(Place, EndpointGroups.ClusterWrite, new Route(Place, HttpMethods.Post, levels.ChangeAsync)),
            new V1Entry($"{Place}/reset", EndpointGroups.ClusterWrite, new Route($"{Place}/reset", HttpMethods.Post, levels.ResetAsync)),
        ];
    }

    private Task<Reply> Look(RestCall call, CancellationToken stop) => Task.FromResult<Reply>(BytesReply.Ok(json =>
    {
        json.WriteStartObject();
        foreach (var (name, level) in parts.Levels.All) json.WriteString(name, NameOf(level));
        json.WriteEndObject();
    }));

    private async Task<Reply> ChangeAsync(RestCall call, CancellationToken stop)
    {
        var given = await ReadAsync(call, stop);
        var (name, word) = (given[2], given[3]);
        if (!LogLevels.Names.Contains(name)) throw RestRefusal.BadRequest($"There is no logger '{name}'. {Nearest.DidYouMean(name, LogLevels.Names) ?? $"There are {string.Join(", ", LogLevels.Names)}."}");
        if (!_levels.TryGetValue(word, out var level)) throw RestRefusal.BadRequest($"'{word}' is no log level. There are OFF, ERROR, WARN, INFO, DEBUG, TRACE.");
        parts.Levels.Set(name, level);
        parts.Log.LevelChanged(name, NameOf(level));
        return BytesReply.Ok(json =>
        {
            json.WriteStartObject();
            json.WriteString(WireNames.Status, "SUCCESS");
            json.WriteEndObject();
        });
    }

    /// <summary>SeaTunnel has the place, and nothing behind it.</summary>
    private async Task<Reply> ResetAsync(RestCall call, CancellationToken stop)
    {
        await ReadAsync(call, stop);
        return BytesReply.Fail(call.Style, StatusCodes.Status500InternalServerError, "Reset logger level endpoint disabled!");
    }

    /// <summary>The cluster's name, a password, a logger and a level. A cluster has no password here: any will do.</summary>
    private async Task<IReadOnlyList<string>> ReadAsync(RestCall call, CancellationToken stop)
    {
        var given = (await call.ReadTextAsync(stop)).Trim().Split('&').Select(Uri.UnescapeDataString).ToList();
        if (given.Count < Parameters) throw RestRefusal.BadRequest($"This endpoint expects at least {Parameters} parameters", "Send CLUSTER&PASSWORD&LOGGER&LEVEL.");
        if (given[0] != parts.Node.Cluster) throw new RestRefusal(StatusCodes.Status403Forbidden, $"This is not cluster '{given[0]}'. Send CLUSTER&PASSWORD&LOGGER&LEVEL with the name of this node's cluster.");
        return given;
    }

    private static string NameOf(LogLevel level) => level switch
    {
        LogLevel.Trace => "TRACE",
        LogLevel.Debug => "DEBUG",
        LogLevel.Information => "INFO",
        LogLevel.Warning => "WARN",
        LogLevel.Error => "ERROR",
        LogLevel.Critical => "FATAL",
        _ => "OFF",
    };
}
