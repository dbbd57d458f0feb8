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
        var openLineage = new Option<string?>("--openlineage") { HelpName = "FILE", Description = "Write what the job reads and writes, column by column, as an OpenLineage event." };
        var space = new Option<string>("--openlineage-namespace") { HelpName = "name", Description = "The job's namespace in the event.", DefaultValueFactory = _ => "chunnel" };
        var command = new Command("plan", "Show pipelines, task groups, slots, the schema after every step, the guarantee, queries as they run and where each column comes from.") { job, variables, json, openLineage, space };
        command.SetAction((parsed, stop) => RunAsync(JobOptions.Read(parsed, job, variables), parsed.GetValue(json), parsed.GetValue(openLineage), parsed.GetRequiredValue(space), stop));
        return command;
    }

    private static async Task<int> RunAsync(JobArguments arguments, bool json, string? openLineage, string space, CancellationToken stop)
    {
        var loaded = arguments.Check();
        foreach (var problem in loaded.Problems) await Console.Error.WriteLineAsync(problem.ToString());
        if (loaded.Definition is not { } definition) return ExitCodes.Failure;
        var planner = new JobPlanner(InstalledPlugins.Look().Registry, TimeProvider.System);
        await using var plan = await planner.PlanAsync(definition, jobId: 0, definition.Env.NameFor(null), stop);
        var lineage = await JobLineage.OfAsync(plan, stop);
        if (openLineage is not null) await File.WriteAllTextAsync(openLineage, LineageEvent.Of(plan, lineage, space, TimeProvider.System.GetUtcNow()), stop);
        Console.Write(json ? PlanJson.Of(plan, lineage) : PlanText.Of(plan, lineage));
        return ExitCodes.Success;
    }
}
