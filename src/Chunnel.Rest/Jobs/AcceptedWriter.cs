using System.Text.Json;

namespace Chunnel.Rest;

/// <summary>Writes what is said of a job that was taken.</summary>
internal static class AcceptedWriter
{
    public static void Write(Utf8JsonWriter json, AcceptedJob job, bool idAsNumber)
    {
        json.WriteStartObject();
        WireTypes.WriteAnsweredId(json, job.JobId, idAsNumber);
        json.WriteString(WireNames.JobName, job.Name);
        json.WriteEndObject();
    }
}
