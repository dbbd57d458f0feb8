using Chunnel.Core;

namespace Chunnel.Connectors.Fake;

/// <summary>The rules of one column: its type and what holds of each value.</summary>
internal sealed record FieldRule(string Name, DataType? Type, IReadOnlyList<ValueRule> Values, SettingsNode At)
{
    public static FieldRule Read(SettingsObject settings)
    {
        var name = RuleReading.Text(settings, "field_name", "field_rules");
        var type = settings.Find("field_type") is { } written ? TypeOf(name, written.Value) : null;
        IReadOnlyList<ValueRule> values = settings.Find("field_value") is { } found
            ? [.. SettingsConvert.ToObjectList("field_value", found.Value).Select(ValueRule.ReadValueRule)]
            : [];
        return new FieldRule(name, type, values, settings);
    }

    /// <summary>As SeaTunnel prints it.</summary>
    public override string ToString() =>
        $"AssertFieldRule(fieldName={Name}, fieldType={Type?.ToSeaTunnelText() ?? "null"}, fieldRules=[{string.Join(", ", Values)}])";

    private static DataType TypeOf(string field, SettingsNode node) => node is SettingsObject row
        ? DataType.Row([.. row.Entries.Select(entry => new RowField(entry.Key, TypeOf($"{field}.{entry.Key}", entry.Value)))])
        : TypeText.Parse(SettingsConvert.ToText(node), field, node.Where);
}
