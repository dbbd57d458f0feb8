using Chunnel.Core;

namespace Chunnel.Connectors.Fake;

/// <summary>What a rule asks of a value or of the number of rows.</summary>
internal enum RuleType
{
    NotNull,
    Null,
    Min,
    Max,
    MinLength,
    MaxLength,
    MinRow,
    MaxRow,
}

/// <summary>One rule: a type with its bound, or a value to be equal to.</summary>
internal sealed record ValueRule(RuleType? Type, double? Bound, SettingsNode? EqualTo)
{
    private static readonly RuleType[] OfRows = [RuleType.MinRow, RuleType.MaxRow];
    private static readonly RuleType[] OfValues = [RuleType.NotNull, RuleType.Null, RuleType.Min, RuleType.Max, RuleType.MinLength, RuleType.MaxLength];

    public static ValueRule ReadRowRule(SettingsObject settings) => Read(settings, OfRows, "row_rules");

    public static ValueRule ReadValueRule(SettingsObject settings) => Read(settings, OfValues, "field_value");

    /// <summary>Whether so many rows keep a row rule.</summary>
    public bool HoldsFor(long rows) => Type switch
    {
        RuleType.MinRow => rows >= Bound,
        RuleType.MaxRow => rows <= Bound,
        _ => true,
    };

    /// <summary>As SeaTunnel prints it.</summary>
    public override string ToString() =>
        $"AssertFieldRule.AssertRule(ruleType={(Type is { } type ? EnumNames.Of(type) : "null")}, ruleValue={(Bound is { } bound ? JavaDouble.ToText(bound) : "null")}, equalTo={(EqualTo is null ? "null" : SettingsConvert.ToText(EqualTo))})";

    private static ValueRule Read(SettingsObject settings, RuleType[] known, string of)
    {
        var equalTo = settings.Find("equals_to")?.Value;
        var type = settings.Find("rule_type") is { } named ? ReadType(named.Value, known, of) : (RuleType?)null;
        if (type is null && equalTo is null) throw RuleReading.Wrong(settings, $"A rule in '{of}' has neither rule_type nor equals_to.", $"Known: {Names(known)}.");
        var bound = settings.Find("rule_value") is { } value ? SettingsConvert.ToDouble("rule_value", value.Value) : (double?)null;
        if (type is not (null or RuleType.NotNull or RuleType.Null) && bound is null)
        {
            throw RuleReading.Wrong(settings, $"The rule {EnumNames.Of(type.Value)} has no rule_value.", "Add rule_value = a number.");
        }
        return new ValueRule(type, bound, equalTo);
    }

    private static RuleType ReadType(SettingsNode node, RuleType[] known, string of)
    {
        var text = SettingsConvert.ToText(node).Trim();
        foreach (var type in known)
        {
            if (EnumNames.Of(type).Equals(text, StringComparison.OrdinalIgnoreCase)) return type;
        }
        throw RuleReading.Wrong(node, $"'{text}' is no rule_type of '{of}'.", Nearest.DidYouMean(text, known.Select(type => EnumNames.Of(type))) ?? $"Known: {Names(known)}.");
    }

    private static string Names(RuleType[] known) => string.Join(", ", known.Select(type => EnumNames.Of(type)));
}
