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
    public static async Task<int> RunAsync(string[] args)
    {
        var root = new RootCommand("Chunnel moves data: jobs in HOCON, JSON or SQL, from sources through transforms into sinks.")
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
        var parsed = root.Parse(args, new ParserConfiguration { EnablePosixBundling = false });
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
}

/// <summary>Arguments that several commands share.</summary>
internal static class JobOptions
{
    public static Argument<string> Job() => new("JOB") { Description = "The job file: .conf (HOCON), .json or .sql." };

    public static Option<string[]> Variables() => new("-i", "--variable") { HelpName = "name=value", Description = "A variable of the job. May be given several times.", AllowMultipleArgumentsPerToken = false };

    public static JobArguments Read(ParseResult parsed, Argument<string> job, Option<string[]> variables) =>
        new(parsed.GetRequiredValue(job)) { Variables = parsed.GetValue(variables) ?? [] };
}
