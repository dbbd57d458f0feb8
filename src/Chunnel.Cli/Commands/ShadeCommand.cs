using System.CommandLine;
using Chunnel.Cli.Running;
using Chunnel.Config;
using Chunnel.Core;

namespace Chunnel.Cli.Commands;

/// <summary><c>chunnel encrypt JOB</c> and <c>chunnel decrypt JOB</c>: the job as JSON on the output, nothing is written to disk.</summary>
internal static class ShadeCommand
{
    public static Command Encrypt() => Make("encrypt", "Print a job with its secrets encrypted, by the shade that its env names.", ShadedJob.Encrypt);

    public static Command Decrypt() => Make("decrypt", "Print a job with its secrets decrypted: they are shown.", ShadedJob.Decrypt);

    private static Command Make(string name, string says, Func<JobText, ShadedJob> change)
    {
        var job = JobOptions.Job();
        var command = new Command(name, says) { job };
        command.SetAction(parsed => Run(change(new JobArguments(parsed.GetRequiredValue(job)).Read())));
        return command;
    }

    private static int Run(ShadedJob job)
    {
        foreach (var problem in job.Problems) Console.Error.WriteLine(problem);
        if (job.Root is null) return ExitCodes.Failure;
        Console.WriteLine(SettingsJson.Pretty(job.Root));
        return ExitCodes.Success;
    }
}
