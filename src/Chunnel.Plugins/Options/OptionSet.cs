using Chunnel.Core;

namespace Chunnel.Plugins;

/// <summary>All options of a plug-in and the rules between them.</summary>
public sealed class OptionSet(IReadOnlyList<OptionDescription> options, params OptionRule[] rules)
{
    public IReadOnlyList<OptionDescription> Options { get; } = options;

    public IReadOnlyList<OptionRule> Rules { get; } = rules;

    /// <summary>Beginnings of keys that are passed on unread, such as <c>kafka.config.</c>.</summary>
    public IReadOnlyList<string> FreePrefixes { get; init; } = [];

    /// <summary>Everything that is wrong with a plug-in's settings, and warnings for unknown and old keys.</summary>
    /// <param name="settings">The plug-in's block.</param>
    /// <param name="plugin">Its name, for the texts.</param>
    /// <param name="common">Options that every plug-in of the kind has.</param>
    public IReadOnlyList<Problem> Check(SettingsObject settings, string plugin, IReadOnlyList<OptionDescription> common)
    {
        var problems = new List<Problem>();
        OptionDescription[] all = [.. Options, .. common];
        foreach (var secret in all.Where(option => option.Secret).Select(option => option.Find(settings)).OfType<SettingsEntry>()) secret.KeyWhere.Conceal(secret.Key);
        var missing = all.Where(option => option.Required && option.Find(settings) is null).ToList();
        if (missing.Count > 0)
        {
            problems.Add(Wrong(settings, $"There are unconfigured options, the options({string.Join(", ", missing.Select(option => $"'{option.Key}'"))}) are required."));
        }
        problems.AddRange(all.Select(option => option.CheckValue(settings)).OfType<Problem>());
        problems.AddRange(Rules.Select(rule => rule.Broken(settings)).OfType<string>().Select(broken => Wrong(settings, broken)));
        problems.AddRange(settings.Entries.Select(entry => CheckKey(entry, plugin, all)).OfType<Problem>());
        return problems;
    }

    private Problem? CheckKey(SettingsEntry entry, string plugin, OptionDescription[] all)
    {
        if (FreePrefixes.Any(prefix => entry.Key.StartsWith(prefix, StringComparison.Ordinal))) return null;
        foreach (var option in all)
        {
            if (option.Key == entry.Key || Nests(option.Key, entry)) return null;
            if (option.OldKeys.Any(old => old == entry.Key || Nests(old, entry)))
            {
                return new Problem(CommonErrors.OptionValidateFailed, $"Please use the new key '{option.Key}' instead of the deprecated key '{entry.Key}'.")
                {
                    Severity = Severity.Warning,
                    Where = entry.KeyWhere,
                };
            }
        }
        var near = Nearest.To(entry.Key, all.Select(option => option.Key));
        return new Problem(CommonErrors.OptionValidateFailed, $"'{entry.Key}' is not an option of {plugin} and is ignored.")
        {
            Severity = Severity.Warning,
            Where = entry.KeyWhere,
            Mend = near is null ? $"All of them: docs/connectors/{plugin}.md" : $"Did you mean '{near}'?",
        };
    }

    /// <summary><c>row { num = 5 }</c> sets <c>row.num</c>.</summary>
    private static bool Nests(string key, SettingsEntry entry) =>
        entry.Value is SettingsObject && key.StartsWith(entry.Key + ".", StringComparison.Ordinal);

    private static Problem Wrong(SettingsObject settings, string what) =>
        new(CommonErrors.OptionValidateFailed, what) { Where = settings.Where };
}
