using System.Text.Json;
using Chunnel.Config;
using Chunnel.Engine;
using Microsoft.AspNetCore.Http;

namespace Chunnel.Rest;

/// <summary>The routes that are about jobs.</summary>
internal sealed class JobRoutes(RestParts parts)
{
    private readonly RunningTexts _running = new(parts.Clock);

    public static IEnumerable<Route> Of(RestParts parts)
    {
        var jobs = new JobRoutes(parts);
        return
        [
            new Route("/overview", HttpMethods.Get, jobs.Overview),
            new Route("/running-jobs", HttpMethods.Get, jobs.RunningJobs),
            new Route("/finished-jobs", HttpMethods.Get, jobs.FinishedJobs),
            new Route("/job-info", HttpMethods.Get, jobs.JobInfo),
            new Route("/running-job", HttpMethods.Get, jobs.JobInfo),
            new Route("/submit-job", HttpMethods.Post, jobs.SubmitAsync),
            new Route("/stop-job", HttpMethods.Post, jobs.StopAsync),
        ];
    }

    private Task<Reply> Overview(RestCall call, CancellationToken stop) =>
        Task.FromResult<Reply>(BytesReply.Ok(json => OverviewWriter.Write(json, parts.Questions.Overview(call.Query.All))));

    private Task<Reply> RunningJobs(RestCall call, CancellationToken stop) => Task.FromResult<Reply>(ListReply.Ok(json =>
    {
        json.WriteStartArray();
        _running.Write(json, parts.Questions.Live(), new JobWriter(call.Style, parts.Zone).WriteRunning);
        json.WriteEndArray();
    }));

    private Task<Reply> FinishedJobs(RestCall call, CancellationToken stop) =>
        Task.FromResult<Reply>(List(parts.Questions.Ended(call.Rest), new JobWriter(call.Style, parts.Zone).WriteFinished));

    private Task<Reply> JobInfo(RestCall call, CancellationToken stop)
    {
        if (string.IsNullOrEmpty(call.Rest)) throw RestRefusal.BadRequest(WireTexts.JobIdMissing);
        var job = parts.Questions.Find(WireTypes.ParseId(call.Rest));
        return Task.FromResult<Reply>(BytesReply.Ok(json =>
        {
            if (job is null) JobWriter.WriteUnknown(json, call.Rest);
            else new JobWriter(call.Style, parts.Zone).WriteOne(json, job);
        }));
    }

    private async Task<Reply> SubmitAsync(RestCall call, CancellationToken stop)
    {
        var accepted = await parts.Orders.SubmitAsync(
            new SubmitRequest
            {
                Text = await call.ReadTextAsync(stop),
                Format = FormatOf(call.Query["format"]),
                JobId = call.Query[WireNames.JobId],
                Name = call.Query[WireNames.JobName],
                StartsFromSavepoint = WireTypes.ParseFlag(call.Query[WireNames.IsStartWithSavepoint]),
            },
            stop);
        return BytesReply.Ok(json =>
        {
            json.WriteStartObject();
            WireTypes.WriteAnsweredId(json, accepted.JobId, parts.Wire.JobIdAsNumber);
            json.WriteString(WireNames.JobName, accepted.Name);
            json.WriteEndObject();
        });
    }

    private async Task<Reply> StopAsync(RestCall call, CancellationToken stop)
    {
        var request = StopRequest.Of(JsonBody.ReadObject(await call.ReadTextAsync(stop)));
        await parts.Orders.StopAsync(request, stop);
        return BytesReply.Ok(json =>
        {
            json.WriteStartObject();
            WireTypes.WriteAnsweredId(json, request.JobId, parts.Wire.JobIdAsNumber);
            json.WriteEndObject();
        });
    }

    private static ListReply List(IReadOnlyList<JobView> jobs, Action<Utf8JsonWriter, JobView> write) => ListReply.Ok(json =>
    {
        json.WriteStartArray();
        foreach (var job in jobs) write(json, job);
        json.WriteEndArray();
    });

    /// <summary>Any case; a word that is none of them means JSON, as in SeaTunnel.</summary>
    private static JobFormat FormatOf(string? format) => format?.ToLowerInvariant() switch
    {
        "hocon" => JobFormat.Hocon,
        "sql" => JobFormat.Sql,
        _ => JobFormat.Json,
    };
}
