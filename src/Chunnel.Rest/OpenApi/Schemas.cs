using static Chunnel.Rest.Schema;

namespace Chunnel.Rest;

/// <summary>The objects that several routes answer with (spec rest-api.md 2.5, 4).</summary>
internal static class Schemas
{
    public const string Job = "Job";
    public const string ActiveJob = "ActiveJob";
    public const string JobSummary = "JobSummary";
    public const string EndedJob = "EndedJob";
    public const string UnknownJob = "UnknownJob";
    public const string JobDag = "JobDag";
    public const string Metrics = "Metrics";
    public const string Submitted = "Submitted";
    public const string Fail = "Fail";
    public const string Definition = "JobDefinition";
    public const string StopOrder = "StopOrder";

    /// <summary>Every named schema, in the order of the document.</summary>
    public static IReadOnlyList<(string Name, Schema Type)> All =>
    [
        (Fail, Object((WireNames.Status, OneOf(WireNames.Fail)), (WireNames.Message, Text("Why, and what to do about it.")))),
        (Definition, Anything("A job as in a JSON job file: `env`, `source`, `transform`, `sink`.")),
        (Submitted, Object((WireNames.JobId, Either(Id(), Whole())), (WireNames.JobName, Text()))),
        (StopOrder, Object((WireNames.JobId, Either(Whole(), Id())), (WireNames.IsStopWithSavepoint + "?", Either(Flag("Keep where the job was, to go on later."), OneOf("true", "false"))))),
        (Job, Either(Named(ActiveJob), Named(EndedJob), Named(UnknownJob))),
        (ActiveJob, Object(
            (WireNames.JobId, Id()),
            (WireNames.JobName, Text()),
            (WireNames.JobStatus, OneOf("INITIALIZING", "CREATED", "PENDING", "SCHEDULED", "RUNNING", "FAILING", "DOING_SAVEPOINT", "CANCELING")),
            (WireNames.EnvOptions, Env()),
            (WireNames.CreateTime, Time()),
            (WireNames.JobDag, Named(JobDag)),
            (WireNames.PluginJars, Jars()),
            (WireNames.IsStartWithSavepoint, Flag()),
            (WireNames.Metrics, Named(Metrics)),
            (WireNames.Extras + "?", Extras()))),
        (JobSummary, Object(
            (WireNames.JobId, Id()),
            (WireNames.JobName, Text()),
            (WireNames.JobStatus, Text()),
            (WireNames.CreateTime, Time()),
            (WireNames.IsStartWithSavepoint, Flag()),
            (WireNames.Metrics, Named(Metrics)))),
        (EndedJob, Object(
            (WireNames.JobId, Id()),
            (WireNames.JobName, Text()),
            (WireNames.JobStatus, OneOf("FINISHED", "FAILED", "CANCELED", "SAVEPOINT_DONE", "UNKNOWABLE")),
            (WireNames.ErrorMessage, Text("Why it failed.").OrNull()),
            (WireNames.CreateTime, Time()),
            (WireNames.FinishTime, Time()),
            (WireNames.FinishedTime + "?", Time()),
            (WireNames.JobDag, Named(JobDag)),
            (WireNames.PluginJars, Jars()),
            (WireNames.Metrics, Named(Metrics)),
            (WireNames.Extras + "?", Extras()))),
        (UnknownJob, Object((WireNames.JobId, Text("As it was asked for: the node knows no such job.")))),
        (JobDag, Object(
            (WireNames.JobId, Id()),
            (WireNames.PipelineEdges, Map(List(Object((WireNames.InputVertexId, Id()), (WireNames.TargetVertexId, Id()))), "By pipeline.")),
            (WireNames.EnvOptions, Env()),
            (WireNames.VertexInfoMap, List(Object(
                (WireNames.VertexId, Whole()),
                (WireNames.VertexType, OneOf("source", "transform", "sink")),
                (WireNames.VertexName, Text()),
                (WireNames.TablePaths, List(Text()))))))),
        (Metrics, Object([.. MetricMembers()])),
    ];

    /// <summary>A part of a list.</summary>
    public static Schema Page(string item) => Object(("data", List(Named(item))), ("total", Whole("Of the whole list.")));

    private static Schema Env() => Map(Text(), "The job's `env`, keys flat, values as they were written; secrets are masked.");

    private static Schema Jars() => List(Anything("A library of the job."), "Empty: connectors are part of the node.");

    private static Schema Extras() => Object((WireNames.Pipelines, List(Object(
        (WireNames.PipelineId, Whole()),
        (WireNames.PipelineStatus, Text()),
        (WireNames.Restores, Whole("How often it was restored.")),
        (WireNames.Guarantee, OneOf("exactly-once", "at-least-once", "at-most-once")),
        (WireNames.GuaranteeReason, Text("Why it is no more, or how it is kept."))))));

    /// <summary>Counters and rates, in all and by table (spec rest-api.md 4.5).</summary>
    private static IEnumerable<(string Name, Schema Type)> MetricMembers()
    {
        yield return (WireNames.IntermediateQueueSize, NumberText("Rows between two tasks."));
        string[] kinds = [WireNames.Count, WireNames.Bytes, WireNames.RowRate, WireNames.ByteRate];
        string[] ends = [WireNames.SourceReceived, WireNames.SinkWrite, WireNames.SinkCommitted];
        foreach (var end in ends)
        {
            foreach (var kind in kinds) yield return (end + kind, NumberText());
        }
        foreach (var end in ends)
        {
            foreach (var kind in kinds) yield return (WireNames.Table + end + kind, Map(NumberText(), "By table."));
        }
        const string OfRefusing = "Only of a job that refused rows.";
        yield return (WireNames.Filtered + WireNames.Count + "?", NumberText(OfRefusing));
        foreach (var refused in new[] { WireNames.Skipped, WireNames.DeadLettered })
        {
            yield return (refused + WireNames.Count + "?", NumberText(OfRefusing));
            yield return (WireNames.Table + refused + WireNames.Count + "?", Map(NumberText(), OfRefusing));
        }
        yield return (WireNames.LowerSourceReceivedCount + "?", NumberText("On lists only."));
        yield return (WireNames.LowerSinkWriteCount + "?", NumberText("On lists only."));
    }
}
