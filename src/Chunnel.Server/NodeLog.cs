using Microsoft.Extensions.Logging;

namespace Chunnel.Server;

/// <summary>What a node says of itself.</summary>
internal static partial class NodeLog
{
    [LoggerMessage(3001, LogLevel.Information, "The node of cluster {Cluster} starts")]
    public static partial void Starting(this ILogger log, string cluster);

    [LoggerMessage(3002, LogLevel.Warning, "{Warning}")]
    public static partial void SettingsWarning(this ILogger log, string warning);

    [LoggerMessage(3003, LogLevel.Warning, "neither http.enable-http nor http.enable-https is true: REST v2 takes no requests")]
    public static partial void NoHttp(this ILogger log);

    [LoggerMessage(3004, LogLevel.Information, "The node stops: it takes no more requests and lets go of its jobs")]
    public static partial void Stopping(this ILogger log);

    [LoggerMessage(3005, LogLevel.Information, "The node has stopped")]
    public static partial void Stopped(this ILogger log);

    [LoggerMessage(3006, LogLevel.Warning, "The store of the checkpoints at {Bucket} lets both of two writers of one key through: the control log lies in {File}, on this machine alone")]
    public static partial void BucketDoesNotArbitrate(this ILogger log, string bucket, string file);

    [LoggerMessage(3010, LogLevel.Information, "{Table}")]
    public static partial void ExecutionInfo(this ILogger log, string table);
}
