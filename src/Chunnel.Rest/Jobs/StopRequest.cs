using Chunnel.Core;

namespace Chunnel.Rest;

/// <summary>Which job shall end, and how.</summary>
internal sealed record StopRequest(long JobId, bool WithSavepoint)
{
    /// <summary>Reads the body; what it leaves out may stand behind the question mark.</summary>
    /// <exception cref="RestRefusal">There is no id in either, or it is no number.</exception>
    public static StopRequest Of(string body, QueryParameters query)
    {
        if (query[WireNames.JobId] is not { } id) return Of(JsonBody.ReadObject(body));
        var request = string.IsNullOrWhiteSpace(body) ? SettingsObject.Empty : JsonBody.ReadObject(body);
        return request.Find(WireNames.JobId) is not null ? Of(request) : new StopRequest(WireTypes.ParseId(id), WireTypes.ParseFlag(query[WireNames.IsStopWithSavepoint]));
    }

    /// <summary>Reads <c>{"jobId": ..., "isStopWithSavePoint": ...}</c>, both as value or as text.</summary>
    /// <exception cref="RestRefusal">There is no id in it, or it is no number.</exception>
    public static StopRequest Of(SettingsObject request)
    {
        var id = request[WireNames.JobId];
        if (id is null or SettingsScalar { Kind: ScalarKind.Null }) throw RestRefusal.BadRequest(WireTexts.JobIdEmpty);
        var flag = request[WireNames.IsStopWithSavepoint] is { } value ? SettingsConvert.ToText(value) : null;
        return new StopRequest(WireTypes.ParseId(SettingsConvert.ToText(id)), WireTypes.ParseFlag(flag));
    }
}
