using Chunnel.Cli.Running;
using Chunnel.Config;
using Chunnel.Control;
using Chunnel.Core;
using Chunnel.Engine;
using Microsoft.Extensions.Logging;

namespace Chunnel.Cli.SeaTunnel;

/// <summary>A local run in SeaTunnel's log lines (spec config.md 1, engine.md 14.3, 14.6).</summary>
internal sealed class SeaTunnelReporter(ILogger log, TimeProvider clock) : IRunReporter
{
    private readonly List<string> _errors = [];
    private ProgressTable? _progress;

    public TimeSpan Interval => TimeSpan.FromSeconds(60);

    /// <summary>Why the job was refused or failed.</summary>
    public string Error => string.Join('\n', _errors);

    public void Loaded(JobDefinition job, SecretValues secrets) => SeaTunnelLog.Parsed(log, job, secrets);

    public void Problem(Problem problem)
    {
        if (problem.Severity == Severity.Warning) SeaTunnelLog.Warn(log, problem.ToString());
        else Failed(problem.ToString());
    }

    public void Started(JobView job)
    {
        SeaTunnelLog.Info(log, $"Start submit job, job id: {job.JobId}, with plugin jar []");
        SeaTunnelLog.Info(log, $"Submit job finished, job id: {job.JobId}, job name: {job.Name}");
        _progress = new ProgressTable(clock);
    }

    public void Progress(JobView job, IReadOnlyList<PipelinePace> paces, TimeSpan running) =>
        SeaTunnelLog.Info(log, _progress!.Of(job.JobId, job.Metrics.Read.Rows, job.Metrics.Written.Rows));

    public void Stopping()
    {
        SeaTunnelLog.Info(log, "run shutdown hook because get close signal");
        SeaTunnelLog.Warn(log, "Task will be closed due to client shutdown.");
    }

    public void Ended(JobView job, DateTimeOffset started, DateTimeOffset ended)
    {
        SeaTunnelLog.Info(log, $"Job ({job.JobId}) end with state {job.Status.Name}");
        if (job.ErrorText is { } error) Failed(error);
        else SeaTunnelLog.Info(log, ClosingStatistics.Of(job, started, ended));
    }

    /// <summary>The job could not even be read.</summary>
    public void Failed(string error) => _errors.Add(error);

    public void Dispose()
    {
    }
}
