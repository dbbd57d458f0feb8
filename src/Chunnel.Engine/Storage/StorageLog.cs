using Microsoft.Extensions.Logging;

namespace Chunnel.Engine;

/// <summary>What storage says.</summary>
internal static partial class StorageLog
{
    [LoggerMessage(1101, LogLevel.Information, "Control log {Place}: epoch {Epoch} begins with {Records} records from {Segments} segments, read in {ElapsedMs:0} ms.")]
    public static partial void LogOpened(this ILogger log, string place, long epoch, long records, long segments, double elapsedMs);

    [LoggerMessage(1102, LogLevel.Error, "Control log {Place} does not answer; appends wait, and it is tried again: {Reason}")]
    public static partial void StorageOutOfReach(this ILogger log, string place, string reason);

    [LoggerMessage(1103, LogLevel.Warning, "Control log {Place} answers again after {Seconds:0.0} s.")]
    public static partial void StorageBack(this ILogger log, string place, double seconds);

    [LoggerMessage(1104, LogLevel.Error, "'{Key}' of the control log {Place} {What}. It is the last write before a seal, nobody was told that it is kept, and it is left out.")]
    public static partial void TornSegment(this ILogger log, string key, string place, string what);

    [LoggerMessage(1105, LogLevel.Error, "Control log {Place} takes nothing more: {Reason}")]
    public static partial void LogEnded(this ILogger log, string place, string reason);

    [LoggerMessage(1106, LogLevel.Warning, "Control log {Place} was not cleaned up: {Reason} The next epoch tries again.")]
    public static partial void LogNotCleaned(this ILogger log, string place, string reason);

    [LoggerMessage(1111, LogLevel.Error, "Checkpoint '{Key}' at {Place} is damaged, and the one before it is looked at: {Reason}")]
    public static partial void CheckpointPassedOver(this ILogger log, string key, string place, string reason);

    [LoggerMessage(1112, LogLevel.Warning, "Old checkpoints of job {JobId} at {Place} were not removed; the next one tries again: {Reason}")]
    public static partial void CheckpointsNotTidied(this ILogger log, long jobId, string place, string reason);

    [LoggerMessage(1130, LogLevel.Error, "The history of job {JobId} cannot be read and is left out: {Reason}")]
    public static partial void HistoryUnreadable(this ILogger log, long jobId, string reason);

    [LoggerMessage(1131, LogLevel.Error, "The history of job {JobId} could not be written; it is tried again when the node starts: {Reason}")]
    public static partial void HistoryNotKept(this ILogger log, long jobId, string reason);

    [LoggerMessage(1136, LogLevel.Error, "The history of ended jobs cannot be read, and it is tried again in {Seconds:0.0} s: {Reason}")]
    public static partial void HistoryOutOfReach(this ILogger log, double seconds, string reason);

    [LoggerMessage(1137, LogLevel.Error, "The history of ended jobs cannot be read and is left out: {Reason}")]
    public static partial void HistoryDamaged(this ILogger log, string reason);

    [LoggerMessage(1132, LogLevel.Information, "The control log knows {Jobs} jobs that have not ended: they go on.")]
    public static partial void JobsGoOn(this ILogger log, int jobs);

    [LoggerMessage(1133, LogLevel.Warning, "Job {JobId} cannot go on yet, and it is tried again in {Seconds:0} s: {Reason}")]
    public static partial void JobWaitsToGoOn(this ILogger log, long jobId, double seconds, string reason);

    [LoggerMessage(1134, LogLevel.Error, "Job {JobId} of the control log is not understood by this version and stays there: {Reason}")]
    public static partial void JobNotUnderstood(this ILogger log, long jobId, string reason);

    [LoggerMessage(1135, LogLevel.Warning, "The checkpoint files of job {JobId} could not be put in order: {Reason}")]
    public static partial void FilesNotInOrder(this ILogger log, long jobId, string reason);
}
