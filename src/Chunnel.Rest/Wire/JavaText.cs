using Chunnel.Core;

namespace Chunnel.Rest;

/// <summary>Settings as SeaTunnel turns them to text: maps as <c>{zone=az1}</c>, lists as <c>[a, b]</c>, the rest as written.</summary>
internal static class JavaText
{
    public static string Of(SettingsNode value) => value switch
    {
        SettingsObject map => $"{{{string.Join(", ", map.Entries.Select(entry => $"{entry.Key}={Of(entry.Value)}"))}}}",
        SettingsList list => $"[{string.Join(", ", list.Items.Select(Of))}]",
        _ => SettingsConvert.ToText(value),
    };
}
