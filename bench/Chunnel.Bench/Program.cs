using System.Diagnostics;
using Chunnel.Bench;

const int Usage = 64;

// ./build.sh bench [NAME ...] [--rows N] [--runs N] [--results DIR] [--program FILE]
switch (args)
{
    // What other processes of the bench are: yardsticks that are measured from outside.
    case ["--child", "duck", var threads, var sql]: Duck.Run(threads, sql); return 0;
    case ["--child", "kestrel", var port]: await BareKestrel.RunAsync(port); return 0;
    case ["--child", "plain", var work, var input, var output]: PlainLoop.Run(work, input, output); return 0;
    case ["formats"]: await FormatBench.RunAsync(); return 0;
}

BenchArguments arguments;
try
{
    arguments = BenchArguments.Parse(args);
}
catch (ArgumentException wrong)
{
    Console.Error.WriteLine(wrong.Message);
    return Usage;
}
var clock = TimeProvider.System;
var folders = new BenchFolders(arguments.Results, arguments.Program, arguments.IsTry);
var files = new OrderFiles(folders, arguments.Rows);
IBench[] all =
[
    new StartBench(folders),
    new ServerBench(folders, arguments.Runs),
    new RestBench(folders),
    new Chunnel.Bench.Postgres.PgBench(files, folders, arguments.Runs),
    new EngineBench(arguments.Rows * 20L, arguments.Runs),
    new BarrierBench(folders),
    new Chunnel.Bench.Sql.SqlBench(arguments.Runs),
    new ControlLogBench(folders, arguments.Runs),
    .. FileWork.All.Select(work => new FileBench(work, files, folders, arguments.Runs)),
];
var unknown = arguments.Names.FirstOrDefault(name => !Array.Exists(all, bench => bench.Name == name));
if (unknown is not null)
{
    Console.Error.WriteLine($"There is no bench '{unknown}'. All of them: formats, {string.Join(", ", all.Select(bench => bench.Name))}.");
    return Usage;
}
var began = Stopwatch.GetTimestamp();
foreach (var bench in all.Where(bench => arguments.Names.Count == 0 || arguments.Names.Contains(bench.Name)))
{
    var page = await bench.RunAsync();
    page.Write(folders.Results, clock);
}
Summary.Write(folders.Results, all.Select(bench => bench.Name));
Console.WriteLine($"{Stopwatch.GetElapsedTime(began).TotalSeconds:F0} s. The pages are in {folders.Results}.");
return 0;
