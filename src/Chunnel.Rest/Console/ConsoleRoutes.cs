using System.Collections.Immutable;
using Chunnel.Core;
using Microsoft.AspNetCore.Http;

namespace Chunnel.Rest;

/// <summary>What SeaTunnel's own page asks for besides the documented routes.</summary>
internal sealed class ConsoleRoutes(RestParts parts)
{
    private static readonly string[] _kinds = ["source", "sink", "transform"];

    public static IEnumerable<Route> Of(RestParts parts)
    {
        var console = new ConsoleRoutes(parts);
        return
        [
            new Route("/resource/workers", HttpMethods.Get, console.Workers) { V1 = V1Place.None },
            new Route("/option-rules", HttpMethods.Get, console.OptionRules) { V1 = V1Place.None },
            new Route("/http-service/status", HttpMethods.Get, console.HttpStatus) { V1 = V1Place.None },
        ];
    }

    private Task<Reply> Workers(RestCall call, CancellationToken stop)
    {
        var cluster = parts.Questions.Workers(ImmutableDictionary<string, string>.Empty);
        return Task.FromResult<Reply>(BytesReply.Ok(json =>
        {
            json.WriteStartObject();
            json.WriteBoolean(WireNames.Available, true);
            json.WriteNumber(WireNames.CollectedAt, parts.Clock.GetUtcNow().ToUnixTimeMilliseconds());
            json.WriteStartArray(WireNames.Workers);
            foreach (var worker in cluster.Workers) WorkerWriter.Write(json, worker, withUsed: true);
            json.WriteEndArray();
            json.WriteEndObject();
        }));
    }

    private Task<Reply> HttpStatus(RestCall call, CancellationToken stop) =>
        Task.FromResult<Reply>(BytesReply.Ok(json => HttpStatusWriter.Write(json, parts.Http, parts.Ports)));

    private Task<Reply> OptionRules(RestCall call, CancellationToken stop)
    {
        var plugin = parts.Questions.Plugin(KindOf(Wanted(call, "type")), Wanted(call, "plugin"));
        return Task.FromResult<Reply>(BytesReply.Ok(json => OptionRulesWriter.Write(json, plugin)));
    }

    private static string Wanted(RestCall call, string name) => call.Query[name]?.Trim() is { Length: > 0 } value ? value : throw RestRefusal.BadRequest($"Parameter '{name}' cannot be empty.");

    private static PluginKind KindOf(string type) => Array.FindIndex(_kinds, kind => kind.Equals(type, StringComparison.OrdinalIgnoreCase)) switch
    {
        0 => PluginKind.Source,
        1 => PluginKind.Sink,
        2 => PluginKind.Transform,
        _ => throw RestRefusal.BadRequest($"Unsupported plugin type '{type}'. Only 'source', 'sink' and 'transform' are supported."),
    };
}
