using System.Text.Json;
using Chunnel.Engine;
using Microsoft.AspNetCore.Http;

namespace Chunnel.Rest;

/// <summary>The routes that tell of jobs.</summary>
internal sealed class JobRoutes(RestParts parts)
{
    private readonly RunningTexts _running = new(parts.Clock);
    private readonly FinishedTexts _finished = new();

    public static IEnumerable<Route> Of(RestParts parts)
    {
        var jobs = new JobRoutes(parts);
        return
        [
            new Route("/overview", HttpMethods.Get, jobs.Overview),
            new Route("/running-jobs", HttpMethods.Get, jobs.RunningJobs),
            new Route("/running-jobs/summary", HttpMethods.Get, jobs.Summary) { V1 = V1Place.None },
            new Route("/finished-jobs", HttpMethods.Get, jobs.FinishedJobs),
            new Route("/job-info", HttpMethods.Get, jobs.JobInfo),
            new Route("/running-job", HttpMethods.Get, jobs.JobInfo),
            new Route("/finished-job", HttpMethods.Get, jobs.JobInfo) { IsAlias = true },
        ];
    }

    private Task<Reply> Overview(RestCall call, CancellationToken stop) =>
        Task.FromResult<Reply>(BytesReply.Ok(json => OverviewWriter.Write(json, parts.Questions.Overview(call.Query.All))));

    private Task<Reply> RunningJobs(RestCall call, CancellationToken stop)
    {
        if (Page.Of(call.Query) is not null) return List(call, parts.Questions.Running(), WriterFor(call).WriteRunning);
        return Task.FromResult<Reply>(new TextsReply(_running.Of(parts.Questions, WriterFor(call).WriteRunning)));
    }

    private Task<Reply> Summary(RestCall call, CancellationToken stop) => List(call, parts.Questions.Running(), WriterFor(call).WriteSummary);

    private Task<Reply> FinishedJobs(RestCall call, CancellationToken stop)
    {
        var (jobs, writer) = (parts.Questions.Ended(call.Rest, parts.Wire.FinishedNewestFirst), WriterFor(call));
        return Page.Of(call.Query) is null
            ? Task.FromResult<Reply>(new TextsReply(_finished.Of(jobs, writer.FinishedText)))
            : List(call, jobs, writer.WriteFinished);
    }

    private Task<Reply> JobInfo(RestCall call, CancellationToken stop)
    {
        var id = call.ReadJobId();
        var job = parts.Questions.Find(WireTypes.ParseId(id));
        return Task.FromResult<Reply>(BytesReply.Ok(json =>
        {
            if (job is null) JobWriter.WriteUnknown(json, id);
            else WriterFor(call).WriteOne(json, job, withExtras: WireTypes.ParseFlag(call.Query[WireNames.Extras]));
        }));
    }

    private JobWriter WriterFor(RestCall call) => new(call.Style, parts.Zone);

    private static Task<Reply> List(RestCall call, IReadOnlyList<JobView> jobs, Action<Utf8JsonWriter, JobView> write)
    {
        var page = Page.Of(call.Query);
        return Task.FromResult<Reply>(ListReply.Ok(json => Page.Write(json, page, jobs, write)));
    }
}
