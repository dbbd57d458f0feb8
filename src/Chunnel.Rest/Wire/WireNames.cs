namespace Chunnel.Rest;

/// <summary>
/// What members are called on the wire, said once. Where documents and servers disagree both names are sent (spec rest-api.md 16).
/// </summary>
internal static partial class WireNames
{
    public const string JobId = "jobId";
    public const string JobName = "jobName";
    public const string JobStatus = "jobStatus";
    public const string EnvOptions = "envOptions";
    public const string CreateTime = "createTime";
    public const string FinishTime = "finishTime";

    /// <summary>The documents' other name of <see cref="FinishTime"/>, where one job is asked for (decision D3).</summary>
    public const string FinishedTime = "finishedTime";
    public const string ErrorMessage = "errorMsg";
    public const string JobDag = "jobDag";
    public const string PluginJars = "pluginJarsUrls";
    public const string IsStartWithSavepoint = "isStartWithSavePoint";
    public const string IsStopWithSavepoint = "isStopWithSavePoint";
    public const string Metrics = "metrics";

    /// <summary>What SeaTunnel does not tell of a job, for who asks for it.</summary>
    public const string Extras = "extras";
    public const string PipelineStatus = "pipelineStatus";
    public const string Restores = "restores";
    public const string Guarantee = "guarantee";
    public const string GuaranteeReason = "guaranteeReason";

    public const string PipelineEdges = "pipelineEdges";
    public const string InputVertexId = "inputVertexId";
    public const string TargetVertexId = "targetVertexId";
    public const string VertexInfoMap = "vertexInfoMap";
    public const string VertexId = "vertexId";
    public const string VertexType = "type";
    public const string VertexName = "vertexName";
    public const string TablePaths = "tablePaths";

    /// <summary>The first document's graph, which v1 shows too (decision D16).</summary>
    public const string Vertices = "vertices";
    public const string Edges = "edges";
    public const string PlanVertexId = "id";
    public const string PlanVertexName = "name";
    public const string Parallelism = "parallelism";
    public const string InputVertex = "inputVertex";
    public const string TargetVertex = "targetVertex";

    public const string IntermediateQueueSize = "IntermediateQueueSize";
    public const string SourceReceived = "SourceReceived";
    public const string SinkWrite = "SinkWrite";
    public const string SinkCommitted = "SinkCommitted";

    /// <summary>Rows that are left out: by filters, or because a step refused them.</summary>
    public const string Filtered = "Filtered";

    /// <summary>Rows among them that a step refused.</summary>
    public const string Skipped = "Skipped";

    /// <summary>Rows that a step refused and that are set aside.</summary>
    public const string DeadLettered = "DeadLettered";

    /// <summary>What stands before a metric's name where it is told by table.</summary>
    public const string Table = "Table";
    public const string Count = "Count";
    public const string Bytes = "Bytes";
    public const string RowRate = "QPS";
    public const string ByteRate = "BytesPerSeconds";

    /// <summary>The first document's names on lists of running jobs (decision D4).</summary>
    public const string LowerSourceReceivedCount = "sourceReceivedCount";
    public const string LowerSinkWriteCount = "sinkWriteCount";

    public const string Status = "status";
    public const string Fail = "fail";
    public const string Success = "success";
    public const string Message = "message";

    /// <summary>A part of a list, and how long the whole is.</summary>
    public const string Data = "data";
    public const string Total = "total";

    public const string ProjectVersion = "projectVersion";
    public const string GitCommit = "gitCommitAbbrev";
    public const string TotalSlots = "totalSlot";
    public const string UnassignedSlots = "unassignedSlot";

    /// <summary>The document's name of <see cref="Workers"/> (decision D3).</summary>
    public const string Works = "works";
    public const string Workers = "workers";
    public const string RunningJobs = "runningJobs";
    public const string PendingJobs = "pendingJobs";
    public const string FinishedJobs = "finishedJobs";
    public const string FailedJobs = "failedJobs";
    public const string CancelledJobs = "cancelledJobs";

    public const string Node = "node";
    public const string LogLink = "logLink";
    public const string LogName = "logName";
}
