namespace Chunnel.Rest;

/// <content>What <c>/metrics/realtime</c> calls things.</content>
internal static partial class WireNames
{
    public const string WindowMs = "windowMs";
    public const string Jobs = "jobs";
    public const string Enabled = "enabled";
    public const string BucketMs = "bucketMs";
    public const string RetentionMinutes = "retentionMinutes";
    public const string LatestBucketStartMs = "latestBucketStartMs";
    public const string FromMs = "fromMs";
    public const string ToMs = "toMs";
    public const string Points = "points";
    public const string Timestamp = "ts";

    public const string SubtaskCount = "subtaskCount";
    public const string SourceReadNs = "sourceReadNs";
    public const string SourceIdleNs = "sourceIdleNs";
    public const string SourceReadRatio = "sourceReadRatio";
    public const string SourceIdleRatio = "sourceIdleRatio";
    public const string TransformProcessNs = "transformProcessNs";
    public const string TransformRecordsIn = "transformRecordsIn";
    public const string TransformRecordsOut = "transformRecordsOut";
    public const string TransformBusyRatio = "transformBusyRatio";
    public const string TransformProcessNsPerRecord = "transformProcessNsPerRecord";
    public const string SinkWriteNs = "sinkWriteNs";
    public const string SinkRecordsIn = "sinkRecordsIn";
    public const string SinkPrepareCommitNs = "sinkPrepareCommitNs";
    public const string SinkCommitNs = "sinkCommitNs";
    public const string SinkAbortNs = "sinkAbortNs";
    public const string SinkBusyRatio = "sinkBusyRatio";
    public const string SinkWriteNsPerRecord = "sinkWriteNsPerRecord";

    public const string QueueId = "queueId";
    public const string EmitBlockedNs = "emitBlockedNs";
    public const string BlockedRatio = "bpRatio";
    public const string QueueSize = "queueSize";
    public const string QueueCapacity = "queueCapacity";
    public const string QueueFillRatio = "queueFillRatio";
}
