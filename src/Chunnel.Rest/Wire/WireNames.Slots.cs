namespace Chunnel.Rest;

/// <content>What the queue and the workers are told with (spec rest-api.md 5.7).</content>
internal static partial class WireNames
{
    public const string QueueSummary = "queueSummary";
    public const string Size = "size";
    public const string ScheduleStrategy = "scheduleStrategy";
    public const string OldestEnqueueTimestamp = "oldestEnqueueTimestamp";
    public const string NewestEnqueueTimestamp = "newestEnqueueTimestamp";

    public const string ClusterSnapshot = "clusterSnapshot";
    public const string Available = "available";
    public const string CollectedAt = "collectedAt";
    public const string UsedSlots = "usedSlots";

    /// <summary>Of one worker, or of all that are told of; <see cref="TotalSlots"/> is what the overview has.</summary>
    public const string SlotsOfWorkers = "totalSlots";
    public const string FreeSlots = "freeSlots";
    public const string AssignedSlots = "assignedSlots";
    public const string WorkerCount = "workerCount";
    public const string Address = "address";
    public const string Tags = "tags";
    public const string DynamicSlot = "dynamicSlot";
    public const string CpuUsage = "cpuUsage";
    public const string MemoryUsage = "memUsage";
    public const string RunningJobIds = "runningJobIds";

    public const string PendingSourceState = "pendingSourceState";
    public const string EnqueueTimestamp = "enqueueTimestamp";
    public const string CheckTime = "checkTime";
    public const string WaitDuration = "waitDurationMs";
    public const string CheckCount = "checkCount";
    public const string TotalTaskGroups = "totalTaskGroups";
    public const string AllocatedTaskGroups = "allocatedTaskGroups";
    public const string LackingTaskGroups = "lackingTaskGroups";
    public const string FailureReason = "failureReason";
    public const string FailureMessage = "failureMessage";
    public const string TagFilter = "tagFilter";
    public const string BlockingJobIds = "blockingJobIds";
    public const string Pipelines = "pipelines";
    public const string PipelineId = "pipelineId";
    public const string PipelineName = "pipelineName";
    public const string TaskGroupDiagnostics = "taskGroupDiagnostics";
    public const string LackingTaskGroupDiagnostics = "lackingTaskGroupDiagnostics";
    public const string TaskGroupLocation = "taskGroupLocation";
    public const string TaskGroupId = "taskGroupId";
    public const string TaskFullName = "taskFullName";
    public const string Allocated = "allocated";
}
