using Chunnel.Core;
using Microsoft.AspNetCore.Http;

namespace Chunnel.Rest;

/// <summary>The routes that end jobs (spec rest-api.md 7).</summary>
internal sealed class StopRoutes(RestParts parts)
{
    public static IEnumerable<Route> Of(RestParts parts)
    {
        var end = new StopRoutes(parts);
        return
        [
            new Route("/stop-job", HttpMethods.Post, end.OneAsync),
            new Route("/cancel-job", HttpMethods.Post, end.OneAsync) { IsAlias = true },
            new Route("/stop-jobs", HttpMethods.Post, end.ManyAsync),
        ];
    }

    private async Task<Reply> OneAsync(RestCall call, CancellationToken stop)
    {
        var request = StopRequest.Of(await call.ReadTextAsync(stop), call.Query);
        await parts.Orders.StopAsync(request, stop);
        return BytesReply.Ok(json =>
        {
            json.WriteStartObject();
            WireTypes.WriteAnsweredId(json, request.JobId, parts.Wire.JobIdAsNumber);
            json.WriteEndObject();
        });
    }

    /// <summary>One after the other; the first that fails ends it, those before it are stopped.</summary>
    private async Task<Reply> ManyAsync(RestCall call, CancellationToken stop)
    {
        var list = JsonBody.ReadList(await call.ReadTextAsync(stop));
        var stopped = new List<long>();
        for (var i = 0; i < list.Items.Count; i++)
        {
            try
            {
                var request = StopRequest.Of(list.Items[i] as SettingsObject ?? throw RestRefusal.BadRequest(WireTexts.BodyNotJson, "Each element must be a JSON object."));
                await parts.Orders.StopAsync(request, stop);
                stopped.Add(request.JobId);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                var before = stopped.Count == 0 ? "none" : string.Join(", ", stopped.Select(WireTypes.Id));
                throw new BatchFailure($"Element {i + 1} of {list.Items.Count}. Stopped before it: {before}. Those after it were not tried.", failure);
            }
        }
        return BytesReply.Ok(json =>
        {
            json.WriteStartArray();
            foreach (var jobId in stopped)
            {
                json.WriteStartObject();
                // A list answers numbers whatever the single answer is told to be: servers have it so.
                WireTypes.WriteAnsweredId(json, jobId, asNumber: true);
                json.WriteEndObject();
            }
            json.WriteEndArray();
        });
    }
}
