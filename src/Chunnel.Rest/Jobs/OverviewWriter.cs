using System.Text.Json;

namespace Chunnel.Rest;

/// <summary>Writes <c>/overview</c>: one flat object, all values text (spec rest-api.md 5.1).</summary>
internal static class OverviewWriter
{
    public static void Write(Utf8JsonWriter json, Overview overview)
    {
        json.WriteStartObject();
        json.WriteString(WireNames.ProjectVersion, overview.Version);
        json.WriteString(WireNames.GitCommit, overview.Commit);
        json.WriteString(WireNames.TotalSlots, WireTypes.Count(overview.TotalSlots));
        json.WriteString(WireNames.UnassignedSlots, WireTypes.Count(overview.FreeSlots));
        json.WriteString(WireNames.Works, WireTypes.Count(overview.Workers));
        json.WriteString(WireNames.Workers, WireTypes.Count(overview.Workers));
        json.WriteString(WireNames.RunningJobs, WireTypes.Count(overview.Running));
        json.WriteString(WireNames.PendingJobs, WireTypes.Count(overview.Pending));
        json.WriteString(WireNames.FinishedJobs, WireTypes.Count(overview.Finished));
        json.WriteString(WireNames.FailedJobs, WireTypes.Count(overview.Failed));
        json.WriteString(WireNames.CancelledJobs, WireTypes.Count(overview.Canceled));
        json.WriteEndObject();
    }
}
