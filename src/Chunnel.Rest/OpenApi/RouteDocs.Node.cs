namespace Chunnel.Rest;

/// <content>Routes about nodes, their logs and their figures (spec rest-api.md 5, 9 to 12).</content>
internal static partial class RouteDocs
{
    private const string LogFilesMeaning = "A log file's name, or part of a job's id.";

    private static Dictionary<string, RouteDoc> Node() => new()
    {
        ["GET /overview"] = new(NodeTag, "The cluster in figures.")
        {
            Description = "Every query parameter is a tag, `name=value`: only workers that carry all of them count.",
            Answer = AnswerDoc.Json(
                Schema.Object(
                    (WireNames.ProjectVersion, Schema.Text()),
                    (WireNames.GitCommit, Schema.Text()),
                    (WireNames.TotalSlots, Schema.NumberText("0 where slots are made as they are asked for.")),
                    (WireNames.UnassignedSlots, Schema.NumberText()),
                    (WireNames.Works, Schema.NumberText("The older name of workers.")),
                    (WireNames.Workers, Schema.NumberText()),
                    (WireNames.RunningJobs, Schema.NumberText()),
                    (WireNames.PendingJobs, Schema.NumberText("Jobs that wait for slots.")),
                    (WireNames.FinishedJobs, Schema.NumberText()),
                    (WireNames.FailedJobs, Schema.NumberText()),
                    (WireNames.CancelledJobs, Schema.NumberText())),
                """{"projectVersion":"0.1.0","gitCommitAbbrev":"1a2b3c4","totalSlot":"0","unassignedSlot":"0","works":"1","workers":"1","runningJobs":"0","pendingJobs":"0","finishedJobs":"1","failedJobs":"0","cancelledJobs":"0"}"""),
        },
        ["GET /openapi.json"] = new(NodeTag, "This document.")
        {
            Answer = AnswerDoc.Json(Schema.Anything("An OpenAPI 3.1 document."), """{"openapi":"3.1.1"}"""),
        },
        ["GET /openapi"] = new(NodeTag, "This document as a page, to read and to try.") { Answer = AnswerDoc.Text("text/html") },
        ["GET /logs"] = new(LogsTag, "Log files of all nodes, or one of them.")
        {
            Description = "With a file's name: the file as text. With a job's id, or with nothing: the list of files whose names hold it.",
            Rest = new PathDoc("name", LogFilesMeaning, "job-733584788375666689.log", IsOptional: true),
            Query = [new("format", Schema.OneOf("json", "html"), "How to tell the list; HTML when absent.")],
            Answer = AnswerDoc.Json(
                Schema.List(Schema.Object((WireNames.Node, Schema.Text("host:port")), (WireNames.LogLink, Schema.Text("Where the file is served.")), (WireNames.LogName, Schema.Text()))),
                """[{"node":"localhost:8080","logLink":"http://localhost:8080/logs/job-733584788375666689.log","logName":"job-733584788375666689.log"}]"""),
            Refusals = [(400, "There is no such file; the body is empty.")],
        },
    };
}
