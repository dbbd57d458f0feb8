using Chunnel.Core;

namespace Chunnel.Config;

/// <summary>A job file with its secrets closed or opened, and all that is to be said about it.</summary>
/// <param name="Root">The file's settings, order kept, <c>transform</c> always there; null when something is wrong.</param>
/// <param name="Problems">Mistakes and warnings.</param>
public sealed record ShadedJob(SettingsObject? Root, IReadOnlyList<Problem> Problems)
{
    /// <summary>What callers of REST look for when a value cannot be opened.</summary>
    public const string CannotDecrypt = "Failed to decrypt config. Please check your configuration.";

    /// <summary>What callers of REST look for when a value cannot be closed.</summary>
    public const string CannotEncrypt = "Failed to encrypt config. Please check your configuration.";

    /// <summary>Encrypts the secrets of a job. Nothing else of it is looked at; placeholders stay as they are.</summary>
    public static ShadedJob Encrypt(JobText job) => Change(job, Shading.Close);

    /// <summary>Shows the secrets of a job as they are meant.</summary>
    public static ShadedJob Decrypt(JobText job) => Change(job, Shading.Open);

    private static ShadedJob Change(JobText job, Func<SettingsObject, ShadeSet?, List<Problem>, SettingsObject> change)
    {
        var problems = new List<Problem>();
        var root = JobLoader.ReadRoot(job, problems);
        try
        {
            if (root is not null)
            {
                var sections = new SectionReader(root, job.Format, problems);
                sections.Demand(JobSections.Source, PluginKind.Source);
                sections.Demand(JobSections.Sink, PluginKind.Sink);
                root = change(NormalForm.WithTransform(root), job.Shades, problems);
            }
        }
        catch (ChunnelException wrong)
        {
            problems.Add(wrong.ToProblem());
        }
        return new ShadedJob(problems.Exists(problem => problem.Severity == Severity.Error) ? null : root, problems);
    }
}
