using System.Globalization;

namespace Chunnel.Bench;

/// <summary>One file into another through real jobs of the published program, beside others that do the same work, each in a process of its own.</summary>
internal sealed class FileBench(FileWork work, OrderFiles files, BenchFolders folders, int runs) : IBench
{
    private const string Ours = "chunnel run";
    private const string DuckOnTwo = "DuckDB, 2 threads";
    private const int ReadBytes = 1 << 20;

    private long _rowsDue;

    public string Name => work.Name;

    public Task<ResultPage> RunAsync()
    {
        var input = files.Of(work.From);
        var megabytes = new FileInfo(input).Length / 1e6;
        var condition = work.Query is null ? "all rows and columns" : $"`{work.Query}`";
        var page = new ResultPage(work.Name, string.Create(CultureInfo.InvariantCulture, $"{files.Rows:N0} rows, {megabytes:N0} MB of {work.From} to {work.To}, {condition}. {runs} runs of each, in turn. Rates count rows read by time on the wall, from the start of the process to its end.\nChunnel flushes what it wrote to the disk before it commits (fsync); the others leave that to the system."))
        {
            WhenMissed = work.WhenMissed,
        };
        _rowsDue = Count("csv", files.Csv, work.Query);
        var contenders = Contenders(input);
        var found = contenders.ToDictionary(contender => contender.Name, _ => new List<ChildRun>());
        for (var run = 0; run < runs; run++)
        {
            foreach (var (name, start) in contenders) found[name].Add(start());
        }
        folders.Fresh();
        Report(page, contenders.Select(contender => (contender.Name, found[contender.Name])));
        Judge(page, found);
        return Task.FromResult(page);
    }

    private List<(string Name, Func<ChildRun> Start)> Contenders(string input)
    {
        var contenders = new List<(string, Func<ChildRun>)>
        {
            (Ours, () => RunJob(input)),
            (DuckOnTwo, () => RunDuck(input, 2)),
            ("DuckDB, 1 thread", () => RunDuck(input, 1)),
            ("Chunnel's reader alone", () => RunReader(input)),
        };
        if (work.HasPlainLoop) contenders.Add(("plain loop, a row an array of objects", () => RunPlain(input)));
        contenders.Add(("cp", () => ChildProcess.Run("cp", [input, Path.Combine(folders.Fresh(), "out")])));
        return contenders;
    }

    private ChildRun RunJob(string input)
    {
        var folder = folders.Fresh();
        var run = ChildProcess.Run(folders.Program, ["run", Job(folder, FileJob.Copy(work, input, folder))]);
        Check(Ours, Directory.GetFiles(Path.Combine(folder, "out"), "*", SearchOption.AllDirectories));
        return run;
    }

    private ChildRun RunReader(string input) => ChildProcess.Run(folders.Program, ["run", Job(folders.Fresh(), FileJob.ReadOnly(work, input))]);

    private ChildRun RunDuck(string input, int threads)
    {
        var output = Path.Combine(folders.Fresh(), "out");
        var run = ChildProcess.Run(BenchFolders.Self, ["--child", "duck", threads.ToString(CultureInfo.InvariantCulture), Duck.Copy(work.From, input, work.Query, work.To, output)]);
        Check("DuckDB", [output]);
        return run;
    }

    private ChildRun RunPlain(string input)
    {
        var output = Path.Combine(folders.Fresh(), "out");
        var run = ChildProcess.Run(BenchFolders.Self, ["--child", "plain", work.Name, input, output]);
        Check("the plain loop", [output]);
        return run;
    }

    private static string Job(string folder, string text)
    {
        var path = Path.Combine(folder, "job.conf");
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>Counts what was written: speed is nothing where rows are missing.</summary>
    private void Check(string who, IReadOnlyList<string> written)
    {
        var rows = written.Sum(file => work.To == "parquet" ? Count("parquet", file, null) : Lines(file));
        if (rows != _rowsDue) throw new InvalidOperationException($"{work.Name}: {who} wrote {rows} rows in place of {_rowsDue}.");
    }

    private static long Count(string format, string file, string? query) =>
        Convert.ToInt64(Duck.Run("2", $"with orders as (from {Duck.Scan(format, file)}) select count(*) from ({query ?? "from orders"})"), CultureInfo.InvariantCulture);

    /// <summary>Line breaks, and a last line without one.</summary>
    private static long Lines(string path)
    {
        using var file = File.OpenHandle(path, options: FileOptions.SequentialScan);
        var buffer = new byte[ReadBytes];
        long lines = 0, position = 0;
        byte last = (byte)'\n';
        while (RandomAccess.Read(file, buffer, position) is > 0 and var read)
        {
            lines += buffer.AsSpan(0, read).Count((byte)'\n');
            last = buffer[read - 1];
            position += read;
        }
        return last == '\n' ? lines : lines + 1;
    }

    private void Report(ResultPage page, IEnumerable<(string Name, List<ChildRun> Runs)> found)
    {
        page.Head("", "M rows/s", "wall, s", "processor, s", "largest resident set, MiB");
        foreach (var (name, child) in found)
        {
            page.Row(name, Rate(child).Text("F2"), new Spread(child.Select(run => run.WallSeconds)).Text("F2"), new Spread(child.Select(run => run.CpuSeconds)).Text("F2"), Peak(child).Text("F0"));
        }
    }

    private void Judge(ResultPage page, Dictionary<string, List<ChildRun>> found)
    {
        var (rate, peak, duck) = (Rate(found[Ours]).Median, Peak(found[Ours]).Most, Rate(found[DuckOnTwo]).Median);
        if (work.LeastMillionRowsPerSecond > 0) page.Must($"{work.LeastMillionRowsPerSecond.ToString(CultureInfo.InvariantCulture)} M rows/s", $"{rate:F2} M rows/s", rate >= work.LeastMillionRowsPerSecond);
        page.Must("as fast as DuckDB on two threads", $"{rate / duck:F2} times as fast", rate >= duck);
        if (work.MostMiB > 0) page.Must($"at most {work.MostMiB.ToString(CultureInfo.InvariantCulture)} MiB resident", $"{peak:F0} MiB", peak <= work.MostMiB);
    }

    private Spread Rate(List<ChildRun> child) => new(child.Select(run => files.Rows / run.WallSeconds / 1e6));

    private static Spread Peak(List<ChildRun> child) => new(child.Select(run => run.PeakMiB));
}
