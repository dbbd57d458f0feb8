namespace Chunnel.Rest;

/// <content>What running jobs do with their time.</content>
internal static partial class RouteDocs
{
    private const string RealtimeOfJob = "404 is an id of no running job, 503 a node whose settings leave this off. A job whose env leaves it off has `enabled` false and no points. A point is there when its span of time is over.";

    private const string RealtimeVerticesExample = """
        { "enabled": true, "bucketMs": 5000, "fromMs": 1769851620000, "toMs": 1769851800000, "vertices": [ { "vertexId": 1, "points": [ {
          "ts": 1769851790000, "subtaskCount": 1, "sourceReadNs": 600000000, "sourceIdleNs": 2250000000, "sourceReadRatio": 0.12, "sourceIdleRatio": 0.45,
          "transformProcessNs": 0, "transformRecordsIn": 0, "transformRecordsOut": 0, "transformBusyRatio": 0, "transformProcessNsPerRecord": 0,
          "sinkWriteNs": 0, "sinkRecordsIn": 0, "sinkPrepareCommitNs": 0, "sinkCommitNs": 0, "sinkAbortNs": 0, "sinkBusyRatio": 0, "sinkWriteNsPerRecord": 0 } ] } ] }
        """;

    private const string RealtimeEdgesExample = """
        { "enabled": true, "bucketMs": 5000, "fromMs": 1769851620000, "toMs": 1769851800000, "edges": [ { "queueId": -5, "targetVertexId": 2, "points": [ {
          "ts": 1769851790000, "emitBlockedNs": 3900000000, "bpRatio": 0.78, "queueSize": 964689, "queueCapacity": 1048576, "queueFillRatio": 0.92 } ] } ] }
        """;

    private static Dictionary<string, RouteDoc> Realtime() => new()
    {
        ["GET /metrics/realtime/jobs"] = new(TelemetryTag, "How the last minutes of running jobs are kept.")
        {
            Answer = AnswerDoc.Json(
                Schema.Object((WireNames.Jobs, Schema.List(Schema.Object(
                    (WireNames.JobId, Schema.Whole("A number here, as SeaTunnel has it: longer than what a double keeps.")),
                    (WireNames.Enabled, Schema.Flag("False where the job's env leaves it off.")),
                    (WireNames.BucketMs, Schema.Whole("How long a point is.")),
                    (WireNames.RetentionMinutes, Schema.Whole("How long points are kept.")),
                    (WireNames.LatestBucketStartMs, Schema.Whole("When the newest point begins; -1 while there is none.")))))),
                """{"jobs":[{"jobId":733584788375666689,"enabled":true,"bucketMs":5000,"retentionMinutes":3,"latestBucketStartMs":1769851790000}]}"""),
            Refusals = [(404, "Something else follows in the path."), (503, "The node's settings leave this off.")],
        },
        ["GET /metrics/realtime/jobs/{jobId}/vertices"] = new(TelemetryTag, "What the vertices of a running job have done with their time.")
        {
            Description = $"Ratios go from 0 to 1, of the time of all subtasks. {RealtimeOfJob}",
            Rest = JobId(),
            Query = [WindowMs()],
            Answer = AnswerDoc.Json(RealtimeSeries(WireNames.Vertices, [(WireNames.VertexId, Schema.Whole("As jobDag numbers it."))], VertexPoint()), RealtimeVerticesExample),
            Refusals = RealtimeRefusals(),
        },
        ["GET /metrics/realtime/jobs/{jobId}/edges"] = new(TelemetryTag, "What waited on the edges of a running job, between the loops that read and those that write.")
        {
            Description = RealtimeOfJob,
            Rest = JobId(),
            Query = [WindowMs()],
            Answer = AnswerDoc.Json(
                RealtimeSeries(
                    WireNames.Edges,
                    [
                        (WireNames.QueueId, Schema.Whole("From the vertex behind it: -2 n before a transform n, -(2 n + 1) before a sink n.")),
                        (WireNames.TargetVertexId, Schema.Whole("The vertex behind it, as jobDag numbers it.")),
                    ],
                    EdgePoint()),
                RealtimeEdgesExample),
            Refusals = RealtimeRefusals(),
        },
    };

    private static ParameterDoc WindowMs() => new(WireNames.WindowMs, Schema.Whole(), "How far back to look, in milliseconds: 180000 when absent, 600000 at most, and no further than points are kept.");

    private static (int Status, string When)[] RealtimeRefusals() =>
    [
        (400, "The id or the window is no number, or the window is not above 0."),
        (404, "No running job has this id."),
        (503, "The node's settings leave this off."),
    ];

    private static Schema RealtimeSeries(string name, (string Name, Schema Type)[] whose, Schema point) => Schema.Object(
        (WireNames.Enabled, Schema.Flag("False where the job's env leaves it off.")),
        (WireNames.BucketMs, Schema.Whole("How long a point is.")),
        (WireNames.FromMs, Schema.Whole("Milliseconds since 1970-01-01 UTC: points that begin before are left out.")),
        (WireNames.ToMs, Schema.Whole("Now.")),
        (name, Schema.List(Schema.Object([.. whose, (WireNames.Points, Schema.List(point, "Oldest first."))]))));

    private static Schema VertexPoint() => Schema.Object(
        (WireNames.Timestamp, Schema.Whole("When it begins: milliseconds since 1970-01-01 UTC.")),
        (WireNames.SubtaskCount, Schema.Whole("Loops that do the vertex's work at the same time.")),
        (WireNames.SourceReadNs, Schema.Whole("Time in which the source read and decoded, in nanoseconds, as all of them.")),
        (WireNames.SourceIdleNs, Schema.Whole("Time in which it had nothing to read, or might not.")),
        (WireNames.SourceReadRatio, Schema.Number()),
        (WireNames.SourceIdleRatio, Schema.Number()),
        (WireNames.TransformProcessNs, Schema.Whole()),
        (WireNames.TransformRecordsIn, Schema.Whole()),
        (WireNames.TransformRecordsOut, Schema.Whole()),
        (WireNames.TransformBusyRatio, Schema.Number()),
        (WireNames.TransformProcessNsPerRecord, Schema.Number()),
        (WireNames.SinkWriteNs, Schema.Whole()),
        (WireNames.SinkRecordsIn, Schema.Whole()),
        (WireNames.SinkPrepareCommitNs, Schema.Whole()),
        (WireNames.SinkCommitNs, Schema.Whole()),
        (WireNames.SinkAbortNs, Schema.Whole()),
        (WireNames.SinkBusyRatio, Schema.Number("Of writing, preparing, committing and dropping together.")),
        (WireNames.SinkWriteNsPerRecord, Schema.Number()));

    private static Schema EdgePoint() => Schema.Object(
        (WireNames.Timestamp, Schema.Whole("When it begins: milliseconds since 1970-01-01 UTC.")),
        (WireNames.EmitBlockedNs, Schema.Whole("Time in which senders waited for room, in nanoseconds.")),
        (WireNames.BlockedRatio, Schema.Number("Of the time of all senders, from 0 to 1.")),
        (WireNames.QueueSize, Schema.Whole("Bytes that waited at the point's end.")),
        (WireNames.QueueCapacity, Schema.Whole("Bytes that might have: less where the sink is slow.")),
        (WireNames.QueueFillRatio, Schema.Number("From 0 to 1.")));
}
