namespace Chunnel.Rest;

/// <content>Routes about jobs (spec rest-api.md 5 to 7).</content>
internal static partial class RouteDocs
{
    private const string JobExample = """
        {
          "env": { "job.mode": "BATCH", "job.name": "five_rows" },
          "source": [ { "plugin_name": "FakeSource", "plugin_output": "fake", "row.num": 5, "schema": { "fields": { "id": "bigint", "name": "string" } } } ],
          "sink": [ { "plugin_name": "Console", "plugin_input": "fake" } ]
        }
        """;

    private const string SubmittedExample = """{"jobId":"733584788375666689","jobName":"five_rows"}""";

    private const string DagExample = """
        {
          "jobId": "733584788375666689",
          "pipelineEdges": { "1": [ { "inputVertexId": "1", "targetVertexId": "2" } ] },
          "envOptions": { "job.mode": "BATCH", "job.name": "five_rows" },
          "vertexInfoMap": [
            { "vertexId": 1, "type": "source", "vertexName": "pipeline-1 [Source[0]-FakeSource]", "tablePaths": [ "fake" ] },
            { "vertexId": 2, "type": "sink", "vertexName": "pipeline-1 [Sink[0]-Console-MultiTableSink]", "tablePaths": [ "fake" ] }
          ]
        }
        """;

    private const string MetricsExample = """
        {
          "IntermediateQueueSize": "0",
          "SourceReceivedCount": "5", "SourceReceivedBytes": "65", "SourceReceivedQPS": "41.2", "SourceReceivedBytesPerSeconds": "535.6",
          "SinkWriteCount": "5", "SinkWriteBytes": "65", "SinkWriteQPS": "41.2", "SinkWriteBytesPerSeconds": "535.6",
          "SinkCommittedCount": "5", "SinkCommittedBytes": "65", "SinkCommittedQPS": "41.2", "SinkCommittedBytesPerSeconds": "535.6",
          "TableSourceReceivedCount": { "fake": "5" }, "TableSourceReceivedBytes": { "fake": "65" },
          "TableSourceReceivedQPS": { "fake": "41.2" }, "TableSourceReceivedBytesPerSeconds": { "fake": "535.6" },
          "TableSinkWriteCount": { "fake": "5" }, "TableSinkWriteBytes": { "fake": "65" },
          "TableSinkWriteQPS": { "fake": "41.2" }, "TableSinkWriteBytesPerSeconds": { "fake": "535.6" },
          "TableSinkCommittedCount": { "fake": "5" }, "TableSinkCommittedBytes": { "fake": "65" },
          "TableSinkCommittedQPS": { "fake": "41.2" }, "TableSinkCommittedBytesPerSeconds": { "fake": "535.6" }
        }
        """;

    private const string ActiveExample = $$"""
        {
          "jobId": "733584788375666689", "jobName": "five_rows", "jobStatus": "RUNNING",
          "envOptions": { "job.mode": "BATCH", "job.name": "five_rows" }, "createTime": "2026-01-31 09:30:00",
          "jobDag": {{DagExample}}, "pluginJarsUrls": [], "isStartWithSavePoint": false, "metrics": {{MetricsExample}}
        }
        """;

    private const string EndedExample = $$"""
        {
          "jobId": "733584788375666689", "jobName": "five_rows", "jobStatus": "FINISHED", "errorMsg": null,
          "createTime": "2026-01-31 09:30:00", "finishTime": "2026-01-31 09:30:01",
          "jobDag": {{DagExample}}, "pluginJarsUrls": [], "metrics": {{MetricsExample}}
        }
        """;

    private static ParameterDoc[] PageParameters =>
    [
        new("page", Schema.Whole(), "Which page, from 1; the whole list as an array when absent."),
        new("rows", Schema.Whole(), "Jobs to a page; 10 when absent."),
    ];

    private static ParameterDoc[] ExtrasParameter => [new(WireNames.Extras, Schema.Flag(), "With what each pipeline promises of its rows, and why, and how often it was restored.")];

    private static ParameterDoc[] SubmitParameters =>
    [
        new(WireNames.JobId, Schema.Id(), "An id of the caller's choice. Submitting an id that is running starts nothing new."),
        new(WireNames.JobName, Schema.Text(), "Wins over the name in `env`."),
        new(WireNames.IsStartWithSavepoint, Schema.Flag(), "Go on from the savepoint of `jobId`."),
    ];

    private static Dictionary<string, RouteDoc> Jobs() => new()
    {
        ["GET /running-jobs"] = new(JobsTag, "Jobs that have not ended, pending ones included.")
        {
            Query = PageParameters,
            Answer = AnswerDoc.Json(Schema.Either(Schema.List(Schema.Named(Schemas.ActiveJob)), Schemas.Page(Schemas.ActiveJob)), $"[{ActiveExample}]"),
            Refusals = [(400, "A page's number is no number, or below 1.")],
        },
        ["GET /running-jobs/summary"] = new(JobsTag, "Jobs that have not ended, without their graphs.")
        {
            Query = PageParameters,
            Answer = AnswerDoc.Json(
                Schema.Either(Schema.List(Schema.Named(Schemas.JobSummary)), Schemas.Page(Schemas.JobSummary)),
                $$"""[{"jobId":"733584788375666689","jobName":"five_rows","jobStatus":"RUNNING","createTime":"2026-01-31 09:30:00","isStartWithSavePoint":false,"metrics":{{MetricsExample}}}]"""),
            Refusals = [(400, "A page's number is no number, or below 1.")],
        },
        ["GET /finished-jobs"] = new(JobsTag, "Jobs that have ended and are remembered, in the order of their ends.")
        {
            Rest = new PathDoc("state", "Only jobs that ended so, in any case; a word that is no state finds none.", "FINISHED", IsOptional: true),
            Query = PageParameters,
            Answer = AnswerDoc.Json(Schema.Either(Schema.List(Schema.Named(Schemas.EndedJob)), Schemas.Page(Schemas.EndedJob)), $"[{EndedExample}]"),
            Refusals = [(400, "A page's number is no number, or below 1.")],
        },
        ["GET /job-info"] = new(JobsTag, "One job, running or ended.")
        {
            Description = "An id that the node does not know is no error: the answer is the id alone.",
            Rest = JobId(),
            Query = ExtrasParameter,
            Answer = AnswerDoc.Json(Schema.Named(Schemas.Job), ActiveExample),
            Refusals = [(400, "The id is missing or no number.")],
        },
        ["GET /running-job"] = new(JobsTag, "The older name of `/job-info`.")
        {
            Rest = JobId(),
            Query = ExtrasParameter,
            Answer = AnswerDoc.Json(Schema.Named(Schemas.Job), ActiveExample),
            Refusals = [(400, "The id is missing or no number.")],
        },
        ["POST /submit-job"] = new(JobsTag, "Hand in a job.")
        {
            Description = "The answer comes when the job is planned and accepted, not when it runs. Every mistake of the job is in one answer. "
                + "The header Idempotency-Key makes an order safe to send again.",
            Query = [.. SubmitParameters, new("format", Schema.OneOf("json", "hocon", "sql"), "The language of the body; JSON when absent.")],
            Body = BodyDoc.Json(Schema.Named(Schemas.Definition), JobExample),
            Answer = AnswerDoc.Json(Schema.Named(Schemas.Submitted), SubmittedExample),
            Refusals = [(400, "The job is wrong: what, where, and how to mend it."), (500, "The id belongs to a job that has ended.")],
        },
        ["POST /submit-job/upload"] = new(JobsTag, "Hand in a job file.")
        {
            Description = "The name of the file tells its language: .json, .sql, and HOCON for every other.",
            Query = SubmitParameters,
            Body = new BodyDoc("multipart/form-data", Schema.Object(("config_file", Schema.Text("The job file."))), """{"config_file":"env { } source { } sink { }"}"""),
            Answer = AnswerDoc.Json(Schema.Named(Schemas.Submitted), SubmittedExample),
            Refusals = [(400, "There is no part config_file, or the job is wrong.")],
        },
        ["POST /submit-jobs"] = new(JobsTag, "Hand in several jobs, one after the other.")
        {
            Description = "Each may carry `params` with jobId, jobName and isStartWithSavePoint. The first that is refused ends it; those before stay submitted.",
            Body = BodyDoc.Json(Schema.List(Schema.Named(Schemas.Definition)), $"[{JobExample}]"),
            Answer = AnswerDoc.Json(Schema.List(Schema.Named(Schemas.Submitted)), $"[{SubmittedExample}]"),
            Refusals = [(400, "A job is wrong: what, where, and how to mend it.")],
        },
        ["GET /pending-jobs"] = new(JobsTag, "Jobs that wait for slots, with what they lack and who holds it.")
        {
            Description = "Every other query parameter is a tag, `name=value`: only workers that carry all of them are told of.",
            Query =
            [
                new(WireNames.JobId, Schema.Id(), "Only this job."),
                new("limit", Schema.Whole(), "Only so many, those that have waited longest; 0 is all."),
                new("pretty", Schema.Flag(), "Indented, with times in words."),
            ],
            Answer = AnswerDoc.Json(Pending(), PendingExample),
            Refusals = [(400, "The id or the limit is no number.")],
        },
        ["POST /stop-job"] = new(JobsTag, "Stop a job.")
        {
            Description = "The answer comes at once; the job may take a moment to end. An id that is not running is no error.",
            Body = BodyDoc.Json(Schema.Named(Schemas.StopOrder), """{"jobId":733584788375666689,"isStopWithSavePoint":false}"""),
            Answer = AnswerDoc.Json(Schema.Object((WireNames.JobId, Schema.Either(Schema.Id(), Schema.Whole()))), """{"jobId":"733584788375666689"}"""),
            Refusals = [(400, "The id is missing or no number.")],
        },
        ["POST /stop-jobs"] = new(JobsTag, "Stop several jobs.")
        {
            Body = BodyDoc.Json(Schema.List(Schema.Named(Schemas.StopOrder)), """[{"jobId":733584788375666689}]"""),
            Answer = AnswerDoc.Json(Schema.List(Schema.Object((WireNames.JobId, Schema.Either(Schema.Whole(), Schema.Id())))), """[{"jobId":733584788375666689}]"""),
            Refusals = [(400, "An id is missing or no number.")],
        },
        ["POST /encrypt-config"] = new(JobsTag, "Encrypt the secrets of a job.")
        {
            Description = "`env.\"shade.identifier\"` names the cipher; without it nothing changes.",
            Body = BodyDoc.Json(Schema.Named(Schemas.Definition), """{"env":{"shade.identifier":"base64"},"source":[{"plugin_name":"Jdbc","password":"secret"}],"sink":[]}"""),
            Answer = AnswerDoc.Json(Schema.Named(Schemas.Definition), """{"env":{"shade.identifier":"base64"},"source":[{"plugin_name":"Jdbc","password":"c2VjcmV0"}],"transform":[],"sink":[]}"""),
            Refusals = [(400, "The body is no job, or a value cannot be encrypted.")],
        },
    };
}
