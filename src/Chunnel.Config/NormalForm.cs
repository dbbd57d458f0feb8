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

    /// <summary>The settings as they are, with an empty <c>transform</c> before the sinks where there was none.</summary>
    public static SettingsObject WithTransform(SettingsObject root)
    {
        if (root[JobSections.Transform] is not null and not SettingsScalar { Kind: ScalarKind.Null }) return root;
        var entries = root.Entries.Where(entry => entry.Key != JobSections.Transform).ToList();
        var sink = entries.FindIndex(entry => entry.Key == JobSections.Sink);
        entries.Insert(sink < 0 ? entries.Count : sink, Empty(JobSections.Transform));
        return root with { Entries = entries };
    }

    private static SettingsEntry Empty(string key) =>
        new(key, key == JobSections.Env ? SettingsObject.Empty : new SettingsList([]));
}
