using System.CommandLine;
using Chunnel.Cli.Planning;
using Chunnel.Cli.Running;
using Chunnel.Core;
using Chunnel.Engine;
using Chunnel.Server;

namespace Chunnel.Cli.Commands;

/// <summary><c>chunnel plan JOB</c>: what would run, without running it.</summary>
internal static class PlanCommand
{
    public static Command Make()
    {
        var job = JobOptions.Job();
        var variables = JobOptions.Variables();
        var json = new Option<bool>("--json") { Description = "The plan as JSON." };
        var command = new Command("plan", "Show pipelines, task groups, slots, the schema after every step and the guarantee.") { job, variables, json };
        command.SetAction((parsed, stop) => RunAsync(JobOptions.Read(parsed, job, variables), parsed.GetValue(json), stop));
        return command;
    }

    private static async Task<int> RunAsync(JobArguments arguments, bool json, CancellationToken stop)
    {
        var loaded = arguments.Check();
        foreach (var problem in loaded.Problems) await Console.Error.WriteLineAsync(problem.ToString());
        if (loaded.Definition is not { } definition) return ExitCodes.Failure;
        var planner = new JobPlanner(InstalledPlugins.Look().Registry, TimeProvider.System);
        await using var plan = await planner.PlanAsync(definition, jobId: 0, definition.Env.NameFor(null), stop);
        Console.Write(json ? PlanJson.Of(plan) : PlanText.Of(plan));
        return ExitCodes.Success;
    }
}
