using Chunnel.Core;
using Chunnel.Plugins;
using Chunnel.Transforms.Patterns;

namespace Chunnel.Transforms.DataValidator;

/// <summary>One rule for one column, as written.</summary>
/// <param name="Field">The column.</param>
/// <param name="Type">What is asked.</param>
/// <param name="Settings">The object with the rule's parameters.</param>
/// <param name="Where">Where the column is named.</param>
internal sealed record FieldRule(string Field, RuleType Type, SettingsObject Settings, TextPosition Where)
{
    public static readonly Option<string> Min = Option.Text("min_value");
    public static readonly Option<string> Max = Option.Text("max_value");
    public static readonly Option<bool> MinInclusive = Option.Bool("min_inclusive").Default(true);
    public static readonly Option<bool> MaxInclusive = Option.Bool("max_inclusive").Default(true);
    public static readonly Option<int> MinLength = Option.Int("min_length").AtLeast(0);
    public static readonly Option<int> MaxLength = Option.Int("max_length").AtLeast(0);
    public static readonly Option<int> ExactLength = Option.Int("exact_length").AtLeast(0);
    public static readonly Option<string> Pattern = Option.Text("pattern").IsRequired();
    public static readonly Option<bool> CaseSensitive = Option.Bool("case_sensitive").Default(true);
    public static readonly Option<string> FunctionName = Option.Text("function_name").IsRequired();

    private static readonly Option<string> FieldName = Option.Text("field_name").IsRequired();
    private static readonly Option<IReadOnlyList<SettingsObject>> Rules = Option.ObjectList("rules");
    private static readonly Option<RuleType> TypeName = Option.Enum<RuleType>("rule_type");
    private static readonly Option<string> CustomMessage = Option.Text("custom_message");

    /// <summary>What is said of a value that breaks the rule, in place of the rule's own words.</summary>
    public string? Message => CustomMessage.TryRead(Settings, out var text) ? text : null;

    /// <summary>The rules of an element of <c>field_rules</c>, flat or with a list; what is wrong with them is added to the problems.</summary>
    public static IReadOnlyList<FieldRule> Read(SettingsObject element, string plugin, List<Problem> problems)
    {
        if (Rules.Find(element) is null) return ReadOne(element, element, [FieldName], plugin, problems) is { } one ? [one] : [];
        problems.AddRange(new OptionSet([FieldName, Rules]).Check(element, plugin, []));
        return Rules.CheckValue(element) is null && Rules.TryRead(element, out var rules)
            ? [.. rules.Select(rule => ReadOne(element, rule, [], plugin, problems)).OfType<FieldRule>()]
            : [];
    }

    private static FieldRule? ReadOne(SettingsObject element, SettingsObject rule, IReadOnlyList<OptionDescription> besides, string plugin, List<Problem> problems)
    {
        var before = problems.Count;
        if (TypeName.CheckValue(rule) is not null || !TypeName.TryRead(rule, out var type))
        {
            problems.AddRange(new OptionSet([TypeName.IsRequired(), .. besides]).Check(rule, plugin, []).Where(problem => problem.Severity == Severity.Error));
            return null;
        }
        problems.AddRange(new OptionSet([TypeName, CustomMessage, .. besides, .. Parameters(type)]).Check(rule, plugin, []));
        if (problems.Skip(before).Any(problem => problem.Severity == Severity.Error)) return null;
        if (WrongParameters(type, rule) is { } wrong) problems.Add(wrong);
        return FieldName.TryRead(element, out var field) ? new FieldRule(field, type, rule, FieldName.Find(element)!.Value.Where) : null;
    }

    private static IReadOnlyList<OptionDescription> Parameters(RuleType type) => type switch
    {
        RuleType.Range => [Min, Max, MinInclusive, MaxInclusive],
        RuleType.Length => [MinLength, MaxLength, ExactLength],
        RuleType.Regex => [Pattern, CaseSensitive],
        RuleType.Udf => [FunctionName],
        _ => [],
    };

    private static Problem? WrongParameters(RuleType type, SettingsObject rule) => type switch
    {
        RuleType.Range when Min.Find(rule) is null && Max.Find(rule) is null => Wrong(rule, "A RANGE rule has neither 'min_value' nor 'max_value'.", "Say one of them, or both."),
        RuleType.Length => WrongLengths(rule),
        RuleType.Regex when !JavaPattern.TryParseLinear(Pattern.Read(rule), out _, out var why) => JavaPattern.Refused(Pattern, rule, why),
        _ => null,
    };

    private static Problem? WrongLengths(SettingsObject rule) => Lengths(rule) switch
    {
        (null, null, null) => Wrong(rule, "A LENGTH rule has none of 'min_length', 'max_length' and 'exact_length'.", "Say one of them, or the first two."),
        (null, null, _) => null,
        (_, _, not null) => Wrong(rule, "A LENGTH rule has 'exact_length' beside 'min_length' or 'max_length'.", "'exact_length' stands alone."),
        var (min, max, _) => min > max ? Wrong(rule, $"A LENGTH rule asks for at least {min} and at most {max}.", "Exchange the bounds.") : null,
    };

    private static Problem Wrong(SettingsObject rule, string what, string mend) => new(CommonErrors.OptionValidateFailed, what) { Where = rule.Where, Mend = mend };

    /// <summary>The bounds of a LENGTH rule.</summary>
    public static (int? Min, int? Max, int? Exact) Lengths(SettingsObject rule) =>
        (MinLength.TryRead(rule, out var min) ? min : null, MaxLength.TryRead(rule, out var max) ? max : null, ExactLength.TryRead(rule, out var exact) ? exact : null);
}
