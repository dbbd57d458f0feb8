using System.Text.Json;
using Chunnel.Engine;
using Microsoft.AspNetCore.Http;

namespace Chunnel.Rest;

/// <summary>The routes that show the nodes, and the threads of this one (spec rest-api.md 5.5, 5.6).</summary>
internal static class MonitoringRoutes
{
    public static IEnumerable<Route> Of(RestParts parts) =>
    [
        Json("/system-monitoring-information", json =>
        {
            json.WriteStartArray();
            SystemInformation.Write(json, parts.Node, parts.Monitor.Look());
            json.WriteEndArray();
        }),
        Json("/thread-dump", json => ThreadWriter.WriteDump(json, OsThreads.List())),
        Json("/running-threads", json => ThreadWriter.WriteRunning(json, OsThreads.List())),
    ];

    private static Route Json(string path, Action<Utf8JsonWriter> write) =>
        new(path, HttpMethods.Get, (_, _) => Task.FromResult<Reply>(BytesReply.Ok(write)));
}
