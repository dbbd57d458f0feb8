using System.Text.Json;
using Chunnel.Control;

namespace Chunnel.Rest;

/// <summary>Writes a worker with its slots, as the queue and the list of workers show it.</summary>
internal static class WorkerWriter
{
    public static void Write(Utf8JsonWriter json, WorkerFigures worker, bool withUsed)
    {
        json.WriteStartObject();
        json.WriteString(WireNames.Address, worker.Profile.Address);
        WriteTags(json, WireNames.Tags, worker.Profile.Tags);
        json.WriteNumber(WireNames.SlotsOfWorkers, worker.Total);
        json.WriteNumber(WireNames.FreeSlots, worker.Free);
        if (withUsed) json.WriteNumber(WireNames.UsedSlots, worker.Total - worker.Free);
        json.WriteBoolean(WireNames.DynamicSlot, worker.Profile.SlotCount is null);
        if (worker.Load is { } load)
        {
            json.WriteNumber(WireNames.CpuUsage, load.Cpu);
            json.WriteNumber(WireNames.MemoryUsage, load.Memory);
        }
        WriteIds(json, WireNames.RunningJobIds, worker.JobIds);
        json.WriteEndObject();
    }

    public static void WriteTags(Utf8JsonWriter json, string name, IReadOnlyDictionary<string, string> tags)
    {
        json.WriteStartObject(name);
        foreach (var (tag, value) in tags.OrderBy(pair => pair.Key, StringComparer.Ordinal)) json.WriteString(tag, value);
        json.WriteEndObject();
    }

    public static void WriteIds(Utf8JsonWriter json, string name, IEnumerable<long> ids)
    {
        json.WriteStartArray(name);
        foreach (var id in ids) json.WriteNumberValue(id);
        json.WriteEndArray();
    }
}
