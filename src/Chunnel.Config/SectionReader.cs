using Chunnel.Config.DeadLetters;
using Chunnel.Core;

namespace Chunnel.Config;

/// <summary>Reads <c>source</c>, <c>transform</c> and <c>sink</c>: lists of plug-ins, each with its name.</summary>
internal sealed class SectionReader(SettingsObject root, JobFormat format, List<Problem> problems)
{
    public bool FoundMistakes { get; private set; }

    public IReadOnlyList<PluginBlock> Read(string section, PluginKind kind)
    {
        if (root[section] is not SettingsList { Items.Count: > 0 } list)
        {
            if (kind != PluginKind.Transform || root[section] is not (null or SettingsList or SettingsScalar { Kind: ScalarKind.Null })) Demand(section, kind);
            return [];
        }
        return [.. list.Items.Select((item, at) => ReadBlock(item, section, kind, at)).OfType<PluginBlock>()];
    }

    /// <summary>Tells when a section that must hold plug-ins does not.</summary>
    public void Demand(string section, PluginKind kind)
    {
        switch (root[section])
        {
            case SettingsList { Items.Count: > 0 }:
                break;
            case null or SettingsList or SettingsScalar { Kind: ScalarKind.Null }:
                Miss(section, kind);
                break;
            case var other:
                NotAList(section, other);
                break;
        }
    }

    private void Miss(string section, PluginKind kind) => Wrong(
        root[section]?.Where ?? TextPosition.Nowhere,
        $"Miss <{kind}> config! Please check the config file.",
        format == JobFormat.Json ? $"Add \"{section}\": [ {{ \"plugin_name\": ... }} ]." : $"Add {section} {{ ... }} with a plug-in in it.");

    private void NotAList(string section, SettingsNode other) => Wrong(
        other.Where,
        $"'{section}' must be an array of objects, each with 'plugin_name'.",
        other is SettingsObject { Entries: [var only] } && only.Value is SettingsObject
            ? $"Write \"{section}\": [ {{ \"plugin_name\": \"{only.Key}\", ... }} ]. The block form {{ \"{only.Key}\": {{ ... }} }} belongs to HOCON."
            : $"Write \"{section}\": [ {{ \"plugin_name\": ... }} ].");

    private PluginBlock? ReadBlock(SettingsNode item, string section, PluginKind kind, int index)
    {
        if (item is not SettingsObject options)
        {
            Wrong(item.Where, $"{section}[{index}] must be an object with 'plugin_name', not '{SettingsConvert.ToText(item)}'.", null);
            return null;
        }
        if (options[JobSections.PluginName] is not SettingsScalar { Kind: ScalarKind.Text, Text.Length: > 0 } name)
        {
            Unnamed(options, section, index);
            return null;
        }
        var common = new CommonOptionReader(options, problems);
        var (refused, failed) = DeadLetterReader.OfBlock(options, problems);
        var block = new PluginBlock
        {
            Kind = kind,
            Index = index,
            PluginName = name.Text,
            Options = common.Options,
            Where = name.Where,
            Inputs = common.ReadInputs(),
            Output = common.ReadOutput(),
            Parallelism = kind == PluginKind.Source ? common.ReadParallelism() : null,
            Refused = refused,
        };
        FoundMistakes |= common.FoundMistakes || failed;
        return block;
    }

    private void Unnamed(SettingsObject options, string section, int index)
    {
        var mend = options.Entries is [var only] && only.Value is SettingsObject
            ? $"Write {{ \"plugin_name\": \"{only.Key}\", ... }} with the options beside it; the block form {{ \"{only.Key}\": {{ ... }} }} belongs to HOCON."
            : "Write { \"plugin_name\": \"FakeSource\", ... }.";
        Wrong(options.Where, $"The 'plugin_name' option is not configured, please configure it. It is missing in {section}[{index}].", mend);
    }

    private void Wrong(TextPosition where, string what, string? mend)
    {
        FoundMistakes = true;
        problems.Add(new Problem(CommonErrors.ConfigValidateFailed, what) { Where = where, Mend = mend });
    }
}
