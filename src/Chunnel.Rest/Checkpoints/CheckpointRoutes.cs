using Microsoft.AspNetCore.Http;

namespace Chunnel.Rest;

/// <summary>The routes that tell how the checkpoints of a job go, of later servers, and one of our own that takes one. v1 never had them.</summary>
internal sealed class CheckpointRoutes(RestParts parts)
{
    public static IEnumerable<Route> Of(RestParts parts)
    {
        var checkpoints = new CheckpointRoutes(parts);
        return
        [
            new Route("/jobs/checkpoints", HttpMethods.Get, checkpoints.Overview) { V1 = V1Place.None },
            new Route("/jobs/checkpoints/history", HttpMethods.Get, checkpoints.History) { V1 = V1Place.None },
            new Route("/jobs/savepoint", HttpMethods.Post, checkpoints.SaveAsync) { V1 = V1Place.None },
        ];
    }

    private Task<Reply> Overview(RestCall call, CancellationToken stop)
    {
        var id = call.ReadJobId();
        var job = parts.Questions.Find(WireTypes.ParseId(id));
        return Task.FromResult<Reply>(BytesReply.Ok(json =>
        {
            if (job is null) JobWriter.WriteUnknown(json, id);
            else CheckpointWriter.WriteOverview(json, job);
        }));
    }

    /// <summary>A job that nobody knows has none.</summary>
    private Task<Reply> History(RestCall call, CancellationToken stop)
    {
        var job = parts.Questions.Find(WireTypes.ParseId(call.ReadJobId()));
        var query = CheckpointQuery.Of(call.Query);
        return Task.FromResult<Reply>(BytesReply.Ok(json => CheckpointWriter.WriteHistory(json, job is null ? [] : query.Find(job))));
    }

    /// <summary>Takes the body of <c>/stop-job</c>: whoever stops jobs need not learn another.</summary>
    private async Task<Reply> SaveAsync(RestCall call, CancellationToken stop)
    {
        var jobId = StopRequest.Of(await call.ReadTextAsync(stop), call.Query).JobId;
        await parts.Orders.SaveAsync(jobId, stop);
        return BytesReply.Ok(json =>
        {
            json.WriteStartObject();
            WireTypes.WriteAnsweredId(json, jobId, parts.Wire.JobIdAsNumber);
            json.WriteEndObject();
        });
    }
}
