using Chunnel.Config;
using Chunnel.Core;
using Microsoft.Extensions.Logging;

namespace Chunnel.Cli.SeaTunnel;

/// <summary>The lines that users of <c>seatunnel.sh</c> and their schedulers look for.</summary>
internal static partial class SeaTunnelLog
{
    private static readonly string _frame = new('=', 79);

    [LoggerMessage(2001, LogLevel.Information, "{Line}")]
    public static partial void Info(ILogger log, string line);

    [LoggerMessage(2002, LogLevel.Warning, "{Line}")]
    public static partial void Warn(ILogger log, string line);

    [LoggerMessage(2003, LogLevel.Error, "{Line}")]
    public static partial void Error(ILogger log, string line);

    /// <summary>The job as it was read, secrets masked by their names and by their values.</summary>
    public static void Parsed(ILogger log, JobDefinition job, SecretValues secrets) => Info(log, $"Parsed config file: \n{secrets.Hide(ShownJob.Of(job))}");

    /// <summary>The banner of a command that failed. Where SeaTunnel prints its stack, the error itself stands.</summary>
    public static void FatalError(ILogger log, string error)
    {
        Frame(log);
        Error(log, "Fatal Error, \n");
        Error(log, "Reason:SeaTunnel job executed failed \n");
        Error(log, $"Caused by: {error} \n");
        Frame(log);
    }

    /// <summary>The banner of a job file that is wrong.</summary>
    public static void ConfigError(ILogger log, string reason)
    {
        Frame(log);
        Error(log, "Config Error:\n");
        Error(log, $"Reason: {reason} \n");
        Frame(log);
    }

    private static void Frame(ILogger log) => Error(log, $"\n\n{_frame}\n\n");
}
