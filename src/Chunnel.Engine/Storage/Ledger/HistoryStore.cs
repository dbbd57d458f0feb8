using System.Text.Json;
using Chunnel.Config;
using Chunnel.Core;
using Microsoft.Extensions.Logging;

namespace Chunnel.Engine;

/// <summary>Ended jobs beside the control log. One that cannot be read is told and left out: it holds nobody up.</summary>
internal sealed class HistoryStore(FinishedJobs jobs, ShadeSet shades, TimeProvider clock, ILogger log)
{
    private static readonly TimeSpan _firstPause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan _longestPause = TimeSpan.FromSeconds(10);

    public ValueTask KeepAsync(JobView job, CancellationToken stop) => jobs.KeepAsync(Key(job), KeptJob.Write(job), stop);

    public ValueTask ForgetAsync(JobView job, CancellationToken stop) => jobs.ForgetAsync(Key(job), stop);

    /// <summary>Those that ended after a moment, oldest first; older ones are removed. While storage does not answer, it is asked again.</summary>
    public async Task<IReadOnlyList<JobView>> LoadAsync(DateTimeOffset oldest, CancellationToken stop)
    {
        for (var pause = _firstPause; ; pause = pause * 2 < _longestPause ? pause * 2 : _longestPause)
        {
            try
            {
                return await ReadAsync(oldest, stop);
            }
            catch (StorageException fault)
            {
                log.HistoryOutOfReach(pause.TotalSeconds, fault.Message);
            }
            catch (ChunnelException fault)
            {
                log.HistoryDamaged(fault.Message);
                return [];
            }
            await Task.Delay(pause, clock, stop);
        }
    }

    private async Task<IReadOnlyList<JobView>> ReadAsync(DateTimeOffset oldest, CancellationToken stop)
    {
        await jobs.ForgetBeforeAsync(oldest, stop);
        var views = new List<JobView>();
        foreach (var job in await jobs.ListAsync(stop))
        {
            try
            {
                if (await jobs.ReadAsync(job, stop) is { } bytes) views.Add(KeptJob.Read(bytes).View(shades));
            }
            catch (Exception unreadable) when (unreadable is JsonException or ChunnelException and not StorageException)
            {
                log.HistoryUnreadable(job.JobId, unreadable.Message);
            }
        }
        return views;
    }

    private static FinishedJob Key(JobView job) => new(job.JobId, job.Ended!.Value);
}
