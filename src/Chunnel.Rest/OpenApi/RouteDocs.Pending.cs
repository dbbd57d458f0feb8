namespace Chunnel.Rest;

/// <content>The queue of jobs that wait for slots (spec rest-api.md 5.7).</content>
internal static partial class RouteDocs
{
    private const string PendingExample = """
        {
          "queueSummary": { "size": 1, "scheduleStrategy": "WAIT", "oldestEnqueueTimestamp": 1769851800000, "newestEnqueueTimestamp": 1769851800000, "lackingTaskGroups": 1 },
          "clusterSnapshot": { "totalSlots": 2, "freeSlots": 1, "assignedSlots": 1, "workerCount": 1, "workers": [
            { "address": "localhost:5801", "tags": {}, "totalSlots": 2, "freeSlots": 1, "dynamicSlot": false, "runningJobIds": [ 733584788375666689 ] } ] },
          "pendingJobs": [ {
            "jobId": 733584788375666690, "jobName": "five_rows", "pendingSourceState": "SUBMIT", "jobStatus": "PENDING",
            "enqueueTimestamp": 1769851800000, "checkTime": 1769851803000, "waitDurationMs": 3000, "checkCount": 1,
            "totalTaskGroups": 2, "allocatedTaskGroups": 1, "lackingTaskGroups": 1,
            "failureReason": "RESOURCE_NOT_ENOUGH", "failureMessage": "No available slot profile", "tagFilter": {}, "blockingJobIds": [ 733584788375666689 ],
            "pipelines": [ { "pipelineId": 1, "pipelineName": "Job five_rows (733584788375666690), Pipeline: [(1/1)]", "totalTaskGroups": 2, "allocatedTaskGroups": 1, "lackingTaskGroups": 1,
              "taskGroupDiagnostics": [ { "taskGroupLocation": { "jobId": 733584788375666690, "pipelineId": 1, "taskGroupId": 1 }, "taskFullName": "task", "allocated": true } ] } ],
            "lackingTaskGroupDiagnostics": []
          } ]
        }
        """;

    private static Schema Pending()
    {
        // With pretty=true times are words.
        var time = Schema.Either(Schema.Whole("Milliseconds since 1970-01-01 UTC; 0 for never."), Schema.Time());
        var tags = Schema.Map(Schema.Text());
        var ids = Schema.List(Schema.Whole());
        var group = Schema.Object(
            ("taskGroupLocation", Schema.Object((WireNames.JobId, Schema.Whole()), ("pipelineId", Schema.Whole()), ("taskGroupId", Schema.Whole()))),
            ("taskFullName", Schema.Text()),
            ("allocated", Schema.Flag()),
            ("failureReason?", Reason()),
            ("failureMessage?", Schema.Text()));
        (string, Schema)[] counts = [("totalTaskGroups", Schema.Whole()), ("allocatedTaskGroups", Schema.Whole()), ("lackingTaskGroups", Schema.Whole())];
        return Schema.Object(
            ("queueSummary", Schema.Object(
                ("size", Schema.Whole("Of the whole queue, whatever was asked for.")),
                ("scheduleStrategy", Schema.OneOf("WAIT", "REJECT")),
                ("oldestEnqueueTimestamp", time),
                ("newestEnqueueTimestamp", time),
                ("lackingTaskGroups", Schema.Whole()))),
            ("clusterSnapshot", Schema.Object(
                ("totalSlots", Schema.Whole()),
                ("freeSlots", Schema.Whole()),
                ("assignedSlots", Schema.Whole()),
                ("workerCount", Schema.Whole()),
                (WireNames.Workers, Schema.List(Worker(withUsed: false))))),
            (WireNames.PendingJobs, Schema.List(Schema.Object(
                [
                    (WireNames.JobId, Schema.Whole()),
                    (WireNames.JobName, Schema.Text()),
                    ("pendingSourceState", Schema.OneOf("SUBMIT", "RESTORE")),
                    (WireNames.JobStatus, Schema.Text()),
                    ("enqueueTimestamp", time),
                    ("checkTime", time),
                    ("waitDurationMs", Schema.Whole()),
                    ("checkCount", Schema.Whole("How often slots were looked for.")),
                    .. counts,
                    ("failureReason?", Reason()),
                    ("failureMessage?", Schema.Text()),
                    ("tagFilter", tags),
                    ("blockingJobIds", ids),
                    ("pipelines", Schema.List(Schema.Object([("pipelineId", Schema.Whole()), ("pipelineName", Schema.Text()), .. counts, ("taskGroupDiagnostics", Schema.List(group))]))),
                    ("lackingTaskGroupDiagnostics", Schema.List(group)),
                ]))));
    }

    private static Schema Reason() => Schema.OneOf("WAITING_SLOT_ASSIGNMENT", "RESOURCE_NOT_ENOUGH", "REQUEST_FAILED", "REQUEST_CANCELLED");
}
