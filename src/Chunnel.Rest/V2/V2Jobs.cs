using Chunnel.Config;
using Chunnel.Engine;
using Microsoft.AspNetCore.Http;

namespace Chunnel.Rest;

/// <summary>The routes of v2 that are about jobs.</summary>
internal sealed class V2Jobs(RestParts parts, bool jobIdAsNumber)
{
    public static IEnumerable<Route> Routes(RestParts parts, bool jobIdAsNumber)
    {
        var jobs = new V2Jobs(parts, jobIdAsNumber);
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

    private Task<Reply> RunningJobs(RestCall call, CancellationToken stop) =>
        Task.FromResult<Reply>(List(parts.Questions.Running(), JobWriter.WriteRunning));

    private Task<Reply> FinishedJobs(RestCall call, CancellationToken stop) =>
        Task.FromResult<Reply>(List(parts.Questions.Ended(call.Rest), JobWriter.WriteFinished));

    private Task<Reply> JobInfo(RestCall call, CancellationToken stop)
    {
        if (string.IsNullOrEmpty(call.Rest)) throw RestRefusal.BadRequest(WireTexts.JobIdMissing);
        var job = parts.Questions.Find(WireTypes.ParseId(call.Rest));
        return Task.FromResult<Reply>(BytesReply.Ok(json =>
        {
            if (job is null) JobWriter.WriteUnknown(json, call.Rest);
            else JobWriter.WriteOne(json, job, parts.Zone);
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
            WireTypes.WriteAnsweredId(json, accepted.JobId, jobIdAsNumber);
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
            WireTypes.WriteAnsweredId(json, request.JobId, jobIdAsNumber);
            json.WriteEndObject();
        });
    }

    private BytesReply List(IReadOnlyList<JobView> jobs, Action<System.Text.Json.Utf8JsonWriter, JobView, TimeZoneInfo> write) => BytesReply.Ok(json =>
    {
        json.WriteStartArray();
        foreach (var job in jobs) write(json, job, parts.Zone);
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
