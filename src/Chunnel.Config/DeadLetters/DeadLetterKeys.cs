using Chunnel.Core;

namespace Chunnel.Config.DeadLetters;

/// <summary>The keys of <c>dead_letter</c>, which stand in a block of that name or, flat, behind it and a dot.</summary>
internal static class DeadLetterKeys
{
    public const string Section = "dead_letter";
    public const string Policy = "policy";
    public const string Sink = "sink";
    public const string MaxRows = "max_rows";
    public const string MaxPercent = "max_percent";
    public const string MinRows = "min_rows";

    public static readonly string[] OfEnv = [Policy, Sink, MaxRows, MaxPercent, MinRows];

    public static readonly string[] OfBlocks = [Policy];

    public static bool IsOne(string key) => IsUnder(key, Section);

    /// <summary>What stands under a key, in either form; null when nothing does.</summary>
    public static SettingsObject? Under(SettingsObject owner, string key)
    {
        var entries = new List<SettingsEntry>();
        TextPosition? where = null;
        foreach (var entry in owner.Entries.Where(entry => IsUnder(entry.Key, key)))
        {
            where ??= entry.KeyWhere;
            if (entry.Key != key) entries.Add(entry with { Key = entry.Key[(key.Length + 1)..] });
            else if (entry.Value is SettingsObject inner) entries.AddRange(inner.Entries);
        }
        return where is null ? null : new SettingsObject(entries) { Where = where };
    }

    /// <summary>The settings of <c>env</c> with the options of the dead letters' sink changed, each under its own key.</summary>
    public static SettingsObject WithSink(SettingsObject env, Func<SettingsEntry, SettingsEntry> change) => Within(env, "", change);

    private static SettingsObject Within(SettingsObject owner, string prefix, Func<SettingsEntry, SettingsEntry> change) => owner with
    {
        Entries = [.. owner.Entries.Select(entry => Changed(entry, prefix + entry.Key, change))],
    };

    private static SettingsEntry Changed(SettingsEntry entry, string path, Func<SettingsEntry, SettingsEntry> change)
    {
        const string SinkPath = $"{Section}.{Sink}";
        if (entry.Value is SettingsObject inner && IsUnder(path, Section)) return entry with { Value = Within(inner, path + ".", change) };
        return IsUnder(path, SinkPath) ? change(entry with { Key = path[(path.LastIndexOf('.') + 1)..] }) with { Key = entry.Key } : entry;
    }

    private static bool IsUnder(string key, string section) => key == section || key.StartsWith(section + ".", StringComparison.Ordinal);
}
