using Microsoft.AspNetCore.Http;

namespace Chunnel.Rest;

/// <summary>The routes that are about slots: who waits for some, and which tags this node carries.</summary>
internal sealed class SlotRoutes(RestParts parts)
{
    public static IEnumerable<Route> Of(RestParts parts)
    {
        var slots = new SlotRoutes(parts);
        return
        [
            new Route("/pending-jobs", HttpMethods.Get, slots.PendingJobs) { V1 = V1Place.None },
            new Route("/update-tags", HttpMethods.Post, slots.UpdateTagsAsync),
        ];
    }

    private Task<Reply> PendingJobs(RestCall call, CancellationToken stop)
    {
        var query = PendingQuery.Of(call.Query);
        var report = parts.Questions.Pending(query.Question);
        return Task.FromResult<Reply>(query.IsPretty
            ? BytesReply.Pretty(json => PendingWriter.Write(json, report, time => json.WriteStringValue(WireTypes.Time(time, parts.Zone))))
            : BytesReply.Ok(json => PendingWriter.Write(json, report, time => json.WriteNumberValue(time.ToUnixTimeMilliseconds()))));
    }

    private async Task<Reply> UpdateTagsAsync(RestCall call, CancellationToken stop)
    {
        parts.Orders.UpdateTags(JsonBody.ReadObject(await call.ReadTextAsync(stop)));
        return BytesReply.Ok(json =>
        {
            json.WriteStartObject();
            json.WriteString(WireNames.Status, WireNames.Success);
            json.WriteString(WireNames.Message, WireTexts.TagsUpdated);
            json.WriteEndObject();
        });
    }
}
