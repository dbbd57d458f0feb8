using Chunnel.Config;
using Chunnel.Core;

namespace Chunnel.Engine;

/// <summary>What the log keeps of a submission beside the decisions: enough to plan the job anew.</summary>
/// <param name="Definition">The job's normal form as JSON; secrets that came encrypted are so here.</param>
/// <param name="Name">The name that was given from outside.</param>
/// <param name="StartsFromSavepoint">The submission said so.</param>
internal sealed record JobContent(string Definition, string? Name, bool StartsFromSavepoint)
{
    public static JobContent Of(JobSubmission submission) =>
        new(SettingsJson.Compact(submission.Definition.Root), submission.Name, submission.StartsFromSavepoint);

    /// <exception cref="ProblemsException">This program does not understand what an earlier one accepted.</exception>
    public JobDefinition Read(ShadeSet shades) => JobLoader.Load(new JobText(Definition, JobFormat.Json) { FileName = "the control log", Shades = shades });
}
