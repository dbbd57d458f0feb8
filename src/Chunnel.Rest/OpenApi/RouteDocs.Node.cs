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
        ["GET /resource/workers"] = new(NodeTag, "The workers and their slots.")
        {
            Answer = AnswerDoc.Json(
                Schema.Object(
                    (WireNames.Available, Schema.Flag()),
                    (WireNames.CollectedAt, Schema.Whole("Milliseconds since 1970-01-01 UTC.")),
                    (WireNames.Workers, Schema.List(Worker(withUsed: true)))),
                """{"available":true,"collectedAt":1769851800000,"workers":[{"address":"localhost:5801","tags":{},"totalSlots":2,"freeSlots":1,"usedSlots":1,"dynamicSlot":false,"runningJobIds":[733584788375666689]}]}"""),
        },
        ["GET /option-rules"] = new(NodeTag, "What a plug-in can be told.")
        {
            Query = [new("type", Schema.OneOf("source", "sink", "transform"), "Its kind."), new("plugin", Schema.Text(), "Its name, as jobs write it.")],
            Answer = AnswerDoc.Json(OptionRules(), OptionRulesExample),
            Refusals = [(400, "A parameter is missing, or there is no such plug-in.")],
        },
        ["GET /http-service/status"] = new(NodeTag, "How this API is reached on this node.")
        {
            Answer = AnswerDoc.Json(
                Schema.Object(
                    ("httpEnabled", Schema.Flag()),
                    ("httpsEnabled", Schema.Flag()),
                    ("contextPath", Schema.Text()),
                    ("configuredHttpPort", Schema.Whole()),
                    ("configuredHttpsPort", Schema.Whole("Null where HTTPS is off.").OrNull()),
                    ("httpPort", Schema.Whole("The one that was found; null where HTTP is off.").OrNull()),
                    ("httpsPort", Schema.Whole("Null where HTTPS is off.").OrNull()),
                    ("dynamicPortEnabled", Schema.Flag("The ports after the first are tried too.")),
                    ("portRange", Schema.Whole("So many of them.")),
                    ("basicAuthEnabled", Schema.Flag()),
                    ("mutualTlsEnabled", Schema.Flag("Callers need a certificate."))),
                """{"httpEnabled":true,"httpsEnabled":false,"contextPath":"/","configuredHttpPort":8080,"configuredHttpsPort":null,"httpPort":8081,"httpsPort":null,"dynamicPortEnabled":true,"portRange":100,"basicAuthEnabled":false,"mutualTlsEnabled":false}"""),
        },
        ["GET /system-monitoring-information"] = new(NodeTag, "The process and the machine of every node.")
        {
            Answer = AnswerDoc.Json(
                Schema.List(Schema.Map(Schema.Text(), "Sizes like 16.0G, shares like 23.54%, times like 110ms.")),
                """[{"isMaster":"true","host":"localhost","port":"5801","processors":"8","physical.memory.total":"16.0G"}]"""),
        },
        ["GET /thread-dump"] = new(NodeTag, "The threads of this node and what they do.")
        {
            Answer = AnswerDoc.Json(
                Schema.List(Schema.Object(
                    ("threadName", Schema.Text()),
                    ("threadId", Schema.Whole()),
                    ("threadState", Schema.OneOf("NEW", "RUNNABLE", "BLOCKED", "WAITING", "TIMED_WAITING", "TERMINATED")),
                    ("stackTrace", Schema.Text("Where it waits, as far as that can be told.")))),
                """[{"threadName":".NET TP Worker","threadId":17,"threadState":"WAITING","stackTrace":"futex_wait_queue"}]"""),
        },
        ["GET /running-threads"] = new(NodeTag, "The names of this node's threads, in order.")
        {
            Answer = AnswerDoc.Json(Schema.List(Schema.Object(("threadName", Schema.Text()), ("classLoader", Schema.Text()))), """[{"threadName":".NET TP Worker","classLoader":"Default"}]"""),
        },
        ["POST /update-tags"] = new(NodeTag, "Replace the tags of this node.")
        {
            Description = "Jobs with a `tag_filter` run on workers that carry its tags. An empty object takes all tags away.",
            Body = BodyDoc.Json(Schema.Map(Schema.Either(Schema.Text(), Schema.Number(), Schema.Flag())), """{"zone":"az1"}"""),
            Answer = AnswerDoc.Json(Schema.Object((WireNames.Status, Schema.OneOf("success")), (WireNames.Message, Schema.Text())), """{"status":"success","message":"update node tags done."}"""),
            Refusals = [(400, "The body is no object.")],
        },
        ["GET /metrics"] = new(TelemetryTag, "Figures in Prometheus' text form; nothing where telemetry is off.") { Answer = AnswerDoc.Text("text/plain") },
        ["GET /openmetrics"] = new(TelemetryTag, "Figures in OpenMetrics' text form.") { Answer = AnswerDoc.Text("application/openmetrics-text") },
        ["GET /log"] = new(LogsTag, "Log files of this node as a page, or one of them as text.")
        {
            Rest = new PathDoc("name", LogFilesMeaning, "job-733584788375666689.log", IsOptional: true),
            Answer = AnswerDoc.Text("text/html"),
            Refusals = [(400, "There is no such file; the body is empty.")],
        },
        ["GET /get-all-log-name"] = new(LogsTag, "The names of this node's log files.")
        {
            Answer = AnswerDoc.Json(Schema.List(Schema.Text()), """["job-733584788375666689.log"]"""),
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

    private const string OptionRulesExample = """
        {"engineType":"seatunnel","pluginType":"sink","pluginName":"Console","optionRule":{
          "optionalOptions":[{"key":"log.print.data","type":"Boolean","defaultValue":"true","description":"Print rows.","fallbackKeys":[],"optionValues":null}],
          "requiredOptions":[],"conditionRules":[],"valueConstraints":[]}}
        """;

    /// <summary>A worker, as the queue and the list of workers show it.</summary>
    private static Schema Worker(bool withUsed) => Schema.Object(
        [
            (WireNames.Address, Schema.Text("host:port")),
            (WireNames.Tags, Schema.Map(Schema.Text())),
            (WireNames.SlotsOfWorkers, Schema.Whole()),
            (WireNames.FreeSlots, Schema.Whole()),
            .. withUsed ? [(WireNames.UsedSlots, Schema.Whole())] : Array.Empty<(string, Schema)>(),
            (WireNames.DynamicSlot, Schema.Flag()),
            (WireNames.CpuUsage + "?", Schema.Number("0 to 1.")),
            (WireNames.MemoryUsage + "?", Schema.Number("0 to 1.")),
            (WireNames.RunningJobIds, Schema.List(Schema.Whole())),
        ]);

    private static Schema OptionRules()
    {
        var option = Schema.Object(
            ("key", Schema.Text()),
            ("type", Schema.Text()),
            ("defaultValue", Schema.Text().OrNull()),
            ("description", Schema.Text()),
            ("fallbackKeys", Schema.List(Schema.Text())),
            ("optionValues", Schema.List(Schema.Text()).OrNull()));
        var rule = Schema.Object(
            ("ruleType", Schema.OneOf("ABSOLUTELY_REQUIRED", "EXCLUSIVE", "BUNDLED", "CONDITIONAL")),
            ("options", Schema.List(option)),
            ("expression", Schema.Text().OrNull()));
        return Schema.Object(
            ("engineType", Schema.Text()),
            ("pluginType", Schema.OneOf("source", "sink", "transform")),
            ("pluginName", Schema.Text()),
            ("optionRule", Schema.Object(
                ("optionalOptions", Schema.List(option)),
                ("requiredOptions", Schema.List(rule)),
                ("conditionRules", Schema.List(rule)),
                ("valueConstraints", Schema.List(rule)))));
    }
}
