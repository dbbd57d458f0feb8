using System.CommandLine;
using Chunnel.Cli.Running;
using Chunnel.Engine;
using Microsoft.Extensions.Logging;

namespace Chunnel.Cli.Commands;

/// <summary><c>chunnel run JOB</c>: runs it here and now.</summary>
internal static class RunCommand
{
    public const string Name = "run";

    public static Command Make()
    {
        var job = JobOptions.Job();
        var variables = JobOptions.Variables();
        var name = new Option<string?>("-n", "--name") { HelpName = "name", Description = "The job's name." };
        var jobId = new Option<string?>("--set-job-id") { HelpName = "number", Description = "The job's id; one is made when absent." };
        var restore = new Option<string?>("--restore") { HelpName = "id", Description = "Go on from the newest savepoint or checkpoint of this job." };
        var json = new Option<bool>("--json") { Description = "Tell what happens as one JSON object a line." };
        var logFolder = new Option<string?>("--logs") { HelpName = "folder", Description = "Write the job's log file into this folder." };
        var command = new Command(Name, "Run a job in this process. No port is opened.") { job, variables, name, jobId, restore, json, logFolder };
        command.SetAction(async (parsed, _) =>
        {
            var restored = parsed.GetValue(restore) is { } old ? JobArguments.ParseId("--restore", old) : (long?)null;
            var arguments = JobOptions.Read(parsed, job, variables) with
            {
                Name = parsed.GetValue(name),
                JobId = restored ?? (parsed.GetValue(jobId) is { } id ? JobArguments.ParseId("--set-job-id", id) : null),
                StartsFromSavepoint = restored is not null,
            };
            using var reporter = Reporter(parsed.GetValue(json));
            using var logs = new NodeLogs(parsed.GetValue(logFolder), "chunnel-run.log", new WarningLines(Console.Error), TimeProvider.System);
            return await LocalRun.RunAsync(arguments, reporter, logs, PrintingOf(reporter), TimeProvider.System);
        });
        return command;
    }

    private static IRunReporter Reporter(bool json) =>
        json ? new JsonReporter(Console.Out)
        : Console.IsOutputRedirected ? new PlainReporter(Console.Out, Console.Error)
        : new TerminalReporter(Console.Out, Console.Error, () => Console.WindowWidth);

    /// <summary>On a terminal, lines go above the live ones; in JSON they are no events and go to the errors; else straight out.</summary>
    private static Printing PrintingOf(IRunReporter reporter) => reporter switch
    {
        TerminalReporter terminal => new Printing(terminal.Print, null),
        JsonReporter => new Printing(Console.Error.WriteLine, null),
        _ => Printing.To(Console.OpenStandardOutput()),
    };

    /// <summary>What a person at a terminal must see of the log: warnings. Errors come with the end of the job.</summary>
    private sealed class WarningLines(TextWriter errors) : ILineSink
    {
        public void Write(LogLevel level, string line)
        {
            if (level == LogLevel.Warning) errors.WriteLine(line);
        }
    }
}
