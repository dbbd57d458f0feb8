using Chunnel.Core;

namespace Chunnel.Config;

/// <summary>The shape in which a job is shown and encrypted: env and three lists, <c>transform</c> always there, nothing else.</summary>
internal static class NormalForm
{
    private static readonly string[] Order = [JobSections.Env, JobSections.Source, JobSections.Transform, JobSections.Sink];

    public static SettingsObject Of(SettingsObject root) => root with
    {
        Entries = [.. Order.Select(key => root.Entry(key) is { Value: not SettingsScalar } entry ? entry : Empty(key))],
    };

    private static SettingsEntry Empty(string key) =>
        new(key, key == JobSections.Env ? SettingsObject.Empty : new SettingsList([]));
}
