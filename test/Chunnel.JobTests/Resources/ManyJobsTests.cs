using System.Diagnostics;
using System.Runtime.Loader;
using Chunnel.Config;
using Chunnel.Control;
using Chunnel.Engine;
using Chunnel.Server;

namespace Chunnel.JobTests;

/// <summary>It counts what the whole process holds, so nothing else runs beside it.</summary>
[CollectionDefinition(nameof(ManyJobsTests), DisableParallelization = true)]
public sealed class AloneInTheProcess;

/// <summary>R1: after many jobs a node is what it was before them.</summary>
[Collection(nameof(ManyJobsTests))]
public sealed class ManyJobsTests(ITestOutputHelper output) : IDisposable
{
    private const int WarmUp = 200;
    private const int Jobs = 800;

    /// <summary>Tables that grew a little, not the jobs themselves.</summary>
    private const long BytesPerForgottenJob = 1000;

    /// <summary>What a remembered job may take: its job file, names, counts.</summary>
    private const long BytesPerRememberedJob = 16 << 10;

    private readonly string _folder = Directory.CreateTempSubdirectory("chunnel-many-").FullName;

    [Fact]
    public async Task Jobs_that_are_forgotten_leave_nothing()
    {
        var (before, after) = await RunAsync(TimeSpan.Zero);
        ((after.HeapBytes - before.HeapBytes) / Jobs).ShouldBeLessThan(BytesPerForgottenJob);
        Flat(before, after);
    }

    [Fact]
    public async Task Jobs_that_are_remembered_leave_little()
    {
        var (before, after) = await RunAsync(TimeSpan.FromDays(1));
        ((after.HeapBytes - before.HeapBytes) / Jobs).ShouldBeLessThan(BytesPerRememberedJob);
        Flat(before, after);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static void Flat(Resources before, Resources after)
    {
        after.Threads.ShouldBeLessThanOrEqualTo(before.Threads + 8);
        after.OpenFiles.ShouldBeLessThanOrEqualTo(before.OpenFiles + 4);
        after.LoadContexts.ShouldBe(before.LoadContexts);
        after.Timers.ShouldBeLessThanOrEqualTo(before.Timers + 4);
        after.LeftFiles.ShouldBe(before.LeftFiles);
    }

    private async Task<(Resources Before, Resources After)> RunAsync(TimeSpan remembered)
    {
        await File.WriteAllLinesAsync(Path.Combine(_folder, "in.csv"), Enumerable.Range(0, 50).Select(row => $"{row},name {row}"), TestContext.Current.CancellationToken);
        using var logs = new NodeLogs(Path.Combine(_folder, "logs"), "node.log", null, TimeProvider.System);
        await using var engine = new ChunnelEngine(new EngineSettings { HistoryExpires = remembered }, InstalledPlugins.Look().Registry, logs, TimeProvider.System);
        await RunAsync(engine, WarmUp);
        var before = Resources.Now(_folder);
        var began = Stopwatch.GetTimestamp();
        await RunAsync(engine, Jobs);
        var took = Stopwatch.GetElapsedTime(began);
        var after = Resources.Now(_folder);
        output.WriteLine($"{Jobs} jobs in {took.TotalSeconds:0.0} s\n{before}\n{after}\nheap {(after.HeapBytes - before.HeapBytes) / (double)Jobs:0} bytes a job");
        return (before, after);
    }

    private async Task RunAsync(ChunnelEngine engine, int jobs)
    {
        await Parallel.ForAsync(0, jobs, new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = TestContext.Current.CancellationToken }, async (number, stop) =>
        {
            var handle = await engine.SubmitAsync(new JobSubmission { Definition = JobLoader.Load(new JobText(Text(number), JobFormat.Hocon)) }, stop);
            var ended = await handle.Ended.WaitAsync(stop);
            ended.Status.ShouldBe(JobStatus.Finished, ended.ErrorText);
        });
    }

    private string Text(int number) => (number % 3) switch
    {
        0 => "env {}\nsource { FakeSource { row.num = 20, schema = { fields { a = int, b = string } } } }\nsink { Assert { rules { row_rules = [ { rule_type = MIN_ROW, rule_value = 20 } ] } } }",
        1 => "env { parallelism = 2 }\nsource { FakeSource { row.num = 20, schema = { fields { a = int, b = string } } } }\nsink { Console { multi_table_sink_replica = 2 } }",
        _ => $$"""
            env {}
            source { LocalFile { path = "{{_folder}}/in.csv", file_format_type = csv, schema = { fields { a = int, b = string } } } }
            sink { LocalFile { path = "{{_folder}}/out", tmp_path = "{{_folder}}/tmp", file_format_type = json } }
            """,
    };

    /// <summary>What a process holds.</summary>
    private sealed record Resources(long HeapBytes, int Threads, int OpenFiles, int LoadContexts, long Timers, int LeftFiles)
    {
        public static Resources Now(string folder)
        {
            for (var i = 0; i < 3; i++)
            {
                GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: true);
                GC.WaitForPendingFinalizers();
            }
            using var process = Process.GetCurrentProcess();
            return new Resources(
                GC.GetTotalMemory(forceFullCollection: true),
                process.Threads.Count,
                Directory.Exists("/proc/self/fd") ? Directory.GetFiles("/proc/self/fd").Length : process.HandleCount,
                AssemblyLoadContext.All.Count(),
                Timer.ActiveCount,
                Directory.EnumerateFileSystemEntries(Path.Combine(folder, "tmp"), "*", SearchOption.AllDirectories).Count());
        }
    }
}
