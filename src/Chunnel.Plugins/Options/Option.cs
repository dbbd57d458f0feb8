using Chunnel.Core;

namespace Chunnel.Plugins;

/// <summary>
/// An option of a plug-in, described once: from here come parsing, checking, did-you-mean, the reference page, the redaction of
/// secrets and the web form. Make one with <see cref="Option"/>'s methods, e.g.
/// <c>Option.Int("row.num").Default(5).AtLeast(0).Says("Rows that each reader makes.")</c>.
/// </summary>
public abstract class OptionDescription
{
    public required string Key { get; init; }

    /// <summary>Former spellings, which still work with a warning.</summary>
    public IReadOnlyList<string> OldKeys { get; init; } = [];

    /// <summary>One or more sentences for the reference page.</summary>
    public string Description { get; init; } = "";

    public bool Required { get; init; }

    /// <summary>True when the value must never be shown.</summary>
    public bool Secret { get; init; }

    /// <summary>The type as the reference page names it: int, string, enum, ...</summary>
    public abstract string TypeText { get; }

    /// <summary>The default as a job file would write it; null when there is none.</summary>
    public abstract string? DefaultText { get; }

    /// <summary>The values that a choice allows; empty for other options.</summary>
    public abstract IReadOnlyList<string> Choices { get; }

    /// <summary>Finds the option under its key or an old one. Null values count as absent.</summary>
    public SettingsEntry? Find(SettingsObject settings)
    {
        if (settings.Find(Key) is { } found) return found;
        foreach (var old in OldKeys)
        {
            if (settings.Find(old) is { } foundOld) return foundOld;
        }
        return null;
    }

    /// <summary>What is wrong with the value as written, if it is written.</summary>
    public abstract Problem? CheckValue(SettingsObject settings);
}
