using System.CommandLine;
using System.Globalization;
using Chunnel.Cli.Running;
using Chunnel.Cli.Testing;
using Chunnel.Core;

namespace Chunnel.Cli.Commands;

/// <summary><c>chunnel test FILE...</c>: jobs between given and expected rows. No system of theirs is touched.</summary>
internal static class TestCommand
{
    private const string Pattern = "*.test.conf";

    public static Command Make()
    {
        var paths = new Argument<string[]>("PATH") { Description = $"Tests, or folders with {Pattern} in them.", Arity = ArgumentArity.OneOrMore };
        var report = new Option<string?>("--report") { HelpName = "FILE", Description = "Write what came of it as JUnit does, for a build server." };
        var timeout = new Option<double>("--timeout") { HelpName = "seconds", Description = "How long one run of a job may take.", DefaultValueFactory = _ => 60 };
        timeout.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double>() is < 0.001 or > 86_400) result.AddError("--timeout is a number of seconds, up to a day.");
        });
        var command = new Command("test", "Run jobs on given rows and compare what their sinks get. No source and no sink is touched.") { paths, report, timeout };
        command.SetAction(async (parsed, _) =>
        {
            using var signals = new StopSignals();
            return await RunAsync(parsed.GetRequiredValue(paths), parsed.GetValue(report), TimeSpan.FromSeconds(parsed.GetValue(timeout)), Console.Out, TimeProvider.System, signals.Asked);
        });
        return command;
    }

    internal static async Task<int> RunAsync(IReadOnlyList<string> paths, string? report, TimeSpan timeout, TextWriter output, TimeProvider clock, CancellationToken stop)
    {
        var outcomes = new List<TestOutcome>();
        foreach (var file in paths.SelectMany(FilesOf).Distinct())
        {
            var outcome = await new JobTestRun(clock, timeout).RunAsync(file, stop);
            outcomes.Add(outcome);
            await output.WriteAsync(TextOf(outcome));
        }
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{outcomes.Count(outcome => outcome.Passed)} passed, {outcomes.Count(outcome => !outcome.Passed)} failed"));
        if (report is not null) await JUnitReport.WriteAsync(report, outcomes);
        return outcomes.TrueForAll(outcome => outcome.Passed) ? ExitCodes.Success : ExitCodes.Failure;
    }

    /// <exception cref="ChunnelException">The folder has no test.</exception>
    private static IReadOnlyList<string> FilesOf(string path)
    {
        if (!Directory.Exists(path)) return [path];
        var files = Directory.EnumerateFiles(path, Pattern, SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToList();
        return files.Count > 0 ? files : throw new ChunnelException(CommonErrors.OptionValidateFailed, $"There is no test in {path}.") { Mend = $"Tests are called {Pattern}." };
    }

    private static string TextOf(TestOutcome outcome) => outcome.Passed
        ? $"pass {outcome.Path} ({outcome.Summary})\n"
        : $"FAIL {outcome.Path}\n{string.Concat(outcome.Failures.SelectMany(failure => failure.Split('\n')).Select(line => $"  {line}\n"))}";
}
