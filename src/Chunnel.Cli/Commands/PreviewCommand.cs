using System.CommandLine;
using System.Globalization;
using Chunnel.Cli.Preview;
using Chunnel.Cli.Running;
using Chunnel.Core;
using Chunnel.Engine;
using Chunnel.Server;

namespace Chunnel.Cli.Commands;

/// <summary><c>chunnel preview JOB</c>: the first rows, as they come out of each step. Nothing is written.</summary>
internal static class PreviewCommand
{
    private const int MostRows = 1000;

    public static Command Make()
    {
        var job = JobOptions.Job();
        var variables = JobOptions.Variables();
        var rows = new Option<int>("--rows") { HelpName = "number", Description = $"Rows of each table of a source, 1 to {MostRows}.", DefaultValueFactory = _ => 10 };
        var step = new Option<string?>("--step") { HelpName = "name", Description = "Show this step alone: by its plug-in, as the plan calls it (Transform[0]-Sql) or by its plugin_output." };
        var timeout = new Option<double>("--timeout") { HelpName = "seconds", Description = "How long a source may take.", DefaultValueFactory = _ => 30 };
        var json = new Option<bool>("--json") { Description = "The rows as JSON." };
        rows.Validators.Add(result => Within(result.GetValueOrDefault<int>(), 1, MostRows, "--rows", result.AddError));
        timeout.Validators.Add(result => Within(result.GetValueOrDefault<double>(), 0.001, TimeSpan.FromDays(1).TotalSeconds, "--timeout", result.AddError));
        var command = new Command("preview", "Show the first rows as they come out of each step. Sources are read for real, sinks are not opened.") { job, variables, rows, step, timeout, json };
        command.SetAction(async (parsed, _) =>
        {
            using var signals = new StopSignals();
            var settings = new PreviewSettings { Rows = parsed.GetValue(rows), Timeout = TimeSpan.FromSeconds(parsed.GetValue(timeout)) };
            return await RunAsync(JobOptions.Read(parsed, job, variables), settings, parsed.GetValue(step), parsed.GetValue(json), Console.Out, Console.Error, TimeProvider.System, signals.Asked);
        });
        return command;
    }

    internal static async Task<int> RunAsync(JobArguments arguments, PreviewSettings settings, string? step, bool json, TextWriter output, TextWriter errors, TimeProvider clock, CancellationToken stop)
    {
        var loaded = arguments.Check();
        foreach (var problem in loaded.Problems) await errors.WriteLineAsync(problem.ToString());
        if (loaded.Definition is not { } definition) return ExitCodes.Failure;
        PreviewSteps.RequireKnown(step, definition);
        var preview = new JobPreview(new JobPlanner(InstalledPlugins.Look().Registry, clock), clock);
        var plan = await preview.PlanAsync(definition, stop);
        var text = new PreviewText(plan.Secrets);
        var seen = new List<PipelinePreview>();
        await foreach (var pipeline in preview.RunAsync(plan, settings, stop))
        {
            seen.Add(pipeline);
            if (!json) await output.WriteAsync(text.Of(pipeline, settings, step));
        }
        if (json) await output.WriteAsync(plan.Secrets.Hide(PreviewJson.Of(seen, step)));
        foreach (var fault in seen.Select(pipeline => pipeline.Fault).OfType<Problem>()) await errors.WriteLineAsync(fault.ToString());
        // A source that hangs would hold up its own end too.
        if (!seen.Exists(pipeline => pipeline.End == PreviewEnd.Hanging)) await plan.DisposeAsync();
        return seen.TrueForAll(Succeeded) ? ExitCodes.Success : ExitCodes.Failure;
    }

    private static bool Succeeded(PipelinePreview pipeline) => pipeline.End switch
    {
        PreviewEnd.Enough or PreviewEnd.EndOfInput => true,
        PreviewEnd.TimeOver => pipeline.Steps[0].Tables.Any(table => table.Rows.Count > 0),
        _ => false,
    };

    private static void Within<T>(T value, T least, T most, string option, Action<string> wrong) where T : IComparable<T>, IFormattable
    {
        if (value.CompareTo(least) >= 0 && value.CompareTo(most) <= 0) return;
        wrong(string.Create(CultureInfo.InvariantCulture, $"{option} is {value}: give a number from {least} to {most}."));
    }
}
