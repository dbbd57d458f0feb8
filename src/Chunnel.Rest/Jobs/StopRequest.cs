using Chunnel.Core;

namespace Chunnel.Rest;

/// <summary>Which job shall end, and how.</summary>
internal sealed record StopRequest(long JobId, bool WithSavepoint)
{
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
