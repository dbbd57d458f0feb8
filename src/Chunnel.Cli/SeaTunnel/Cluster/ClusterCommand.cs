using Chunnel.Cli.Running;
using Chunnel.Client;
using Chunnel.Core;
using Chunnel.Engine;
using Chunnel.Server;

namespace Chunnel.Cli.SeaTunnel.Cluster;

/// <summary><c>seatunnel.sh</c> where a cluster is asked: the nodes are spoken to over REST.</summary>
internal static class ClusterCommand
{
    private static readonly string[] _queries = ["list", "get_running_job_metrics", "job-id", "cancel-job", "metrics", "savepoint"];

    /// <summary>True when the arguments ask for something that only a cluster knows.</summary>
    public static bool IsQuery(SeaTunnelArguments arguments) => _queries.Any(arguments.Has);

    public static Task<int> QueryAsync(SeaTunnelArguments arguments, NodeLogs logs, TimeProvider clock) => ConnectedAsync(logs, clock, async (client, stop) =>
    {
        var queries = new ClusterQueries(client, Console.Out, clock);
        if (arguments.Has("list")) await queries.ListAsync(stop);
        else if (arguments.Has("get_running_job_metrics")) await queries.RunningMetricsAsync(stop);
        else if (arguments["job-id"] is { } job) await queries.StatusAsync(JobArguments.ParseId("--job-id", job), stop);
        else if (arguments.Has("cancel-job")) await queries.CancelAsync([.. arguments.All("cancel-job").Select(id => JobArguments.ParseId("--cancel-job", id))], stop);
        else if (arguments["metrics"] is { } measured) await queries.MetricsAsync(JobArguments.ParseId("--metrics", measured), stop);
        else await queries.SavepointAsync(JobArguments.ParseId("--savepoint", arguments["savepoint"]!), stop);
        return ExitCodes.Success;
    });

    /// <summary>Reads the job here, with its includes and variables, and hands it to a node.</summary>
    public static async Task<int> RunAsync(SeaTunnelArguments arguments, JobArguments job, NodeLogs logs, TimeProvider clock)
    {
        SeaTunnelLog.Info(logs.Node, $"Loading config file from path: {job.Path}");
        // The node opens the secrets: this machine needs no key.
        var loaded = job.Load();
        foreach (var warning in loaded.Problems.Where(problem => problem.Severity == Severity.Warning)) SeaTunnelLog.Warn(logs.Node, warning.ToString());
        if (loaded.Definition is not { } definition) throw new ProblemsException([.. loaded.Problems.Where(problem => problem.Severity == Severity.Error)]);
        SeaTunnelLog.Parsed(logs.Node, definition, JobSecrets.Of(definition, InstalledPlugins.Look().Registry));
        var order = new JobOrder(SettingsJson.Compact(definition.Root), "json")
        {
            Name = job.Name,
            JobId = job.JobId,
            StartsFromSavepoint = job.StartsFromSavepoint,
            IdempotencyKey = Guid.NewGuid().ToString(),
        };
        var isAsync = arguments.Has("async");
        var code = await ConnectedAsync(logs, clock, (client, stop) => new ClusterRun(client, logs.Node, clock).RunAsync(order, isAsync, arguments.LeavesJobRunning, stop));
        if (!isAsync) SeaTunnelLog.Info(logs.Node, "Closed metrics executor service ......");
        return code;
    }

    private static async Task<int> ConnectedAsync(NodeLogs logs, TimeProvider clock, Func<ChunnelClient, CancellationToken, Task<int>> act)
    {
        using var signals = new StopSignals();
        try
        {
            using var client = await ClusterConnection.OpenAsync(ClientSettings.Load(), Environment.GetEnvironmentVariable("CHUNNEL_SERVER"), clock, signals.Asked);
            var code = await act(client, signals.Asked);
            SeaTunnelLog.Info(logs.Node, "Closed SeaTunnel client......");
            return code;
        }
        catch (ServerException refused)
        {
            return Failed(logs, refused.Detail is null ? refused.Message : $"{refused.Message}\n{refused.Detail}");
        }
        catch (ChunnelException wrong)
        {
            return Failed(logs, wrong.Message);
        }
        catch (HttpRequestException lost)
        {
            return Failed(logs, $"The node does not answer any more: {lost.Message} The job may be running there.");
        }
    }

    private static int Failed(NodeLogs logs, string error)
    {
        SeaTunnelLog.Info(logs.Node, "Closed SeaTunnel client......");
        SeaTunnelLog.FatalError(logs.Node, error);
        return ExitCodes.Failure;
    }
}
