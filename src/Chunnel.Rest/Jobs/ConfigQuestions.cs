using Chunnel.Config;
using Chunnel.Core;
using Microsoft.Extensions.Logging;

namespace Chunnel.Rest;

/// <summary>What may be asked about the texts of jobs. Both faces of REST answer from here.</summary>
/// <param name="shades">What secrets of jobs may be encrypted with.</param>
/// <param name="log">The node's log.</param>
public sealed class ConfigQuestions(ShadeSet shades, ILogger log)
{
    /// <summary>A job's JSON text with its secrets encrypted (spec rest-api.md 8). Nothing is kept, nothing else of it is looked at.</summary>
    /// <exception cref="RestRefusal">The text is no JSON object.</exception>
    /// <exception cref="ProblemsException">A section is missing, or a value cannot be encrypted.</exception>
    internal SettingsObject Encrypt(string text)
    {
        JsonBody.ReadObject(text);
        var job = ShadedJob.Encrypt(new JobText(text, JobFormat.Json) { Shades = shades });
        foreach (var warning in job.Problems.Where(problem => problem.Severity == Severity.Warning)) log.JobWarning(warning.ToString());
        return job.Root ?? throw new ProblemsException([.. job.Problems.Where(problem => problem.Severity == Severity.Error)]);
    }
}
