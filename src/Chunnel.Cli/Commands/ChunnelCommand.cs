using System.CommandLine;
using System.CommandLine.Invocation;
using Chunnel.Cli.Checkpoints;
using Chunnel.Cli.Jobs;
using Chunnel.Cli.Running;
using Chunnel.Core;

namespace Chunnel.Cli.Commands;

/// <summary><c>chunnel run | check | plan | preview | test | encrypt | decrypt | server | jobs | checkpoint</c>.</summary>
internal static class ChunnelCommand
{
    private static readonly ParserConfiguration _parsing = new() { EnablePosixBundling = false };

    public static async Task<int> RunAsync(string[] args)
    {
        var parsed = Parse(args);
        // The mistake with what may have been meant; the whole help would push it off the screen.
        if (parsed.Action is ParseErrorAction mistake) mistake.ShowHelp = args.Length == 0;
        try
        {
            var code = await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
            return parsed.Errors.Count > 0 ? ExitCodes.Usage : code;
        }
        catch (ChunnelException wrong)
        {
            await Console.Error.WriteLineAsync(wrong.Message);
            return ExitCodes.Failure;
        }
    }

    private static ParseResult Parse(string[] args)
    {
        if (args is [RunCommand.Name, ..] && !args.Any(AsksForHelp) && RunCommand.Make().Parse(args, _parsing) is { Errors.Count: 0 } run)
        {
            // To make all the others takes as long as to read the job.
            return run;
        }
        return Root().Parse(args, _parsing);
    }

    private static bool AsksForHelp(string arg) => arg is "-h" or "/h" or "-?" or "/?" or "--help";

    private static RootCommand Root() => new("Chunnel moves data: jobs in HOCON, JSON or SQL, from sources through transforms into sinks.")
    {
        RunCommand.Make(),
        CheckCommand.Make(),
        PlanCommand.Make(),
        PreviewCommand.Make(),
        TestCommand.Make(),
        ShadeCommand.Encrypt(),
        ShadeCommand.Decrypt(),
        ServerCommand.Make(),
        JobsCommand.Make(),
        CheckpointCommand.Make(),
    };
}

/// <summary>Arguments that several commands share.</summary>
internal static class JobOptions
{
    public static Argument<string> Job() => new("JOB") { Description = "The job file: .conf (HOCON), .json or .sql." };

    public static Option<string[]> Variables() => new("-i", "--variable") { HelpName = "name=value", Description = "A variable of the job. May be given several times.", AllowMultipleArgumentsPerToken = false };

    public static JobArguments Read(ParseResult parsed, Argument<string> job, Option<string[]> variables) =>
        new(parsed.GetRequiredValue(job)) { Variables = parsed.GetValue(variables) ?? [] };
}
