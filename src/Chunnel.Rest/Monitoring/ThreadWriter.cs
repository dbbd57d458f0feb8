using System.Text.Json;
using Chunnel.Engine;

namespace Chunnel.Rest;

/// <summary>Writes the threads of a node (spec rest-api.md 5.6).</summary>
internal static class ThreadWriter
{
    /// <summary>The one load context that a thread may be said to belong to; plug-ins have their own, but threads move among them.</summary>
    private const string LoadContext = "Default";

    /// <summary>All threads with their states. A stack is what .NET can tell from within: the place in the system where a thread waits.</summary>
    public static void WriteDump(Utf8JsonWriter json, IReadOnlyList<OsThread> threads)
    {
        json.WriteStartArray();
        foreach (var thread in threads)
        {
            json.WriteStartObject();
            json.WriteString("threadName", thread.Name);
            json.WriteNumber("threadId", thread.Id);
            json.WriteString("threadState", thread.State.Name);
            json.WriteString("stackTrace", thread.WaitsIn);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    /// <summary>The names of all threads, in order.</summary>
    public static void WriteRunning(Utf8JsonWriter json, IReadOnlyList<OsThread> threads)
    {
        json.WriteStartArray();
        foreach (var thread in threads.OrderBy(thread => thread.Name, StringComparer.Ordinal))
        {
            json.WriteStartObject();
            json.WriteString("threadName", thread.Name);
            json.WriteString("classLoader", LoadContext);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
