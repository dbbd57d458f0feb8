using Microsoft.Extensions.Logging;

namespace Chunnel.Rest;

/// <summary>What REST says in the node's log.</summary>
internal static partial class RestLog
{
    [LoggerMessage(2001, LogLevel.Information, "REST API v2 listens on port {Port}, context path '{ContextPath}'")]
    public static partial void Listens(this ILogger log, int port, string contextPath);

    [LoggerMessage(2008, LogLevel.Information, "REST API v2 listens for HTTPS on port {Port}, context path '{ContextPath}', as {Subject} until {Ends}; certificates are {Asked}")]
    public static partial void ListensTls(this ILogger log, int port, string contextPath, string subject, string ends, string asked);

    [LoggerMessage(2007, LogLevel.Information, "REST API v1 listens on port {Port}, groups {Groups}")]
    public static partial void ListensV1(this ILogger log, int port, EndpointGroups groups);

    [LoggerMessage(2002, LogLevel.Information, "Submitted job {Name} ({JobId})")]
    public static partial void Submitted(this ILogger log, long jobId, string name);

    [LoggerMessage(2003, LogLevel.Information, "The job {JobId} is not running: nothing to stop")]
    public static partial void NothingToStop(this ILogger log, long jobId);

    [LoggerMessage(2004, LogLevel.Warning, "{Warning}")]
    public static partial void JobWarning(this ILogger log, string warning);

    [LoggerMessage(2009, LogLevel.Information, "Logger {Name} speaks from level {Level} on")]
    public static partial void LevelChanged(this ILogger log, string name, string level);

    [LoggerMessage(2005, LogLevel.Warning, "{Method} {Path} was refused with {Status}: {Message} {Detail}")]
    public static partial void Refused(this ILogger log, string method, string path, int status, string message, string detail);

    [LoggerMessage(2006, LogLevel.Error, "{Method} {Path} failed")]
    public static partial void Failed(this ILogger log, Exception failure, string method, string path);
}
