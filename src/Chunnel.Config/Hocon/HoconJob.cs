using Chunnel.Config.Variables;
using Chunnel.Core;

namespace Chunnel.Config.Hocon;

/// <summary>A job written in HOCON.</summary>
internal static class HoconJob
{
    /// <summary>The settings of the job; null when parts of the text could not be read, so that further checks would only echo that.</summary>
    public static SettingsObject? Read(SourceText source, VariableScope scope, IncludeReader? includes, List<Problem> problems)
    {
        var reading = new HoconReading(includes);
        var root = HoconParser.ParseRoot(source, reading);
        var settings = reading.IsWhole ? Sections(new HoconResolver(root, scope, reading).Resolve()) : null;
        problems.AddRange(reading.Problems);
        return reading.IsWhole ? settings : null;
    }

    // A section that came as an object all the same, through ${...}: its members are blocks too.
    private static SettingsObject Sections(SettingsObject root) => root with
    {
        Entries = [.. root.Entries.Select(entry => JobSections.IsSection(entry.Key) && entry.Value is SettingsObject blocks
            ? entry with { Value = Listed(blocks) }
            : entry)],
    };

    private static SettingsList Listed(SettingsObject blocks) =>
        new([.. blocks.Entries.Select(block => block.Value is SettingsObject options ? HoconResolver.Named(options, block.Key, block.KeyWhere) : block.Value)])
        {
            Where = blocks.Where,
        };
}
