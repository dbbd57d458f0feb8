using Microsoft.AspNetCore.Http;

namespace Chunnel.Rest;

/// <summary>The routes that tell how the checkpoints of a job go. Of later servers; v1 never had them.</summary>
internal sealed class CheckpointRoutes(RestParts parts)
{
    public static IEnumerable<Route> Of(RestParts parts)
    {
        var checkpoints = new CheckpointRoutes(parts);
        return
        [
            new Route("/jobs/checkpoints", HttpMethods.Get, checkpoints.Overview) { V1 = V1Place.None },
            new Route("/jobs/checkpoints/history", HttpMethods.Get, checkpoints.History) { V1 = V1Place.None },
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
}
