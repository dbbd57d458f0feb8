namespace Chunnel.Rest;

/// <content>What <c>/jobs/checkpoints</c> calls things.</content>
internal static partial class WireNames
{
    public const string UpdatedAt = "updatedAt";
    public const string Counts = "counts";
    public const string Triggered = "triggered";
    public const string Completed = "completed";
    public const string Failed = "failed";
    public const string InProgress = "inProgress";
    public const string Restored = "restored";
    public const string LatestCompleted = "latestCompleted";
    public const string LatestFailed = "latestFailed";
    public const string LatestSavepoint = "latestSavepoint";
    public const string History = "history";

    public const string Checkpoint = "checkpoint";
    public const string CheckpointId = "checkpointId";
    public const string CheckpointTypeName = "checkpointType";
    public const string TriggerTimestamp = "triggerTimestamp";
    public const string CompletedTimestamp = "completedTimestamp";
    public const string DurationMillis = "durationMillis";
    public const string StateSize = "stateSize";
    public const string Acknowledged = "acknowledged";
}
