using System.Globalization;

namespace Chunnel.Engine;

/// <summary>One remembered job, as a listing shows it.</summary>
/// <param name="JobId">The job.</param>
/// <param name="Ended">When it ended, to the millisecond. A job that was started again under its id has several.</param>
public readonly record struct FinishedJob(long JobId, DateTimeOffset Ended);

/// <summary>
/// Jobs that have ended, each a small object of its own beside the log (<c>history/job.end</c>): a node that starts lists their keys and reads
/// what it is asked for, so that its start costs what lives and not what was.
/// </summary>
public sealed class FinishedJobs(ILogMedium medium)
{
    private const string Prefix = "history/";

    /// <summary>Keeps what is known of a job that has ended. Repeating it changes nothing.</summary>
    public async ValueTask KeepAsync(FinishedJob job, ReadOnlyMemory<byte> record, CancellationToken stop) =>
        await medium.PutIfAbsentAsync(KeyOf(job), record, stop);

    /// <summary>All that are kept, by their ends, oldest first. Nothing is read but keys.</summary>
    public async ValueTask<IReadOnlyList<FinishedJob>> ListAsync(CancellationToken stop)
    {
        var keys = await medium.ListAsync(Prefix, stop);
        return [.. keys.Select(Parse).OrderBy(job => job.Ended).ThenBy(job => job.JobId)];
    }

    /// <summary>What was kept of a job; null when it has been forgotten.</summary>
    public ValueTask<byte[]?> ReadAsync(FinishedJob job, CancellationToken stop) => medium.GetAsync(KeyOf(job), stop);

    public ValueTask ForgetAsync(FinishedJob job, CancellationToken stop) => medium.DeleteAsync(KeyOf(job), stop);

    /// <summary>Forgets what ended before a moment.</summary>
    /// <returns>What was forgotten.</returns>
    public async ValueTask<IReadOnlyList<FinishedJob>> ForgetBeforeAsync(DateTimeOffset moment, CancellationToken stop)
    {
        var old = (await ListAsync(stop)).TakeWhile(job => job.Ended < moment).ToArray();
        await Task.WhenAll(old.Select(job => ForgetAsync(job, stop).AsTask()));
        return old;
    }

    private static string KeyOf(FinishedJob job) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{job.JobId}.{job.Ended.ToUnixTimeMilliseconds()}");

    private static FinishedJob Parse(string key)
    {
        if (key[Prefix.Length..].Split('.') is [var job, var ended]
            && long.TryParse(job, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var jobId)
            && long.TryParse(ended, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var millis))
        {
            return new FinishedJob(jobId, DateTimeOffset.FromUnixTimeMilliseconds(millis));
        }
        throw new CorruptStateException($"'{key}' is no key of a finished job.")
        {
            Mend = "Something else writes into the place of the control log: let it lie in a place of its own.",
        };
    }
}
