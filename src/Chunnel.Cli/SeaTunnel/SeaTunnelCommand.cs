using Chunnel.Cli.Commands;
using Chunnel.Cli.Running;
using Chunnel.Cli.SeaTunnel.Cluster;
using Chunnel.Config;
using Chunnel.Core;
using Chunnel.Engine;

namespace Chunnel.Cli.SeaTunnel;

/// <summary><c>bin/seatunnel.sh</c>: SeaTunnel's flags, lines and exit codes (spec engine.md 14).</summary>
internal static class SeaTunnelCommand
{
    public static async Task<int> RunAsync(string[] args)
    {
        var arguments = SeaTunnelArguments.Parse(args);
        if (arguments.Mistake is { } mistake)
        {
            await Console.Error.WriteLineAsync(mistake);
            Console.WriteLine(SeaTunnelHelp.Text);
            return ExitCodes.Usage;
        }
        if (args.Length == 0 || arguments.Has("help"))
        {
            Console.WriteLine(SeaTunnelHelp.Text);
            return ExitCodes.Usage;
        }
        using var logs = new NodeLogs(null, "", new ConsoleLines(Console.Out, Console.Error), TimeProvider.System);
        foreach (var warning in arguments.Warnings) SeaTunnelLog.Warn(logs.Node, warning);
        try
        {
            return await RunAsync(arguments, logs);
        }
        catch (ChunnelException wrong)
        {
            SeaTunnelLog.ConfigError(logs.Node, wrong.Message);
            return ExitCodes.Failure;
        }
    }

    private static Task<int> RunAsync(SeaTunnelArguments arguments, NodeLogs logs)
    {
        if (arguments.Has("check")) return Task.FromResult(Check(arguments, logs));
        if (arguments.Has("encrypt")) return Task.FromResult(Shade(arguments, logs, "Encrypt config: ", ShadedJob.Encrypt));
        if (arguments.Has("decrypt")) return Task.FromResult(Shade(arguments, logs, "Decrypt config: ", ShadedJob.Decrypt));
        if (ClusterCommand.IsQuery(arguments)) return ClusterCommand.QueryAsync(arguments, logs, TimeProvider.System);
        if (arguments["config"] is null) return Task.FromResult(NeedsConfig(logs));
        return IsLocal(arguments, logs) ? RunLocalAsync(arguments, logs) : ClusterCommand.RunAsync(arguments, JobOf(arguments), logs, TimeProvider.System);
    }

    private static bool IsLocal(SeaTunnelArguments arguments, NodeLogs logs)
    {
        if (arguments.Has("deploy-mode"))
        {
            SeaTunnelLog.Warn(logs.Node, "-e and --deploy-mode deprecated in 2.3.1, please use -m and --master instead of it");
        }
        var mode = arguments["master"] ?? arguments["deploy-mode"] ?? "cluster";
        if (mode.Equals("local", StringComparison.OrdinalIgnoreCase)) return true;
        if (mode.Equals("cluster", StringComparison.OrdinalIgnoreCase)) return false;
        throw new ChunnelException(CommonErrors.OptionValidateFailed, $"'{mode}' is no mode to run a job in.") { Mend = "-m takes local or cluster." };
    }

    private static async Task<int> RunLocalAsync(SeaTunnelArguments arguments, NodeLogs logs)
    {
        if (arguments.Has("async")) SeaTunnelLog.Warn(logs.Node, "The job is running in local mode, can not use async mode.");
        SeaTunnelLog.Info(logs.Node, $"Loading config file from path: {arguments["config"]}");
        using var reporter = new SeaTunnelReporter(logs.Node, TimeProvider.System);
        var code = await RunLocalAsync(JobOf(arguments), reporter, logs);
        SeaTunnelLog.Info(logs.Node, "Closed SeaTunnel client......");
        SeaTunnelLog.Info(logs.Node, "Closed metrics executor service ......");
        if (code != ExitCodes.Success) SeaTunnelLog.FatalError(logs.Node, reporter.Error);
        return code;
    }

    private static async Task<int> RunLocalAsync(JobArguments job, SeaTunnelReporter reporter, NodeLogs logs)
    {
        try
        {
            return await LocalRun.RunAsync(job, reporter, logs, Printing.IntoTheLog, TimeProvider.System);
        }
        catch (ChunnelException wrong)
        {
            reporter.Failed(wrong.Message);
            return ExitCodes.Failure;
        }
    }

    private static JobArguments JobOf(SeaTunnelArguments arguments) => new(arguments["config"]!)
    {
        Variables = arguments.All("variable"),
        Name = arguments["name"],
        JobId = arguments["restore"] is { } old ? JobArguments.ParseId("--restore", old)
            : arguments["set-job-id"] is { } id ? JobArguments.ParseId("--set-job-id", id) : null,
        StartsFromSavepoint = arguments.Has("restore"),
    };

    private static int Check(SeaTunnelArguments arguments, NodeLogs logs)
    {
        if (arguments["config"] is null) return NeedsConfig(logs);
        var problems = JobOf(arguments).Check().Problems;
        foreach (var problem in problems)
        {
            if (problem.Severity == Severity.Warning) SeaTunnelLog.Warn(logs.Node, problem.ToString());
            else SeaTunnelLog.Error(logs.Node, problem.ToString());
        }
        if (problems.Any(problem => problem.Severity == Severity.Error)) return ExitCodes.Failure;
        SeaTunnelLog.Info(logs.Node, "config OK !");
        return ExitCodes.Success;
    }

    private static int Shade(SeaTunnelArguments arguments, NodeLogs logs, string title, Func<JobText, ShadedJob> change)
    {
        if (arguments["config"] is null) return NeedsConfig(logs);
        var job = change(JobOf(arguments).Read());
        foreach (var warning in job.Problems.Where(problem => problem.Severity == Severity.Warning)) SeaTunnelLog.Warn(logs.Node, warning.ToString());
        if (job.Root is null) throw new ProblemsException([.. job.Problems.Where(problem => problem.Severity == Severity.Error)]);
        SeaTunnelLog.Info(logs.Node, $"{title}\n{SettingsJson.Pretty(job.Root)}");
        return ExitCodes.Success;
    }

    private static int NeedsConfig(NodeLogs logs)
    {
        SeaTunnelLog.ConfigError(logs.Node, "No job file was given. Say which with -c FILE.");
        return ExitCodes.Failure;
    }
}
