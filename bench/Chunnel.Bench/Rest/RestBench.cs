using System.Globalization;

namespace Chunnel.Bench;

/// <summary>A node full of jobs, and a storm of them, asked from outside over HTTP (architecture 5).</summary>
internal sealed class RestBench(BenchFolders folders) : IBench
{
    private const int Listed = 5_000;
    private const int StormJobs = 10_000;
    private const int UnloadedJobs = 2_000;
    private const int Questions = 200;
    private const int Rounds = 5;
    private const int WarmUp = 20;
    private const double MostListMilliseconds = 20;
    private const double MostStartMilliseconds = 50;
    private const double LeastJobsPerSecond = 200;

    public string Name => "rest";

    public async Task<ResultPage> RunAsync()
    {
        var page = new ResultPage(Name, $"`chunnel server`, published ReadyToRun, self-contained, asked from another process on the same machine over one connection, in {Rounds} rounds of {Questions} questions after {WarmUp} that do not count; from sending the question to the last byte of the answer. After each round the same of a bare Kestrel that sends as many bytes that lie ready. A figure is the middle one of its rounds, with the least and the most: a round in which the machine was busy with something else shows in both columns.")
        {
            WhenMissed = "Eight megabytes take the bare Kestrel most of these milliseconds: its column says what is left for the node, and how busy the machine was.",
        };
        await StormAsync(page);
        await ListsAsync(page);
        return page;
    }

    private async Task StormAsync(ResultPage page)
    {
        await using var node = await NodeProcess.StartAsync(folders, settings => settings.Replace("# history-job-expire-minutes: 1440", "history-job-expire-minutes: 1", StringComparison.Ordinal));
        var start = await JobStorm.StartsAsync(node, UnloadedJobs);
        page.Say($"Submit to RUNNING, one job at a time: median {start.Median:F1} ms, p99 {start.At(0.99):F1} ms, of {UnloadedJobs:N0}.");
        page.Must(string.Create(CultureInfo.InvariantCulture, $"p99 submit to RUNNING within {MostStartMilliseconds} ms"), $"{start.At(0.99):F1} ms", start.At(0.99) <= MostStartMilliseconds);
        var storm = await JobStorm.RunAsync(node, StormJobs);
        page.Say($"{StormJobs:N0} jobs of five rows: {storm.AcceptedPerSecond:F0} accepted and {storm.FinishedPerSecond:F0} finished a second. The last line is 75 s after the last of them has ended.");
        page.Head("seconds", "finished", "resident, MiB", "threads", "open files");
        foreach (var moment in storm.Moments) page.Row(moment.Cells());
        page.Must($"{LeastJobsPerSecond} jobs accepted a second", $"{storm.AcceptedPerSecond:F0}", storm.AcceptedPerSecond >= LeastJobsPerSecond);
        page.Must($"{LeastJobsPerSecond} jobs finished a second", $"{storm.FinishedPerSecond:F0}", storm.FinishedPerSecond >= LeastJobsPerSecond);
        var (before, after) = (storm.Moments[0], storm.Moments[^1]);
        page.Must("threads flat after the storm", $"{before.Threads} before, {after.Threads} after", after.Threads <= before.Threads + 4);
        page.Must("open files flat after the storm", $"{before.Files} before, {after.Files} after", after.Files <= before.Files + 4);
    }

    private async Task ListsAsync(ResultPage page)
    {
        await using var node = await NodeProcess.StartAsync(folders);
        await using var yardstick = await BareKestrelProcess.StartAsync();
        using var caller = new RestCaller(node.Address);
        var ids = await JobStorm.FillAsync(node, RestJobs.Tiny, Listed, caller.FinishedAsync);
        page.Head("question", "jobs", "bytes", "median, ms", "p99, ms", "bare Kestrel, p99, ms");
        await AskAsync(page, caller, yardstick, "/finished-jobs", $"{Listed:N0} finished", _ => "/finished-jobs");
        await AskAsync(page, caller, yardstick, "/job-info", $"{Listed:N0} finished", at => $"/job-info/{ids[at * 17 % ids.Count]}");
        ids = await JobStorm.FillAsync(node, RestJobs.Endless, Listed, caller.RunningAsync);
        await AskAsync(page, caller, yardstick, "/running-jobs", $"{Listed:N0} running, {Listed:N0} finished", _ => "/running-jobs");
        await AskAsync(page, caller, yardstick, "/job-info", $"{Listed:N0} running, {Listed:N0} finished", at => $"/job-info/{ids[at * 17 % ids.Count]}");
        await AskAsync(page, caller, yardstick, "/overview", $"{Listed:N0} running, {Listed:N0} finished", _ => "/overview");
    }

    private static async Task AskAsync(ResultPage page, RestCaller caller, BareKestrelProcess yardstick, string question, string jobs, Func<int, string> target)
    {
        using var bare = new RestCaller(yardstick.Address);
        var (ours, theirs) = (new List<Spread>(), new List<Spread>());
        long bytes = 0;
        for (var round = 0; round < Rounds; round++)
        {
            (var one, bytes) = await MeasureAsync(caller, target);
            ours.Add(one);
            var size = bytes;
            theirs.Add((await MeasureAsync(bare, _ => $"/{size.ToString(CultureInfo.InvariantCulture)}")).Milliseconds);
        }
        var p99 = P99Of(ours);
        page.Row(question, jobs, bytes.ToString("N0", CultureInfo.InvariantCulture), new Spread(ours.Select(round => round.Median)).Text("F1"), p99.Text("F1"), P99Of(theirs).Text("F1"));
        page.Must(string.Create(CultureInfo.InvariantCulture, $"{question}, {jobs}: p99 within {MostListMilliseconds} ms"), $"{p99.Median:F1} ms", p99.Median <= MostListMilliseconds);
    }

    private static Spread P99Of(IEnumerable<Spread> rounds) => new(rounds.Select(round => round.At(0.99)));

    private static async Task<(Spread Milliseconds, long Bytes)> MeasureAsync(RestCaller caller, Func<int, string> target)
    {
        var times = new List<double>();
        long last = 0;
        for (var i = 0; i < WarmUp + Questions; i++)
        {
            var (milliseconds, bytes) = await caller.GetAsync(target(i));
            last = bytes;
            if (i >= WarmUp) times.Add(milliseconds);
        }
        return (new Spread(times), last);
    }
}
