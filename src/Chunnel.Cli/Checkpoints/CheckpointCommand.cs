using System.CommandLine;
using System.Globalization;
using Chunnel.Cli.Running;
using Chunnel.Core;
using Chunnel.Engine;
using Chunnel.Server;
using Microsoft.Extensions.Logging.Abstractions;

namespace Chunnel.Cli.Checkpoints;

/// <summary><c>chunnel checkpoint list|show|diff</c>: what stands in the store of a node, read from its files. The node need not run.</summary>
internal static class CheckpointCommand
{
    public static Command Make() => new("checkpoint", "Look into stored checkpoints and savepoints.") { List(), Show(), Diff() };

    private static Command List()
    {
        var job = new Argument<string?>("JOB") { Description = "Only this job.", Arity = ArgumentArity.ZeroOrOne };
        var config = Config();
        var command = new Command("list", "The complete checkpoints, newest first.") { job, config };
        command.SetAction((parsed, stop) => WithStoreAsync(parsed.GetValue(config), async store =>
        {
            IReadOnlyList<long> jobs = parsed.GetValue(job) is { } id ? [JobArguments.ParseId("JOB", id)] : await store.JobsAsync(stop);
            var files = new List<CheckpointFile>();
            foreach (var each in jobs) files.AddRange(await store.ListAsync(each, stop));
            if (files.Count == 0) Console.WriteLine($"No checkpoints at {store.Place}.");
            foreach (var file in files) Console.WriteLine(Line(file));
            return ExitCodes.Success;
        }));
        return command;
    }

    private static Command Show()
    {
        var (job, pipeline, checkpoint, config) = (Job(), Pipeline(), new Option<long?>("--checkpoint") { HelpName = "id", Description = "Which one (default: the newest)." }, Config());
        var command = new Command("show", "One checkpoint as JSON: every task with its counters and its state.") { job, pipeline, checkpoint, config };
        command.SetAction((parsed, stop) => WithStoreAsync(parsed.GetValue(config), async store =>
        {
            var file = Find(await FilesAsync(store, parsed.GetRequiredValue(job), parsed.GetValue(pipeline), stop), parsed.GetValue(checkpoint));
            Console.WriteLine(CheckpointText.Show(file, await store.ReadAsync(file, stop)));
            return ExitCodes.Success;
        }));
        return command;
    }

    private static Command Diff()
    {
        var (job, pipeline, config) = (Job(), Pipeline(), Config());
        var before = new Argument<long?>("FROM") { Description = "A checkpoint's id (default: the last but one).", Arity = ArgumentArity.ZeroOrOne };
        var after = new Argument<long?>("TO") { Description = "A checkpoint's id (default: the newest).", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("diff", "What has changed between two checkpoints of a pipeline, as JSON.") { job, before, after, pipeline, config };
        command.SetAction((parsed, stop) => WithStoreAsync(parsed.GetValue(config), async store =>
        {
            var files = await FilesAsync(store, parsed.GetRequiredValue(job), parsed.GetValue(pipeline), stop);
            var to = Find(files, parsed.GetValue(after));
            var from = parsed.GetValue(before) is { } id ? Find(files, id) : files.SkipWhile(file => file != to).Skip(1).Cast<CheckpointFile?>().FirstOrDefault() ?? throw Missing("There is only one checkpoint.");
            Console.WriteLine(CheckpointText.Diff(await store.ReadAsync(from, stop), await store.ReadAsync(to, stop)));
            return ExitCodes.Success;
        }));
        return command;
    }

    private static Argument<string> Job() => new("JOB") { Description = "The job's id." };

    private static Option<int> Pipeline() => new("--pipeline") { HelpName = "number", Description = "Which pipeline of the job (default: 1).", DefaultValueFactory = _ => 1 };

    private static Option<string?> Config() => new("--config") { HelpName = "folder", Description = "The folder with the node's seatunnel.yaml (default: config)." };

    private static async Task<int> WithStoreAsync(string? config, Func<CheckpointStore, Task<int>> work)
    {
        await using var store = NodeStorage.OpenCheckpoints(NodeSettings.Load(config, cluster: null).Storage!, NullLogger.Instance, TimeProvider.System);
        return await work(store);
    }

    private static async Task<IReadOnlyList<CheckpointFile>> FilesAsync(CheckpointStore store, string job, int pipeline, CancellationToken stop)
    {
        var jobId = JobArguments.ParseId("JOB", job);
        CheckpointFile[] files = [.. (await store.ListAsync(jobId, stop)).Where(file => file.PipelineId == pipeline)];
        return files.Length > 0 ? files : throw Missing($"Job {jobId} has no complete checkpoint of pipeline {pipeline} at {store.Place}.");
    }

    private static CheckpointFile Find(IReadOnlyList<CheckpointFile> files, long? id)
    {
        if (id is null) return files[0];
        foreach (var file in files)
        {
            if (file.CheckpointId == id) return file;
        }
        throw Missing($"There is no checkpoint {id}; there are {string.Join(", ", files.Select(file => file.CheckpointId))}.");
    }

    private static ChunnelException Missing(string what) => new(CommonErrors.OptionValidateFailed, what) { Mend = "chunnel checkpoint list shows what there is." };

    private static string Line(CheckpointFile file) => string.Create(
        CultureInfo.InvariantCulture,
        $"{file.JobId}  pipeline {file.PipelineId}  checkpoint {file.CheckpointId}  {DateTimeOffset.FromUnixTimeMilliseconds(file.Completed):yyyy-MM-dd HH:mm:ss.fff}Z  {file.Name}");
}
