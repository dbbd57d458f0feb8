using Chunnel.Config;
using Chunnel.Core;
using Chunnel.Engine;

namespace Chunnel.Cli.Preview;

/// <summary>Steps by the names that a person may call them by.</summary>
internal static class PreviewSteps
{
    /// <summary>The steps of that name; all of them for none.</summary>
    public static IEnumerable<StepPreview> Named(PipelinePreview pipeline, string? name) =>
        pipeline.Steps.Where(step => name is null || IsCalled(name, step.Name, step.Plugin, step.Output));

    /// <exception cref="ChunnelException">No step of the job has the name.</exception>
    public static void RequireKnown(string? name, JobDefinition job)
    {
        if (name is null) return;
        var blocks = job.Sources.Concat(job.Transforms).Concat(job.Sinks).ToList();
        if (blocks.Exists(block => IsCalled(name, block.ActionName, block.PluginName, block.Output))) return;
        var known = blocks.Select(block => block.ActionName).ToList();
        throw new ChunnelException(CommonErrors.OptionValidateFailed, $"The job has no step '{name}'.")
        {
            Mend = Nearest.DidYouMean(name, known.Concat(blocks.Select(block => block.PluginName)).Concat(blocks.Select(block => block.Output).OfType<string>())) ?? $"Its steps: {string.Join(", ", known)}.",
        };
    }

    private static bool IsCalled(string name, string step, string plugin, string? output) =>
        name == step || name == output || name.Equals(plugin, StringComparison.OrdinalIgnoreCase);
}
