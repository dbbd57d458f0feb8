using System.Diagnostics;
using System.Globalization;
using Chunnel.Engine;
using Microsoft.Extensions.Logging.Abstractions;

namespace Chunnel.Bench;

/// <summary>
/// How many decisions a second become durable: the control log on SQLite and on a folder, with one appender and with many, beside a file that is
/// appended to and flushed, which is the least that any of them has to do.
/// </summary>
internal sealed class ControlLogBench(BenchFolders folders, int runs) : IBench
{
    private const int RecordBytes = 300;
    private const int Many = 64;
    private static readonly TimeSpan _measured = TimeSpan.FromSeconds(3);

    public string Name => "controllog";

    public async Task<ResultPage> RunAsync()
    {
        var page = new ResultPage(Name, string.Create(CultureInfo.InvariantCulture, $"Records of {RecordBytes} bytes, each awaited until it is durable, {_measured.TotalSeconds} s a run, {runs} runs, in process.\nThe yardstick appends {RecordBytes} bytes to a file and flushes it to the disk, one after the other. One run of each in turn, so that a busy disk is busy for all."))
        {
            WhenMissed = "One appender pays at least one flush of the disk for each record. What is missing beside the yardstick is SQLite's own log (one flush), or for a folder the name of each segment (a second flush); many appenders share both.",
        };
        string[] work = ["flush of a file", "SQLite, 1 appender", $"SQLite, {Many} appenders", "folder, 1 appender", $"folder, {Many} appenders", $"SQLite, {Many} appenders, linger 2 ms"];
        var found = work.ToDictionary(name => name, _ => new List<double>());
        for (var run = 0; run < runs; run++)
        {
            var folder = folders.Fresh();
            found[work[0]].Add(Flushes(folder));
            found[work[1]].Add(await AppendsAsync(new SqliteMedium(Path.Combine(folder, "one.db")), 1, TimeSpan.Zero));
            found[work[2]].Add(await AppendsAsync(new SqliteMedium(Path.Combine(folder, "many.db")), Many, TimeSpan.Zero));
            found[work[3]].Add(await AppendsAsync(new FolderMedium(Path.Combine(folder, "one"), TimeProvider.System), 1, TimeSpan.Zero));
            found[work[4]].Add(await AppendsAsync(new FolderMedium(Path.Combine(folder, "many"), TimeProvider.System), Many, TimeSpan.Zero));
            found[work[5]].Add(await AppendsAsync(new SqliteMedium(Path.Combine(folder, "linger.db")), Many, TimeSpan.FromMilliseconds(2)));
        }
        var spreads = work.ToDictionary(name => name, name => new Spread(found[name]));
        var yardstick = spreads[work[0]].Median;
        page.Head("What", "Durable records a second", "Beside the yardstick");
        foreach (var name in work) page.Row(name, spreads[name].Text("F0"), (spreads[name].Median / yardstick).ToString("F2", CultureInfo.InvariantCulture));
        var (one, many) = (spreads[work[1]].Median, spreads[work[2]].Median);
        page.Must("SQLite, 1 appender: half of the yardstick", $"{one / yardstick:F2}", one >= yardstick / 2);
        page.Must($"SQLite, {Many} appenders: 1,000 records a second, for 200 jobs a second with five decisions each", $"{many:F0}", many >= 1_000);
        page.Must($"Company: {Many} appenders bring 10 times as much as one", $"{many / one:F1} times", many >= one * 10);
        return page;
    }

    private static double Flushes(string folder)
    {
        using var file = File.OpenHandle(Path.Combine(folder, "yardstick"), FileMode.CreateNew, FileAccess.Write);
        var record = new byte[RecordBytes];
        var began = Stopwatch.GetTimestamp();
        var count = 0L;
        for (; Stopwatch.GetElapsedTime(began) < _measured; count++)
        {
            RandomAccess.Write(file, record, count * RecordBytes);
            RandomAccess.FlushToDisk(file);
        }
        return count / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    private static async Task<double> AppendsAsync(ILogMedium medium, int appenders, TimeSpan linger)
    {
        await using var owned = medium;
        await using var log = await ControlLog.OpenAsync(medium, new Nothing(), new() { Linger = linger }, TimeProvider.System, NullLogger.Instance, CancellationToken.None);
        var record = new LogRecord(1, new byte[RecordBytes]);
        var began = Stopwatch.GetTimestamp();
        var counts = await Task.WhenAll(Enumerable.Range(0, appenders).Select(_ => Task.Run(async () =>
        {
            var count = 0L;
            for (; Stopwatch.GetElapsedTime(began) < _measured; count++) await log.AppendAsync(record, CancellationToken.None);
            return count;
        })));
        return counts.Sum() / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    private sealed class Nothing : ILogState
    {
        public void Clear()
        {
        }

        public void Apply(LogRecord record)
        {
        }

        public IReadOnlyList<LogRecord> Snapshot() => [];
    }
}
