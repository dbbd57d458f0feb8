using System.Text.Json;
using Chunnel.Config;
using Chunnel.Core;
using Microsoft.Extensions.Logging;

namespace Chunnel.Engine;

/// <summary>Ended jobs beside the control log. One that cannot be read is told and left out: it holds nobody up.</summary>
internal sealed class HistoryStore(FinishedJobs jobs, ShadeSet shades, ILogger log)
{
    public ValueTask KeepAsync(JobView job, CancellationToken stop) => jobs.KeepAsync(Key(job), KeptJob.Write(job), stop);

    public ValueTask ForgetAsync(JobView job, CancellationToken stop) => jobs.ForgetAsync(Key(job), stop);

    /// <summary>Those that ended after a moment, oldest first; older ones are removed.</summary>
    public async Task<IReadOnlyList<JobView>> LoadAsync(DateTimeOffset oldest, CancellationToken stop)
    {
        await jobs.ForgetBeforeAsync(oldest, stop);
        var views = new List<JobView>();
        foreach (var job in await jobs.ListAsync(stop))
        {
            try
            {
                if (await jobs.ReadAsync(job, stop) is { } bytes) views.Add(KeptJob.Read(bytes).View(shades));
            }
            catch (Exception unreadable) when (unreadable is JsonException or ChunnelException)
            {
                log.HistoryUnreadable(job.JobId, unreadable.Message);
            }
        }
        return views;
    }

    private static FinishedJob Key(JobView job) => new(job.JobId, job.Ended!.Value);
}
