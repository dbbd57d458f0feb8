using Chunnel.Core;

namespace Chunnel.Config.Variables;

/// <summary>Fills the variables in every text of a tree, at any depth; keys stay (spec config.md 3.2).</summary>
internal static class QuotedVariables
{
    public static SettingsNode Fill(SettingsNode node, VariableScope scope) => node switch
    {
        SettingsScalar { Kind: ScalarKind.Text } scalar => scalar with { Text = scope.Fill(scalar.Text) },
        SettingsList list => list with { Items = [.. list.Items.Select(item => Fill(item, scope))] },
        SettingsObject { Entries: var entries } map => map with { Entries = [.. entries.Select(entry => entry with { Value = Fill(entry.Value, scope) })] },
        _ => node,
    };
}
