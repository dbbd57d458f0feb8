using Chunnel.Core;

namespace Chunnel.Config;

/// <summary>Reads the options that all plug-ins share and renames their old spellings; the new name wins where both stand.</summary>
internal sealed class CommonOptionReader
{
    private readonly List<Problem> _problems;

    public CommonOptionReader(SettingsObject written, List<Problem> problems)
    {
        _problems = problems;
        Options = written with { Entries = [.. Renamed(written)] };
    }

    public SettingsObject Options { get; }

    public bool FoundMistakes { get; private set; }

    public IReadOnlyList<string> ReadInputs() =>
        Options.Find(CommonKeys.PluginInput) is { Value: var value }
            ? [.. Try(() => SettingsConvert.ToTextList(CommonKeys.PluginInput, value), []).Where(name => name.Length > 0).Distinct()]
            : [];

    public string? ReadOutput() =>
        Options.Find(CommonKeys.PluginOutput) is { Value: var value } && SettingsConvert.ToText(value) is { Length: > 0 } name ? name : null;

    public int? ReadParallelism() =>
        Options.Find(CommonKeys.Parallelism) is { Value: var value }
            ? Math.Max(1, Try(() => SettingsConvert.ToInt32(CommonKeys.Parallelism, value), 1))
            : null;

    private IEnumerable<SettingsEntry> Renamed(SettingsObject written)
    {
        foreach (var entry in written.Entries)
        {
            if (entry.Key == JobSections.PluginName) continue;
            if (!CommonKeys.OldNames.TryGetValue(entry.Key, out var today))
            {
                yield return entry;
                continue;
            }
            _problems.Add(new Problem(CommonErrors.OptionValidateFailed, $"Please use the new key '{today}' instead of the deprecated key '{entry.Key}'.")
            {
                Severity = Severity.Warning,
                Where = entry.KeyWhere,
            });
            if (written.Find(today) is null) yield return entry with { Key = today };
        }
    }

    private T Try<T>(Func<T> read, T otherwise)
    {
        try
        {
            return read();
        }
        catch (ChunnelException e)
        {
            FoundMistakes = true;
            _problems.Add(e.ToProblem());
            return otherwise;
        }
    }
}
