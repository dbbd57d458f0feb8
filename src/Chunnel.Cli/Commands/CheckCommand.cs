using System.CommandLine;
using Chunnel.Cli.Running;
using Chunnel.Core;

namespace Chunnel.Cli.Commands;

/// <summary><c>chunnel check JOB</c>: all mistakes at once, nothing is connected to and nothing starts.</summary>
internal static class CheckCommand
{
    public static Command Make()
    {
        var job = JobOptions.Job();
        var variables = JobOptions.Variables();
        var strict = new Option<bool>("--strict") { Description = "Warnings count as mistakes." };
        var command = new Command("check", "Tell all mistakes of a job.") { job, variables, strict };
        command.SetAction(parsed => Run(JobOptions.Read(parsed, job, variables), parsed.GetValue(strict)));
        return command;
    }

    private static int Run(JobArguments arguments, bool strict)
    {
        var problems = arguments.Check().Problems;
        foreach (var problem in problems) Console.Error.WriteLine(problem);
        var mistakes = problems.Count(problem => problem.Severity == Severity.Error);
        var warnings = problems.Count - mistakes;
        Console.WriteLine($"{arguments.Path}: {mistakes} mistake(s), {warnings} warning(s).");
        return mistakes > 0 || (strict && warnings > 0) ? ExitCodes.Failure : ExitCodes.Success;
    }
}
