using Chunnel.Config;
using Chunnel.Core;
using Microsoft.AspNetCore.Http;

namespace Chunnel.Rest;

/// <summary>The routes that take jobs (spec rest-api.md 6).</summary>
internal sealed class SubmitRoutes(RestParts parts)
{
    /// <summary>Told twice with the same value, an order is carried out once.</summary>
    private const string KeyHeader = "Idempotency-Key";

    private const string Params = "params";

    public static IEnumerable<Route> Of(RestParts parts)
    {
        var submit = new SubmitRoutes(parts);
        return
        [
            new Route("/submit-job", HttpMethods.Post, submit.OneAsync),
            new Route("/submit-job/upload", HttpMethods.Post, submit.UploadAsync) { V1 = V1Place.None },
            new Route("/submit-jobs", HttpMethods.Post, submit.ManyAsync),
        ];
    }

    private async Task<Reply> OneAsync(RestCall call, CancellationToken stop)
    {
        var text = await call.ReadTextAsync(stop);
        var format = FormatOf(call.Parameters["format"]);
        return Accepted(await SubmitAsync(RequestOf(call, shades => JobInput.Body(text, format, shades), () => $"{format}\n{text}"), stop));
    }

    private async Task<Reply> UploadAsync(RestCall call, CancellationToken stop)
    {
        var file = await JobUpload.ReadAsync(call.Request, parts.Http.Bodies, stop);
        return Accepted(await SubmitAsync(RequestOf(call, shades => JobInput.File(file.Name, file.Text, shades), () => $"{file.Name}\n{file.Text}"), stop));
    }

    /// <summary>One after the other. The first that fails ends it: those before it stay, those after it are not tried.</summary>
    private async Task<Reply> ManyAsync(RestCall call, CancellationToken stop)
    {
        var list = JsonBody.ReadList(await call.ReadTextAsync(stop));
        var key = KeyOf(call);
        var accepted = new List<AcceptedJob>();
        for (var i = 0; i < list.Items.Count; i++)
        {
            if (list.Items[i] is not SettingsObject job) continue;
            try
            {
                accepted.Add(await SubmitAsync(RequestOf(job, key is null ? null : $"{key}/{i}"), stop));
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                var before = accepted.Count == 0 ? "none" : string.Join(", ", accepted.Select(one => WireTypes.Id(one.JobId)));
                throw new BatchFailure($"Job {i + 1} of {list.Items.Count}. Submitted before it: {before}. Those after it were not tried.", failure);
            }
        }
        return BytesReply.Ok(json =>
        {
            json.WriteStartArray();
            // A list answers text whatever the single answer is told to be: the documents have it so.
            foreach (var job in accepted) AcceptedWriter.Write(json, job, idAsNumber: false);
            json.WriteEndArray();
        });
    }

    private Task<AcceptedJob> SubmitAsync(SubmitRequest request, CancellationToken stop) => parts.Orders.SubmitAsync(request, stop);

    private BytesReply Accepted(AcceptedJob job) => BytesReply.Ok(json => AcceptedWriter.Write(json, job, parts.Wire.JobIdAsNumber));

    private static SubmitRequest RequestOf(RestCall call, Func<ShadeSet, JobLoadResult> load, Func<string> content) => new()
    {
        Load = load,
        Content = content,
        JobId = call.Parameters[WireNames.JobId],
        Name = call.Parameters[WireNames.JobName],
        StartsFromSavepoint = WireTypes.ParseFlag(call.Parameters[WireNames.IsStartWithSavepoint]),
        Key = KeyOf(call),
    };

    private static SubmitRequest RequestOf(SettingsObject job, string? key)
    {
        var parameters = job[Params] as SettingsObject ?? SettingsObject.Empty;
        return new SubmitRequest
        {
            Load = shades => JobInput.Element(job, shades),
            Content = () => SettingsJson.Compact(job),
            JobId = Text(WireNames.JobId),
            Name = Text(WireNames.JobName),
            StartsFromSavepoint = WireTypes.ParseFlag(Text(WireNames.IsStartWithSavepoint)),
            Key = key,
        };

        string? Text(string name) => parameters.Find(name) is { } found ? SettingsConvert.ToText(found.Value) : null;
    }

    private static string? KeyOf(RestCall call) => call.Request.Headers[KeyHeader] is [{ Length: > 0 } key] ? key : null;

    /// <summary>Any case; a word that is none of them means JSON, as in SeaTunnel.</summary>
    private static JobFormat FormatOf(string? format) => format?.ToLowerInvariant() switch
    {
        "hocon" => JobFormat.Hocon,
        "sql" => JobFormat.Sql,
        _ => JobFormat.Json,
    };
}
