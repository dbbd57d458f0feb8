namespace Chunnel.Rest;

/// <content>How the checkpoints of a job go.</content>
internal static partial class RouteDocs
{
    private const string PastCheckpointExample = """{"checkpointId":3,"checkpointType":"savepoint","status":"COMPLETED","triggerTimestamp":1769851800000,"completedTimestamp":1769851800045,"durationMillis":45,"stateSize":1289}""";

    private const string CheckpointHistoryExample = $$"""[{"pipelineId":1,"checkpoint":{{PastCheckpointExample}}}]""";

    private const string CheckpointsExample = $$"""
        {
          "jobId": "733584788375666689", "updatedAt": 1769851800045,
          "pipelines": [ {
            "pipelineId": 1, "counts": { "triggered": 1, "completed": 1, "failed": 0, "inProgress": 0, "restored": 0 },
            "latestCompleted": {{PastCheckpointExample}}, "latestFailed": null, "latestSavepoint": {{PastCheckpointExample}},
            "inProgress": [], "history": {{CheckpointHistoryExample}}
          } ]
        }
        """;

    private static Dictionary<string, RouteDoc> Checkpoints() => new()
    {
        ["GET /jobs/checkpoints"] = new(JobsTag, "How the checkpoints of a job go, pipeline by pipeline.")
        {
            Description = "An id that the node does not know is no error: the answer is the id alone.",
            Rest = JobId(),
            Answer = AnswerDoc.Json(Schema.Either(CheckpointOverview(), Schema.Named(Schemas.UnknownJob)), CheckpointsExample),
            Refusals = [(400, "The id is missing or no number.")],
        },
        ["GET /jobs/checkpoints/history"] = new(JobsTag, "The last checkpoints of a job, the newest first.")
        {
            Rest = JobId(),
            Query =
            [
                new(WireNames.PipelineId, Schema.Whole(), "Only of this pipeline."),
                new("limit", Schema.Whole(), "Only so many; 20 when absent, 0 is all that are kept: 32 a pipeline."),
                new(WireNames.Status, Outcomes(), "Only those that went so."),
            ],
            Answer = AnswerDoc.Json(CheckpointHistories(), CheckpointHistoryExample),
            Refusals = [(400, "The id is missing, a number is none, or the status is none of the three.")],
        },
        ["POST /jobs/savepoint"] = new(JobsTag, "Let a job take a savepoint and run on.")
        {
            Description = "The answer comes at once. The savepoint is taken as soon as the job's tasks run and no other checkpoint is under way: `/jobs/checkpoints` shows it as `latestSavepoint`. It stays in the job's folder until the job has finished; a cancel leaves it.",
            Body = BodyDoc.Json(Schema.Object((WireNames.JobId, Schema.Either(Schema.Id(), Schema.Whole()))), """{"jobId":733584788375666689}"""),
            Answer = AnswerDoc.Json(Schema.Object((WireNames.JobId, Schema.Either(Schema.Id(), Schema.Whole()))), """{"jobId":"733584788375666689"}"""),
            Refusals = [(400, "The id is missing or no number, or the job is not there, has ended, or is about to end.")],
        },
    };

    private static Schema CheckpointOverview() => Schema.Object(
        (WireNames.JobId, Schema.Id()),
        (WireNames.UpdatedAt, Schema.Whole("When something last became of one of them: milliseconds since 1970-01-01 UTC.")),
        (WireNames.Pipelines, Schema.List(Schema.Object(
            (WireNames.PipelineId, Schema.Whole()),
            (WireNames.Counts, Schema.Object(
                (WireNames.Triggered, Schema.Whole()),
                (WireNames.Completed, Schema.Whole()),
                (WireNames.Failed, Schema.Whole()),
                (WireNames.InProgress, Schema.Whole()),
                (WireNames.Restored, Schema.Whole("How often an attempt began with what one had kept.")))),
            (WireNames.LatestCompleted, PastCheckpoint().OrNull()),
            (WireNames.LatestFailed, PastCheckpoint().OrNull()),
            (WireNames.LatestSavepoint, PastCheckpoint().OrNull()),
            (WireNames.InProgress, Schema.List(Schema.Object(
                (WireNames.CheckpointId, Schema.Whole()),
                (WireNames.CheckpointTypeName, Schema.Text()),
                (WireNames.TriggerTimestamp, Schema.Whole()),
                (WireNames.Acknowledged, Schema.Whole("Tasks that have taken their state.")),
                (WireNames.Total, Schema.Whole("Tasks that have to."))))),
            (WireNames.History, CheckpointHistories())))));

    private static Schema CheckpointHistories() => Schema.List(Schema.Object((WireNames.PipelineId, Schema.Whole()), (WireNames.Checkpoint, PastCheckpoint())));

    private static Schema PastCheckpoint() => Schema.Object(
        (WireNames.CheckpointId, Schema.Whole("From 1; the last one of a bounded pipeline has the largest number there is.")),
        (WireNames.CheckpointTypeName, Schema.Text("`checkpoint`, `savepoint`, `completed-point` for the last one of a bounded pipeline, `schema-change-before-point` and `schema-change-after-point` around a change of a table's columns.")),
        (WireNames.Status, Outcomes()),
        (WireNames.TriggerTimestamp, Schema.Whole("Milliseconds since 1970-01-01 UTC.")),
        (WireNames.CompletedTimestamp + "?", Schema.Whole("Where it is complete.")),
        (WireNames.DurationMillis, Schema.Whole()),
        (WireNames.StateSize, Schema.Whole("Bytes.")),
        (WireNames.FailureReason + "?", Schema.Text("Why it is not complete.")));

    private static Schema Outcomes() => Schema.OneOf("COMPLETED", "FAILED", "CANCELED");
}
