using System.Diagnostics;
using System.Globalization;

namespace Chunnel.Bench;

/// <summary>Submits many jobs to a node and watches what becomes of it.</summary>
internal static class JobStorm
{
    private const int Callers = 4;
    private const int WarmUp = 50;
    private const int FirstStorm = 500;
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <summary>Long enough for threads and connections to go; the jobs are still remembered.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(75);

    /// <summary>Jobs one after the other, each from its submission until it is seen to run.</summary>
    public static async Task<Spread> StartsAsync(NodeProcess node, int jobs)
    {
        using var caller = new RestCaller(node.Address);
        var times = new List<double>();
        for (var i = 0; i < WarmUp + jobs; i++)
        {
            var began = Stopwatch.GetTimestamp();
            var id = await caller.SubmitAsync(RestJobs.Tiny);
            while (true)
            {
                var job = await caller.GetJsonAsync($"/job-info/{id}");
                if (job.GetProperty("jobStatus").GetString() is "RUNNING" or "FINISHED") break;
            }
            if (i >= WarmUp) times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }
        return new Spread(times);
    }

    public static async Task<StormRun> RunAsync(NodeProcess node, int jobs)
    {
        using var caller = new RestCaller(node.Address);
        // What a first storm loads, libraries and code, is no leak: it is there before the counting.
        var before = await caller.FinishedAsync();
        await FillAsync(node, RestJobs.Tiny, FirstStorm, async () => await caller.FinishedAsync() - before);
        var already = await caller.FinishedAsync();
        var began = Stopwatch.GetTimestamp();
        var moments = new List<StormMoment> { Look(node, 0, 0) };
        var submitting = SubmitAsync(node, RestJobs.Tiny, jobs);
        var accepted = 0.0;
        var finished = 0;
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        var next = LookEvery;
        while (finished < jobs)
        {
            await timer.WaitForNextTickAsync();
            finished = await caller.FinishedAsync() - already;
            var elapsed = Stopwatch.GetElapsedTime(began);
            if (submitting.IsCompleted && accepted == 0) accepted = jobs / elapsed.TotalSeconds;
            if (submitting.IsFaulted) await submitting;
            if (elapsed >= next || finished >= jobs)
            {
                moments.Add(Look(node, elapsed.TotalSeconds, finished));
                next += LookEvery;
            }
            if (elapsed > Patience) throw new TimeoutException($"{finished} of {jobs} jobs have finished after {Patience}.");
        }
        var ended = Stopwatch.GetElapsedTime(began).TotalSeconds;
        await Task.Delay(Rest, TimeProvider.System);
        moments.Add(Look(node, Stopwatch.GetElapsedTime(began).TotalSeconds, finished));
        return new StormRun(accepted, jobs / ended, moments);
    }

    /// <summary>Submits jobs and waits until the node counts them all.</summary>
    /// <returns>Their ids.</returns>
    public static async Task<IReadOnlyList<string>> FillAsync(NodeProcess node, string job, int jobs, Func<Task<int>> count)
    {
        var began = Stopwatch.GetTimestamp();
        var ids = await SubmitAsync(node, job, jobs);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (await count() < jobs)
        {
            if (Stopwatch.GetElapsedTime(began) > Patience) throw new TimeoutException($"{await count()} of {jobs} jobs are there after {Patience}.");
            await timer.WaitForNextTickAsync();
        }
        return ids;
    }

    private static async Task<IReadOnlyList<string>> SubmitAsync(NodeProcess node, string job, int jobs)
    {
        var left = jobs;
        var submitted = await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => Task.Run(async () =>
        {
            using var caller = new RestCaller(node.Address);
            var ids = new List<string>();
            while (Interlocked.Decrement(ref left) >= 0) ids.Add(await caller.SubmitAsync(job));
            return ids;
        })));
        return [.. submitted.SelectMany(ids => ids)];
    }

    private static StormMoment Look(NodeProcess node, double seconds, int finished) => new(
        seconds,
        finished,
        Machine.ResidentMiBOf(node.Id),
        Directory.GetDirectories(string.Create(CultureInfo.InvariantCulture, $"/proc/{node.Id}/task")).Length,
        Directory.GetFileSystemEntries(string.Create(CultureInfo.InvariantCulture, $"/proc/{node.Id}/fd")).Length);
}
