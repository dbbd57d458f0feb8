using System.Globalization;
using Chunnel.Cli.Running;
using Chunnel.Config;
using Chunnel.Control;
using Chunnel.Core;
using Chunnel.Engine;
using Chunnel.Server;
using Microsoft.Extensions.Logging.Abstractions;

namespace Chunnel.Cli.Testing;

/// <summary>Runs one test: the job between stand-ins for its sources and sinks, then, with a seed, once more with faults, which must change nothing.</summary>
internal sealed class JobTestRun(TimeProvider clock, TimeSpan timeout)
{
    /// <summary>Retries beside those that the test's own faults need.</summary>
    private const int SpareRetries = 3;

    private static readonly TimeSpan _quickCheckpoints = TimeSpan.FromMilliseconds(10);

    /// <summary>How the test ended. Nothing it finds wrong is thrown.</summary>
    public async Task<TestOutcome> RunAsync(string path, CancellationToken stop)
    {
        var began = clock.GetTimestamp();
        try
        {
            var (test, problems) = TestFileReader.Read(path);
            var (summary, failures) = test is null ? ("", Lines(problems)) : await RunAsync(test, stop);
            return new TestOutcome(path, summary, failures, clock.GetElapsedTime(began));
        }
        catch (ProblemsException wrong)
        {
            return new TestOutcome(path, "", Lines(wrong.Problems), clock.GetElapsedTime(began));
        }
        catch (ChunnelException wrong)
        {
            return new TestOutcome(path, "", Lines(wrong.ToProblems()), clock.GetElapsedTime(began));
        }
    }

    private async Task<(string Summary, IReadOnlyList<string> Failures)> RunAsync(TestFile test, CancellationToken stop)
    {
        var loaded = new JobArguments(test.Job) { Variables = test.Variables }.Check();
        if (loaded.Definition is not { } job) return ("", Judge(test, Lines(loaded.Problems.Where(problem => problem.Severity == Severity.Error))));
        var failures = await OnceAsync(test, job, faults: null, stop);
        var summary = test.Error is null ? $"{test.Expected.Count} table(s), {test.Expected.Sum(expected => expected.Rows.Count)} row(s)" : "fails as it must";
        if (test.Seed is not { } seed || failures.Count > 0 || test.Error is not null) return (summary, failures);
        var faults = new FaultPlan(seed, test.Restarts);
        failures = await OnceAsync(test, job, faults, stop);
        var chance = string.Create(CultureInfo.InvariantCulture, $"seed {seed}, {faults.Happened} fault(s)");
        return ($"{summary}; the same with {chance}", failures.Count == 0 ? [] : [$"with faults ({chance}), though not without:", .. failures]);
    }

    private async Task<IReadOnlyList<string>> OnceAsync(TestFile test, JobDefinition job, FaultPlan? faults, CancellationToken stop)
    {
        var standIns = new StandInPlugins(test, job, faults);
        var folder = Directory.CreateTempSubdirectory("chunnel-test-");
        try
        {
            var error = await RunJobAsync(job, standIns.StandIns, faults, test, folder.FullName, stop);
            if (error is not null) return Judge(test, [error]);
            if (test.Error is not null) return [$"the job succeeded, and must fail with '{test.Error}'"];
            return Compare(test, job, standIns);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Runs the job to its end.</summary>
    /// <returns>What went wrong; null when it finished.</returns>
    private async Task<string?> RunJobAsync(JobDefinition job, StandIns standIns, FaultPlan? faults, TestFile test, string folder, CancellationToken stop)
    {
        var installed = InstalledPlugins.Look();
        using var logs = new NodeLogs(folder: null, "chunnel-test.log", console: null, clock);
        await using var engine = new ChunnelEngine(
            new EngineSettings { Tags = job.Env.TagFilter }, installed.Registry, logs, clock,
            new EngineStorage { Log = new MemoryMedium(), Checkpoints = new CheckpointStore(new FolderMedium(folder, clock), maxRetained: 1, NullLogger.Instance), Shades = installed.Shades });
        await engine.StartAsync(stop);
        JobHandle handle;
        try
        {
            handle = await engine.SubmitAsync(new JobSubmission { Definition = ForTest(job, faults, test.Restarts), StandIns = standIns, Print = _ => { } }, stop);
        }
        catch (ProblemsException wrong)
        {
            return string.Join('\n', Lines(wrong.Problems));
        }
        catch (ChunnelException wrong)
        {
            return wrong.Message;
        }
        try
        {
            var ended = await handle.Ended.WaitAsync(timeout, clock, stop);
            return ended.Status == JobStatus.Finished ? null : JobSecrets.Of(job, installed.Registry).Hide(ended.ErrorText ?? $"the job ended as {ended.Status}");
        }
        catch (TimeoutException)
        {
            await engine.CancelAsync(handle.JobId, CancellationToken.None);
            return string.Create(CultureInfo.InvariantCulture, $"the job did not end within {timeout.TotalSeconds:0.###} s");
        }
    }

    /// <summary>The job without what slows it down, and with checkpoints and retries only where faults need them.</summary>
    private static JobDefinition ForTest(JobDefinition job, FaultPlan? faults, int restarts) => job with
    {
        Env = job.Env with
        {
            RowsPerSecond = null,
            BytesPerSecond = null,
            RequiredGuarantee = null,
            CheckpointInterval = faults is null ? null : _quickCheckpoints,
            CheckpointMinPause = null,
            RetryTimes = faults is null ? 0 : restarts + SpareRetries,
            RetryInterval = TimeSpan.Zero,
        },
    };

    private static IReadOnlyList<string> Judge(TestFile test, IReadOnlyList<string> errors) =>
        test.Error is null ? [.. errors.Select(error => $"the job failed: {error}")]
        : errors.Any(error => error.Contains(test.Error, StringComparison.Ordinal)) ? []
        : [$"the job must fail with '{test.Error}', and failed with something else:", .. errors];

    private static List<string> Compare(TestFile test, JobDefinition job, StandInPlugins standIns)
    {
        var failures = new List<string>();
        foreach (var expected in test.Expected)
        {
            var sink = StandInPlugins.SinkOf(expected, job)!;
            var collected = standIns.Collected(expected, job);
            var tables = expected.Table is { } name ? [.. collected.Tables.Where(table => table.TableId == name || table.Path.Table == name)] : collected.Tables.ToList();
            if (tables is not [var table])
            {
                var known = string.Join(", ", collected.Tables.Select(one => one.TableId));
                failures.Add(expected.Table is null ? $"{sink.ActionName}: it gets the tables {known}: say which one with table = \"...\"" : $"{sink.ActionName}: it gets no table '{expected.Table}', but {known}");
                continue;
            }
            var unknown = expected.Ignored.Where(column => table.IndexOf(column) < 0).ToList();
            if (unknown.Count > 0) failures.Add($"{sink.ActionName}, table {table.TableId}: it has no column {string.Join(", ", unknown)} that could be ignored");
            var came = collected.RowsOf(table.TableId);
            using var wanted = TestRows.ToBatch(expected.Rows, table, BatchMemory.Unlimited());
            var different = new RowComparison(expected, table, wanted, came).Differences();
            if (different.Count == 0) continue;
            failures.Add(string.Create(CultureInfo.InvariantCulture, $"{sink.ActionName}, table {table.TableId}: {expected.Rows.Count} row(s) expected, {came.Sum(batch => batch.Rows)} came"));
            failures.AddRange(different.Select(line => "  " + line));
        }
        failures.AddRange(Unmentioned(test, job, standIns));
        return failures;
    }

    /// <summary>A sink that a test speaks of gets nothing that the test does not speak of.</summary>
    private static IEnumerable<string> Unmentioned(TestFile test, JobDefinition job, StandInPlugins standIns) =>
        from sink in test.Expected.Where(expected => expected.Table is not null).GroupBy(expected => StandInPlugins.SinkOf(expected, job)!)
        from table in standIns.Collected(sink.First(), job).Tables
        where !sink.Any(expected => expected.Table == table.TableId || expected.Table == table.Path.Table)
        let rows = standIns.Collected(sink.First(), job).RowsOf(table.TableId).Sum(batch => batch.Rows)
        where rows > 0
        select string.Create(CultureInfo.InvariantCulture, $"{sink.Key.ActionName}, table {table.TableId}: no row expected, {rows} came");

    private static List<string> Lines(IEnumerable<Problem> problems) => [.. problems.Where(problem => problem.Severity == Severity.Error).Select(problem => problem.ToString())];
}
