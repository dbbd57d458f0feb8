using Chunnel.Cli.Running;
using Chunnel.Client;
using Microsoft.Extensions.Logging;

namespace Chunnel.Cli.SeaTunnel.Cluster;

/// <summary>Hands a job to a node and waits for its end, in SeaTunnel's log lines (spec engine.md 14.3).</summary>
/// <param name="client">The node.</param>
/// <param name="log">Takes the lines.</param>
/// <param name="clock">For waiting and for the tables.</param>
internal sealed class ClusterRun(ChunnelClient client, ILogger log, TimeProvider clock)
{
    private static readonly TimeSpan _askEvery = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan _tellPendingEvery = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan _tellProgressEvery = TimeSpan.FromSeconds(60);

    /// <summary>How long the client waits for a job that it cancels.</summary>
    private static readonly TimeSpan _stopPatience = TimeSpan.FromSeconds(15);

    /// <param name="order">The job.</param>
    /// <param name="isAsync">Come back when the node has taken it.</param>
    /// <param name="leavesRunning">Being told to stop leaves the job running.</param>
    /// <param name="asked">Tells to stop.</param>
    /// <returns>The exit code: 1 for a job that failed.</returns>
    /// <exception cref="ServerException">The node refuses the job.</exception>
    public async Task<int> RunAsync(JobOrder order, bool isAsync, bool leavesRunning, CancellationToken asked)
    {
        var started = clock.GetUtcNow();
        var submitted = await client.SubmitAsync(order, asked);
        SeaTunnelLog.Info(log, $"Start submit job, job id: {submitted.JobId}, with plugin jar []");
        SeaTunnelLog.Info(log, $"Submit job finished, job id: {submitted.JobId}, job name: {submitted.Name}");
        if (isAsync) return ExitCodes.Success;
        JobInfo? job;
        try
        {
            job = await WatchAsync(submitted.JobId, asked);
        }
        catch (OperationCanceledException) when (asked.IsCancellationRequested)
        {
            SeaTunnelLog.Info(log, "run shutdown hook because get close signal");
            if (leavesRunning) return ExitCodes.Success;
            job = await StopAsync(submitted.JobId);
        }
        return Close(submitted.JobId, job, started);
    }

    private async Task<JobInfo?> WatchAsync(long jobId, CancellationToken asked)
    {
        var progress = new ProgressTable(clock);
        var (lastPending, lastProgress) = (clock.GetTimestamp(), clock.GetTimestamp());
        var wasPending = false;
        using var timer = new PeriodicTimer(_askEvery, clock);
        while (true)
        {
            if (await client.FindJobAsync(jobId, asked) is not { } job) return null;
            if (job.HasEnded) return job;
            if (job.Status == "PENDING")
            {
                if (!wasPending || clock.GetElapsedTime(lastPending) >= _tellPendingEvery)
                {
                    SeaTunnelLog.Info(log, $"Job Id : {jobId} enter pending queue, current status:{job.Status} ,please wait task schedule");
                    (wasPending, lastPending) = (true, clock.GetTimestamp());
                }
            }
            else if (wasPending)
            {
                SeaTunnelLog.Info(log, $"Job ID: {jobId} has been scheduled and entered the next state. Current status: {job.Status}");
                wasPending = false;
            }
            if (clock.GetElapsedTime(lastProgress) >= _tellProgressEvery)
            {
                SeaTunnelLog.Info(log, progress.Of(jobId, job.Metrics.RowsRead, job.Metrics.RowsWritten));
                lastProgress = clock.GetTimestamp();
            }
            await timer.WaitForNextTickAsync(asked);
        }
    }

    private async Task<JobInfo?> StopAsync(long jobId)
    {
        SeaTunnelLog.Warn(log, "Task will be closed due to client shutdown.");
        using var patience = new CancellationTokenSource(_stopPatience, clock);
        try
        {
            await client.StopAsync(jobId, patience.Token);
            return await client.WaitForEndAsync(jobId, _askEvery, patience.Token);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    private int Close(long jobId, JobInfo? job, DateTimeOffset started)
    {
        if (job is null)
        {
            SeaTunnelLog.Warn(log, $"The node knows job {jobId} no longer, or it has not ended yet: how it ends is not known here.");
            return ExitCodes.Failure;
        }
        SeaTunnelLog.Info(log, $"Job ({jobId}) end with state {job.Status}");
        if (job.Status == "FAILED" || job.Error is not null)
        {
            SeaTunnelLog.FatalError(log, job.Error ?? "SeaTunnel job executed failed");
            return ExitCodes.Failure;
        }
        // What REST tells does not part rows that a filter left out from rows that failed; a job that ended well has none of these.
        SeaTunnelLog.Info(log, ClosingStatistics.Of(job.Metrics.RowsRead, job.Metrics.RowsWritten, failed: 0, started, clock.GetUtcNow()));
        return ExitCodes.Success;
    }
}
