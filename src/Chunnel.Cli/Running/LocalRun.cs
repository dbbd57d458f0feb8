using Chunnel.Config;
using Chunnel.Control;
using Chunnel.Core;
using Chunnel.Engine;
using Chunnel.Server;

namespace Chunnel.Cli.Running;

/// <summary>Runs one job in this process: no port is opened, everything ends with the job.</summary>
internal static class LocalRun
{
    /// <summary>Runs the job to its end, or cancels it when asked to stop.</summary>
    /// <returns>The exit code: 1 for a job that was refused or failed.</returns>
    public static async Task<int> RunAsync(JobArguments arguments, IRunReporter reporter, IJobLogs logs, Printing printing, TimeProvider clock)
    {
        var loaded = arguments.Check();
        foreach (var problem in loaded.Problems) reporter.Problem(problem);
        if (loaded.Definition is not { } definition) return ExitCodes.Failure;
        var installed = InstalledPlugins.Look();
        var plugins = installed.Registry;
        reporter.Loaded(definition, JobSecrets.Of(definition, plugins));
        using var signals = new StopSignals();
        var started = clock.GetUtcNow();
        // Whatever tags the job wants of its workers, here is only one place.
        var settings = KeepsCheckpoints(definition, arguments) ? NodeSettings.Load(configFolder: null, cluster: null) : new NodeSettings();
        await using var engine = new ChunnelEngine(
            new EngineSettings { Tags = definition.Env.TagFilter, Checkpoints = settings.Checkpoints },
            plugins, logs, clock, StorageOf(settings, installed.Shades, logs, clock));
        await engine.StartAsync(signals.Asked);
        JobHandle handle;
        try
        {
            handle = await engine.SubmitAsync(new JobSubmission { Definition = definition, Name = arguments.Name, JobId = arguments.JobId, StartsFromSavepoint = arguments.StartsFromSavepoint, Print = printing.Line, PrintLines = printing.Lines }, signals.Asked);
        }
        catch (ProblemsException wrong)
        {
            foreach (var problem in wrong.Problems) reporter.Problem(problem);
            return ExitCodes.Failure;
        }
        catch (ChunnelException wrong)
        {
            reporter.Problem(wrong.ToProblem());
            return ExitCodes.Failure;
        }
        reporter.Started(handle.View);
        await WatchAsync(engine, handle, reporter, started, clock, signals.Asked);
        var ended = await handle.Ended;
        reporter.Ended(ended, started, clock.GetUtcNow());
        return ended.Status == JobStatus.Failed ? ExitCodes.Failure : ExitCodes.Success;
    }

    /// <summary>Most jobs are over before their first checkpoint would be due: for them nobody looks for settings.</summary>
    private static bool KeepsCheckpoints(JobDefinition definition, JobArguments arguments) =>
        arguments.StartsFromSavepoint || definition.Env.CheckpointInterval is not null || definition.Env.Mode == JobMode.Streaming;

    /// <summary>Checkpoints lie where a node would keep them; decisions last as long as this process.</summary>
    private static EngineStorage? StorageOf(NodeSettings settings, ShadeSet shades, IJobLogs logs, TimeProvider clock) => settings.Storage is not { } storage ? null : new EngineStorage
    {
        Log = new MemoryMedium(),
        Checkpoints = NodeStorage.OpenCheckpoints(storage, logs.Node, clock),
        Shades = shades,
    };

    private static async Task WatchAsync(ChunnelEngine engine, JobHandle handle, IRunReporter reporter, DateTimeOffset started, TimeProvider clock, CancellationToken asked)
    {
        var stopping = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var paces = handle.View.Pipelines.ToDictionary(pipeline => pipeline.Id, _ => new PaceWindow(clock));
        using var registration = asked.Register(() => stopping.TrySetResult());
        var stopped = stopping.Task;
        while (!handle.Ended.IsCompleted)
        {
            using var look = new CancellationTokenSource();
            var next = Task.Delay(reporter.Interval, clock, look.Token);
            var first = await Task.WhenAny(handle.Ended, stopped, next);
            await look.CancelAsync();
            if (first == stopped)
            {
                reporter.Stopping();
                await engine.CancelAsync(handle.JobId, CancellationToken.None);
                stopped = handle.Ended;
            }
            else if (first == next)
            {
                var job = handle.View;
                reporter.Progress(job, [.. job.Pipelines.Select(pipeline => paces[pipeline.Id].See(pipeline))], clock.GetUtcNow() - started);
            }
        }
    }
}
