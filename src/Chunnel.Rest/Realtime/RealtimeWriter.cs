using System.Text.Json;
using Chunnel.Engine;

namespace Chunnel.Rest;

/// <summary>Writes the last minutes of jobs, in the members that SeaTunnel's own page reads.</summary>
internal static class RealtimeWriter
{
    public static void WriteJobs(Utf8JsonWriter json, IReadOnlyList<RealtimeJob> jobs)
    {
        json.WriteStartObject();
        json.WriteStartArray(WireNames.Jobs);
        foreach (var job in jobs)
        {
            json.WriteStartObject();
            json.WriteNumber(WireNames.JobId, job.JobId);
            json.WriteBoolean(WireNames.Enabled, job.Enabled);
            json.WriteNumber(WireNames.BucketMs, (long)job.Bucket.TotalMilliseconds);
            json.WriteNumber(WireNames.RetentionMinutes, (int)job.Retention.TotalMinutes);
            json.WriteNumber(WireNames.LatestBucketStartMs, job.Latest?.ToUnixTimeMilliseconds() ?? -1);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    public static void WriteVertices(Utf8JsonWriter json, RealtimeView view)
    {
        WriteHead(json, view);
        json.WriteStartArray(WireNames.Vertices);
        foreach (var vertex in view.Vertices)
        {
            json.WriteStartObject();
            json.WriteNumber(WireNames.VertexId, vertex.VertexId);
            json.WriteStartArray(WireNames.Points);
            foreach (var point in vertex.Points) WritePoint(json, point);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    public static void WriteEdges(Utf8JsonWriter json, RealtimeView view)
    {
        WriteHead(json, view);
        json.WriteStartArray(WireNames.Edges);
        foreach (var edge in view.Edges)
        {
            json.WriteStartObject();
            json.WriteNumber(WireNames.QueueId, edge.QueueId);
            json.WriteNumber(WireNames.TargetVertexId, edge.Target);
            json.WriteStartArray(WireNames.Points);
            foreach (var point in edge.Points) WritePoint(json, point);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteHead(Utf8JsonWriter json, RealtimeView view)
    {
        json.WriteStartObject();
        json.WriteBoolean(WireNames.Enabled, view.Job.Enabled);
        json.WriteNumber(WireNames.BucketMs, (long)view.Job.Bucket.TotalMilliseconds);
        json.WriteNumber(WireNames.FromMs, view.From.ToUnixTimeMilliseconds());
        json.WriteNumber(WireNames.ToMs, view.To.ToUnixTimeMilliseconds());
    }

    /// <summary>What vertices of its type do not do is 0.</summary>
    private static void WritePoint(Utf8JsonWriter json, VertexPoint point)
    {
        json.WriteStartObject();
        json.WriteNumber(WireNames.Timestamp, point.BeganAt);
        json.WriteNumber(WireNames.SubtaskCount, point.Loops);
        json.WriteNumber(WireNames.SourceReadNs, point[Work.SourceRead]);
        json.WriteNumber(WireNames.SourceIdleNs, point[Work.SourceIdle]);
        json.WriteNumber(WireNames.SourceReadRatio, point.Share(point[Work.SourceRead]));
        json.WriteNumber(WireNames.SourceIdleRatio, point.Share(point[Work.SourceIdle]));
        json.WriteNumber(WireNames.TransformProcessNs, point[Work.TransformProcess]);
        json.WriteNumber(WireNames.TransformRecordsIn, point[Work.TransformRowsIn]);
        json.WriteNumber(WireNames.TransformRecordsOut, point[Work.TransformRowsOut]);
        json.WriteNumber(WireNames.TransformBusyRatio, point.Share(point[Work.TransformProcess]));
        json.WriteNumber(WireNames.TransformProcessNsPerRecord, Each(point[Work.TransformProcess], point[Work.TransformRowsIn]));
        json.WriteNumber(WireNames.SinkWriteNs, point[Work.SinkWrite]);
        json.WriteNumber(WireNames.SinkRecordsIn, point[Work.SinkRowsIn]);
        json.WriteNumber(WireNames.SinkPrepareCommitNs, point[Work.SinkPrepareCommit]);
        json.WriteNumber(WireNames.SinkCommitNs, point[Work.SinkCommit]);
        json.WriteNumber(WireNames.SinkAbortNs, point[Work.SinkAbort]);
        json.WriteNumber(WireNames.SinkBusyRatio, point.Share(point[Work.SinkWrite] + point[Work.SinkPrepareCommit] + point[Work.SinkCommit] + point[Work.SinkAbort]));
        json.WriteNumber(WireNames.SinkWriteNsPerRecord, Each(point[Work.SinkWrite], point[Work.SinkRowsIn]));
        json.WriteEndObject();
    }

    private static void WritePoint(Utf8JsonWriter json, EdgePoint point)
    {
        json.WriteStartObject();
        json.WriteNumber(WireNames.Timestamp, point.BeganAt);
        json.WriteNumber(WireNames.EmitBlockedNs, point.Blocked);
        json.WriteNumber(WireNames.BlockedRatio, point.BlockedShare);
        json.WriteNumber(WireNames.QueueSize, point.HeldBytes);
        json.WriteNumber(WireNames.QueueCapacity, point.RoomBytes);
        json.WriteNumber(WireNames.QueueFillRatio, point.Fill);
        json.WriteEndObject();
    }

    private static double Each(long nanoseconds, long rows) => rows == 0 ? 0 : nanoseconds / (double)rows;
}
