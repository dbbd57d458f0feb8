using Microsoft.Extensions.Logging;

namespace Chunnel.Engine;

/// <summary>Where a node and its jobs write their lines. A job's log is opened at its start and disposed at its end.</summary>
public interface IJobLogs
{
    /// <summary>The node's own log.</summary>
    ILogger Node { get; }

    JobLog Open(long jobId);

    /// <summary>The job is remembered no longer: what was kept of its log may go.</summary>
    void Forget(long jobId);
}

/// <summary>A job's log and who closes it.</summary>
public sealed record JobLog(ILogger Log, IDisposable? Owner = null) : IDisposable
{
    public void Dispose() => Owner?.Dispose();
}
