using Chunnel.Core;

namespace Chunnel.Config;

/// <summary>A job as logs and screens may show it.</summary>
public static class ShownJob
{
    /// <summary>The whole job as pretty JSON, secrets as <c>******</c>.</summary>
    public static string Of(JobDefinition job) => SettingsJson.Pretty(Secrets.Masked(job.Root, job.Env.ShadeOptions));
}
