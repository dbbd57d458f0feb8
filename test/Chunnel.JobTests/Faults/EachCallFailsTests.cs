using System.Collections.Concurrent;
using System.Globalization;
using Chunnel.Config;
using Chunnel.Control;
using Chunnel.Core;
using Chunnel.Engine;
using Chunnel.Plugins;
using Chunnel.Server;
using Chunnel.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace Chunnel.JobTests;

/// <summary>It lets calls of the whole process fail, so nothing else runs beside it.</summary>
[CollectionDefinition(nameof(EachCallFailsTests), DisableParallelization = true)]
public sealed class AloneWithItsFaults;

/// <summary>
/// A job is run to count what it asks of disks and databases on its way to a commit, before and after each call; then again for each of them,
/// which fails: before it is done, or when it is done and nobody heard of it. Exactly the rows of the source, each time (architecture.md 6: S1, S2).
/// </summary>
[Collection(nameof(EachCallFailsTests))]
public sealed class EachCallFailsTests(ITestOutputHelper output) : IDisposable
{
    private const int Rows = 600;
    private const long JobId = 4711;

    /// <summary>A checkpoint or two on the way, and the one at the end.</summary>
    private const string Env = "checkpoint.interval = 40, job.retry.interval.seconds = 0";

    private static readonly PluginRegistry _plugins = InstalledPlugins.Look().Registry;

    private readonly string _folder = Directory.CreateTempSubdirectory("chunnel-calls-").FullName;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    [Fault("Each call to a disk fails, one a run", "before it is done, and after it is done without anybody hearing of it: target, checkpoints, control log")]
    public Task Files_into_files() => EachAsync(place => new Copying(new FileEnd(Path.Combine(_folder, "in")), new FileEnd(Path.Combine(place, "out")), Rows));

    [Fact]
    [Fault("Each call to a disk fails, one a run: a seventh of the rows are dead letters", "before it is done, and after it is done without anybody hearing of it: target, dead letters, checkpoints, control log")]
    public Task Files_into_files_and_dead_letters() =>
        EachAsync(place => new Copying(new FileEnd(Path.Combine(_folder, "in")), new LettersEnd(new FileEnd(Path.Combine(place, "out")), place), Rows));

    [Fact]
    [Fault("Each call to PostgreSQL or a disk fails, one a run", "before it is done, and after it is done without anybody hearing of it", FaultMatrix.NothingPrepared)]
    public async Task Files_into_PostgreSQL()
    {
        if (PostgresServer.Missing is { } missing) Assert.Skip(missing);
        await using var database = await (await PostgresServer.SharedAsync(Stop)).DatabaseAsync(Stop);
        await EachAsync(_ => new Copying(new FileEnd(Path.Combine(_folder, "in")), new PostgresEnd(database, "target"), Rows));
    }

    [Fact]
    [Fault("Each call to PostgreSQL or a disk fails, one a run: PostgreSQL refuses a row, which is a dead letter", "before it is done, and after it is done without anybody hearing of it", FaultMatrix.NothingPrepared)]
    public async Task Files_into_PostgreSQL_that_refuses_a_row()
    {
        if (PostgresServer.Missing is { } missing) Assert.Skip(missing);
        await using var database = await (await PostgresServer.SharedAsync(Stop)).DatabaseAsync(Stop);
        // One of them: each is found by many calls, and each of those is a run.
        await EachAsync(place => new Copying(
            new FileEnd(Path.Combine(_folder, "in")), new LettersEnd(new PostgresEnd(database, "target", check: "check (id % 1000 <> 0)"), place, transform: "", refused: 1000), Rows));
    }

    public void Dispose()
    {
        FailPoint.Watcher = null;
        Directory.Delete(_folder, recursive: true);
    }

    private async Task EachAsync(Func<string, Copying> make)
    {
        var (calls, _) = await RunAsync(make, failing: 0);
        var failed = new ConcurrentDictionary<string, int>();
        var wrong = new List<string>();
        for (var call = 1; call <= calls && wrong.Count < 5; call++)
        {
            try
            {
                var (_, name) = await RunAsync(make, call);
                if (name is not null) failed.AddOrUpdate(name, 1, (_, times) => times + 1);
            }
            catch (Exception fault) when (!Stop.IsCancellationRequested)
            {
                wrong.Add(string.Create(CultureInfo.InvariantCulture, $"call {call} of {calls}: {fault.Message}"));
            }
        }
        wrong.ShouldBeEmpty();
        output.WriteLine($"{calls} calls; {string.Join(", ", failed.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key} {pair.Value}"))}");
        // One run is not quite like the other: a checkpoint more or less.
        failed.Values.Sum().ShouldBeGreaterThan(calls * 8 / 10);
    }

    /// <summary>One run of the job, in which one call fails.</summary>
    /// <returns>How many there were, and what failed.</returns>
    private async Task<(int Calls, string? Failed)> RunAsync(Func<string, Copying> make, int failing)
    {
        var place = Directory.CreateDirectory(Path.Combine(_folder, failing.ToString(CultureInfo.InvariantCulture))).FullName;
        var copy = make(place);
        await copy.SetUpAsync();
        var (calls, failed) = (0, (string?)null);
        FailPoint.Watcher = name =>
        {
            if (Interlocked.Increment(ref calls) != failing) return;
            failed = name;
            throw new IOException($"failpoint {name}");
        };
        try
        {
            // A node that cannot start, or take the job, is started again.
            while (!await TryAsync(place, copy)) failed.ShouldNotBeNull("only a fault stops it");
        }
        catch (Exception fault)
        {
            throw new InvalidOperationException($"{failed}: {fault.Message}", fault);
        }
        finally
        {
            FailPoint.Watcher = null;
        }
        try
        {
            await CheckAsync(place, copy, failed);
        }
        catch (Exception fault)
        {
            throw new InvalidOperationException($"{failed}: {fault.Message}", fault);
        }
        return (calls, failed);
    }

    /// <summary>Starts a node, hands the job in unless the node knows it, and waits for the job's end. False where the node has to be started again.</summary>
    private static async Task<bool> TryAsync(string place, Copying copy)
    {
        using var logs = new NodeLogs(Path.Combine(place, "logs"), "node.log", null, TimeProvider.System);
        ChunnelEngine? engine = null;
        NodeStorage? storage = null;
        try
        {
            (engine, storage) = await StartAsync(place, logs);
            if (engine.Find(JobId) is null)
            {
                await engine.SubmitAsync(new JobSubmission { Definition = Definition(copy), JobId = JobId }, Stop);
            }
            var view = await EndAsync(engine);
            if (view.Status == JobStatus.Failed && view.ErrorText!.StartsWith("Chunnel met a fault of its own", StringComparison.Ordinal) && (await copy.To.SeenAsync()).Count == 0)
            {
                // Its very first decision did not come into the log: it says that it failed, and is handed in again.
                await engine.SubmitAsync(new JobSubmission { Definition = Definition(copy), JobId = JobId, StartsFromSavepoint = true }, Stop);
                view = await EndAsync(engine);
            }
            view.Status.ShouldBe(JobStatus.Finished, view.ErrorText);
            return true;
        }
        catch (Exception fault) when (fault is IOException or ChunnelException)
        {
            return false;
        }
        finally
        {
            if (engine is not null) await engine.DisposeAsync();
            storage?.Dispose();
        }
    }

    private static JobDefinition Definition(Copying copy) => JobLoader.Load(new JobText(copy.Job(2, rowsPerSecond: 6_000, Env), JobFormat.Hocon));

    private static async Task<JobView> EndAsync(ChunnelEngine engine)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        while (true)
        {
            if (engine.Find(JobId) is { Status.IsTerminal: true } view) return view;
            await Task.Delay(5, patience.Token);
        }
    }

    private static async Task<(ChunnelEngine Engine, NodeStorage Storage)> StartAsync(string place, NodeLogs logs)
    {
        var storage = await NodeStorage.OpenAsync(new StorageSettings { CheckpointFolder = Path.Combine(place, "checkpoints") }, "calls", ShadeSet.BuiltIn, NullLogger.Instance, TimeProvider.System, Stop);
        var engine = new ChunnelEngine(new EngineSettings(), _plugins, logs, TimeProvider.System, storage.Engine);
        try
        {
            await engine.StartAsync(Stop);
            return (engine, storage);
        }
        catch
        {
            await engine.DisposeAsync();
            storage.Dispose();
            throw;
        }
    }

    /// <summary>The rows, and a node that comes afterwards knows that the job has ended.</summary>
    private static async Task CheckAsync(string place, Copying copy, string? failed)
    {
        using var logs = new NodeLogs(Path.Combine(place, "logs"), "node.log", null, TimeProvider.System);
        var (engine, storage) = await StartAsync(place, logs);
        await using (engine)
        {
            using (storage)
            {
                NumberedRows.MustBeAll(await copy.To.SeenAsync(), copy.Rows);
                engine.Find(JobId)?.Status.ShouldBe(JobStatus.Finished);
                (await copy.To.LeftBehindAsync()).ShouldBeEmpty(failed);
            }
        }
    }
}
