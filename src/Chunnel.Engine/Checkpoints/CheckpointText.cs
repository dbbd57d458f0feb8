using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Chunnel.Control;

namespace Chunnel.Engine;

/// <summary>Stored checkpoints as JSON that a person understands: whose state, how many rows it had counted, and the state itself where it is text.</summary>
public static class CheckpointText
{
    private static readonly JsonWriterOptions _options = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>All of one checkpoint.</summary>
    /// <param name="file">Its file.</param>
    /// <param name="stored">What was read from it.</param>
    /// <exception cref="InvalidDataException">Its content is of a version that this program does not know.</exception>
    public static string Show(CheckpointFile file, StoredCheckpoint stored) => Write(json =>
    {
        json.WriteStartObject();
        WriteHead(json, file, stored);
        json.WriteStartArray("tasks");
        foreach (var (key, task) in InOrder(PipelineSnapshot.FromBytes(stored.Content.ToArray())))
        {
            json.WriteStartObject();
            WriteKey(json, key);
            WriteCounters(json, CounterState.Read(task.Counters));
            json.WriteStartArray("states");
            foreach (var state in task.States) WriteState(json, key.Kind, state);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    });

    /// <summary>What has changed from one checkpoint of a pipeline to another: counters as differences, states before and after.</summary>
    /// <inheritdoc cref="Show" path="/exception"/>
    public static string Diff(StoredCheckpoint before, StoredCheckpoint after) => Write(json =>
    {
        var (old, now) = (PipelineSnapshot.FromBytes(before.Content.ToArray()).Tasks, PipelineSnapshot.FromBytes(after.Content.ToArray()).Tasks);
        json.WriteStartObject();
        json.WriteNumber("pipelineId", after.Header.PipelineId);
        json.WriteNumber("from", before.Header.CheckpointId);
        json.WriteNumber("to", after.Header.CheckpointId);
        json.WriteStartArray("changed");
        foreach (var key in old.Keys.Union(now.Keys).OrderBy(key => key.Vertex, StringComparer.Ordinal).ThenBy(key => key.Kind).ThenBy(key => key.Subtask))
        {
            var (was, isNow) = (old.GetValueOrDefault(key), now.GetValueOrDefault(key));
            if (was is not null && isNow is not null && Same(was, isNow)) continue;
            json.WriteStartObject();
            WriteKey(json, key);
            WriteCounters(json, Difference(CounterState.Read(was?.Counters ?? []), CounterState.Read(isNow?.Counters ?? [])));
            WriteStates(json, "before", key.Kind, was);
            WriteStates(json, "after", key.Kind, isNow);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    });

    private static void WriteHead(Utf8JsonWriter json, CheckpointFile file, StoredCheckpoint stored)
    {
        json.WriteNumber("jobId", stored.Header.JobId);
        json.WriteNumber("pipelineId", stored.Header.PipelineId);
        json.WriteNumber("checkpointId", stored.Header.CheckpointId);
        json.WriteString("type", stored.Header.Type.Name);
        json.WriteNumber("attempt", stored.Header.Attempt);
        json.WriteString("triggered", stored.Header.TriggeredAt);
        json.WriteString("completed", DateTimeOffset.FromUnixTimeMilliseconds(file.Completed));
        json.WriteNumber("bytes", stored.Content.Length);
    }

    private static void WriteKey(Utf8JsonWriter json, TaskKey key)
    {
        json.WriteString("task", key.Vertex);
        json.WriteString("kind", key.Kind switch
        {
            TaskKind.Enumerator => "enumerator",
            TaskKind.Reader => "reader",
            TaskKind.Writer => "writer",
            _ => "aggregated committer",
        });
        json.WriteNumber("subtask", key.Subtask);
    }

    private static void WriteCounters(Utf8JsonWriter json, IReadOnlyList<IReadOnlyDictionary<string, long>> meters)
    {
        if (meters.Count == 0) return;
        json.WriteStartObject("rows");
        string[] names = ["passed", "leftOut", "deadLettered", "skipped"];
        foreach (var (name, tables) in names.Zip(meters))
        {
            if (tables.Count > 0 || name is "passed" or "leftOut") Write(name, tables);
        }
        json.WriteEndObject();

        void Write(string name, IReadOnlyDictionary<string, long> tables)
        {
            json.WriteStartObject(name);
            foreach (var (table, rows) in tables.OrderBy(pair => pair.Key, StringComparer.Ordinal)) json.WriteNumber(table, rows);
            json.WriteEndObject();
        }
    }

    private static void WriteStates(Utf8JsonWriter json, string name, TaskKind kind, TaskSnapshot? task)
    {
        json.WriteStartArray(name);
        foreach (var state in task?.States ?? []) WriteState(json, kind, state);
        json.WriteEndArray();
    }

    /// <summary>Sources keep their states as they are, sinks behind the table that they belong to.</summary>
    private static void WriteState(Utf8JsonWriter json, TaskKind kind, byte[] state)
    {
        if (kind is TaskKind.Enumerator or TaskKind.Reader)
        {
            WriteBytes(json, state);
            return;
        }
        var table = TableBytes.Unpack(state);
        json.WriteStartObject();
        json.WriteString("table", table.Table);
        json.WriteBoolean("isToBeCommitted", table.IsPrepared || kind == TaskKind.AggregatedCommitter);
        json.WritePropertyName("state");
        WriteBytes(json, table.Bytes);
        json.WriteEndObject();
    }

    /// <summary>JSON as it is, other text as text, the rest as Base64.</summary>
    private static void WriteBytes(Utf8JsonWriter json, byte[] bytes)
    {
        if (TryParse(bytes) is { } parsed)
        {
            using (parsed) parsed.WriteTo(json);
        }
        else if (bytes.Length > 0 && System.Text.Unicode.Utf8.IsValid(bytes) && !bytes.Any(b => b < ' ')) json.WriteStringValue(bytes);
        else
        {
            json.WriteStartObject();
            json.WriteBase64String("base64", bytes);
            json.WriteEndObject();
        }
    }

    private static JsonDocument? TryParse(byte[] bytes)
    {
        try
        {
            return bytes.Length > 0 && bytes[0] is (byte)'{' or (byte)'[' ? JsonDocument.Parse(bytes) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static List<Dictionary<string, long>> Difference(IReadOnlyList<IReadOnlyDictionary<string, long>> was, IReadOnlyList<IReadOnlyDictionary<string, long>> now)
    {
        var differences = new List<Dictionary<string, long>>();
        for (var meter = 0; meter < Math.Max(was.Count, now.Count); meter++)
        {
            var (old, fresh) = (meter < was.Count ? was[meter] : new Dictionary<string, long>(), meter < now.Count ? now[meter] : new Dictionary<string, long>());
            differences.Add(old.Keys.Union(fresh.Keys).ToDictionary(table => table, table => fresh.GetValueOrDefault(table) - old.GetValueOrDefault(table), StringComparer.Ordinal));
        }
        return differences;
    }

    /// <summary>Counters hold an age too, which changes always: rows alone are compared.</summary>
    private static bool Same(TaskSnapshot one, TaskSnapshot other) =>
        Difference(CounterState.Read(one.Counters), CounterState.Read(other.Counters)).All(meter => meter.Values.All(rows => rows == 0))
        && one.States.Count == other.States.Count && one.States.Zip(other.States).All(pair => pair.First.AsSpan().SequenceEqual(pair.Second));

    private static IEnumerable<KeyValuePair<TaskKey, TaskSnapshot>> InOrder(PipelineSnapshot snapshot) =>
        snapshot.Tasks.OrderBy(pair => pair.Key.Vertex, StringComparer.Ordinal).ThenBy(pair => pair.Key.Kind).ThenBy(pair => pair.Key.Subtask);

    private static string Write(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, _options)) write(json);
        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }
}
