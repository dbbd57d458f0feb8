using Chunnel.Core;

namespace Chunnel.Config.Hocon;

// source, transform, sink: blocks become a list, the name of each its plugin_name.
internal sealed partial class HoconResolver
{
    private SettingsList ResolveBlocks(HoconBlocks blocks)
    {
        var items = new List<SettingsNode>(blocks.Blocks.Count);
        foreach (var block in blocks.Blocks)
        {
            switch (ResolveEntry(block.Value))
            {
                case SettingsObject options:
                    items.Add(Named(options, block.Key, block.KeyWhere));
                    break;
                case null when block.Value is HoconReference { Optional: true } || reading.Problems.Count > 0:
                    break;
                default:
                    reading.Wrong(
                        block.KeyWhere,
                        $"'{block.Key}' must be a plug-in with its options in braces.",
                        $"Write {block.Key} {{ ... }}; settings of a plug-in stand inside its braces.",
                        skips: false);
                    break;
            }
        }
        return new SettingsList(items) { Where = blocks.Where };
    }

    /// <summary>The block with its name; a <c>plugin_name</c> of its own wins. It stands where its name stands.</summary>
    internal static SettingsObject Named(SettingsObject options, string name, TextPosition where)
    {
        if (options[JobSections.PluginName] is not null) return options with { Where = where };
        var named = new SettingsEntry(JobSections.PluginName, new SettingsScalar(name, ScalarKind.Text) { Where = where }) { KeyWhere = where };
        return new SettingsObject([named, .. options.Entries]) { Where = where };
    }
}
