using System.Globalization;
using System.Text.Json;
using Chunnel.Control;
using Chunnel.Engine;
using Microsoft.AspNetCore.Http;

namespace Chunnel.Rest;

/// <summary>The routes that tell what running jobs have done with their time in the last minutes. Of later servers; v1 never had them.</summary>
internal sealed class RealtimeRoutes(RestParts parts)
{
    private const string Jobs = "/metrics/realtime/jobs";

    private static readonly TimeSpan _usualWindow = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan _mostWindow = TimeSpan.FromMinutes(10);

    public static IEnumerable<Route> Of(RestParts parts)
    {
        var realtime = new RealtimeRoutes(parts);
        return
        [
            new Route(Jobs, HttpMethods.Get, realtime.List) { V1 = V1Place.None },
            new Route($"{Jobs}/{{jobId}}/vertices", HttpMethods.Get, (call, _) => realtime.Tell(call, RealtimeWriter.WriteVertices)) { V1 = V1Place.None },
            new Route($"{Jobs}/{{jobId}}/edges", HttpMethods.Get, (call, _) => realtime.Tell(call, RealtimeWriter.WriteEdges)) { V1 = V1Place.None },
        ];
    }

    private Task<Reply> List(RestCall call, CancellationToken stop)
    {
        if (!string.IsNullOrEmpty(call.Rest)) throw new RestRefusal(StatusCodes.Status404NotFound, $"Nothing answers at '{call.Path}'. Of a job there are {Jobs}/{{jobId}}/vertices and {Jobs}/{{jobId}}/edges.");
        var jobs = Kept().Jobs;
        return Task.FromResult<Reply>(BytesReply.Ok(json => RealtimeWriter.WriteJobs(json, jobs)));
    }

    private Task<Reply> Tell(RestCall call, Action<Utf8JsonWriter, RealtimeView> write)
    {
        var id = WireTypes.ParseId(call.ReadJobId());
        var window = WindowOf(call.Query[WireNames.WindowMs]);
        var view = Kept().Look(id, window) ?? throw NotRunning(id);
        return Task.FromResult<Reply>(BytesReply.Ok(json => write(json, view)));
    }

    private RealtimeMetrics Kept() => parts.Questions.Realtime
        ?? throw new RestRefusal(StatusCodes.Status503ServiceUnavailable, "Realtime metrics are disabled: realtime-metrics.enabled is false in seatunnel.yaml.");

    private RestRefusal NotRunning(long id) => new(StatusCodes.Status404NotFound, parts.Questions.Find(id) is { } job
        ? $"Job {WireTypes.Id(id)} is {job.Status.Name}: realtime metrics are kept of running jobs."
        : $"There is no job {WireTypes.Id(id)}.");

    private static TimeSpan WindowOf(string? text)
    {
        if (text is null) return _usualWindow;
        if (!long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var milliseconds)) throw RestRefusal.NotANumber(text);
        if (milliseconds <= 0) throw RestRefusal.BadRequest($"{WireNames.WindowMs} must be > 0, not {text}.");
        return TimeSpan.FromMilliseconds(Math.Min(milliseconds, (long)_mostWindow.TotalMilliseconds));
    }
}
