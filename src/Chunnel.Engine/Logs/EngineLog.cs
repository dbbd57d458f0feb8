using Microsoft.Extensions.Logging;

namespace Chunnel.Engine;

/// <summary>What the engine says, declared and numbered.</summary>
internal static partial class EngineLog
{
    [LoggerMessage(1001, LogLevel.Information, "{Change}")]
    public static partial void StateChanged(this ILogger log, string change);

    [LoggerMessage(1002, LogLevel.Information, "{Line}")]
    public static partial void Said(this ILogger log, string line);

    [LoggerMessage(1003, LogLevel.Warning, "{Line}")]
    public static partial void Warned(this ILogger log, string line);

    [LoggerMessage(1004, LogLevel.Error, "{Task} failed: {Text}")]
    public static partial void TaskFailed(this ILogger log, string task, string text);

    [LoggerMessage(1005, LogLevel.Information, "Executing save mode for table: {Table}, with SchemaSaveMode: {Schema}, DataSaveMode: {Data} using Catalog: {Catalog}")]
    public static partial void SaveMode(this ILogger log, string table, string schema, string data, string catalog);

    [LoggerMessage(1006, LogLevel.Warning, "A row of table {Table} was left out at {Place}: {Reason}")]
    public static partial void RowSkipped(this ILogger log, string table, string place, string reason);

    [LoggerMessage(1009, LogLevel.Warning, "{Step} refused a row of table {Table} at {Place}, which is {Fate}: {Reason}")]
    public static partial void RowRefused(this ILogger log, string step, string table, string place, string fate, string reason);

    [LoggerMessage(1007, LogLevel.Error, "Job {JobId} met a fault of Chunnel's own.")]
    public static partial void InternalFault(this ILogger log, long jobId, Exception fault);

    [LoggerMessage(1008, LogLevel.Information, "{Line}")]
    public static partial void Printed(this ILogger log, string line);
}
