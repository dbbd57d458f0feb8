using Chunnel.Core;

namespace Chunnel.Plugins;

/// <summary>A rule over several options, with SeaTunnel's words (spec config.md 11.2).</summary>
public abstract record OptionRule
{
    /// <summary>What the settings break, or null.</summary>
    public abstract string? Broken(SettingsObject settings);

    /// <summary>The rule as a sentence for the reference page.</summary>
    public abstract string Meaning { get; }

    public abstract OptionRuleKind Kind { get; }

    /// <summary>The options that it is about.</summary>
    public abstract IReadOnlyList<OptionDescription> Members { get; }

    /// <summary>When it holds, e.g. <c>'format' == csv</c>; null for always.</summary>
    public virtual string? Condition => null;

    /// <summary>Exactly one of the options is set.</summary>
    public static OptionRule Exclusive(params OptionDescription[] options) => new ExclusiveRule(options);

    /// <summary>All of the options are set, or none.</summary>
    public static OptionRule Bundled(params OptionDescription[] options) => new BundledRule(options);

    /// <summary>Some options are required while another has a value.</summary>
    public static OptionRule RequiredWhen<T>(Option<T> option, T value, params OptionDescription[] required) => new ConditionalRule<T>(option, value, required);

    private protected static string Names(IEnumerable<OptionDescription> options) => string.Join(", ", options.Select(option => $"'{option.Key}'"));

    private static string Keys(IEnumerable<OptionDescription> options) => string.Join(", ", options.Select(option => $"`{option.Key}`"));

    private sealed record ExclusiveRule(OptionDescription[] Options) : OptionRule
    {
        public override OptionRuleKind Kind => OptionRuleKind.Exclusive;

        public override IReadOnlyList<OptionDescription> Members => Options;

        public override string Meaning => $"Exactly one of {Keys(Options)} is set.";

        public override string? Broken(SettingsObject settings)
        {
            var present = Options.Where(option => option.Find(settings) is not null).ToList();
            return present.Count switch
            {
                0 => $"There are unconfigured options, these options({Names(Options)}) are mutually exclusive, allowing only one set(\"[] for a set\") of options to be configured.",
                1 => null,
                _ => $"These options({Names(Options)}) are mutually exclusive, allowing only one set(\"[] for a set\") of options to be configured.",
            };
        }
    }

    private sealed record BundledRule(OptionDescription[] Options) : OptionRule
    {
        public override OptionRuleKind Kind => OptionRuleKind.Bundled;

        public override IReadOnlyList<OptionDescription> Members => Options;

        public override string Meaning => $"{Keys(Options)} are set together or not at all.";

        public override string? Broken(SettingsObject settings)
        {
            var present = Options.Where(option => option.Find(settings) is not null).ToList();
            if (present.Count == 0 || present.Count == Options.Length) return null;
            return $"These options({Names(Options)}) are bundled, must be present or absent together. The options present are: {Names(present)}. The options absent are {Names(Options.Except(present))}.";
        }
    }

    private sealed record ConditionalRule<T>(Option<T> Option, T Value, OptionDescription[] Required) : OptionRule
    {
        public override OptionRuleKind Kind => OptionRuleKind.Conditional;

        public override IReadOnlyList<OptionDescription> Members => Required;

        public override string Condition => $"'{Option.Key}' == {Option.Format(Value)}";

        public override string Meaning => $"{Keys(Required)} required when `{Option.Key}` is `{Option.Format(Value)}`.";

        public override string? Broken(SettingsObject settings)
        {
            if (Option.CheckValue(settings) is not null) return null;
            var value = Option.TryRead(settings, out var written) ? written : Option.DefaultValue;
            if (!EqualityComparer<T>.Default.Equals(value, Value)) return null;
            var absent = Required.Where(option => option.Find(settings) is null).ToList();
            return absent.Count == 0 ? null : $"There are unconfigured options, the options({Names(absent)}) are required because ['{Option.Key}' == {Option.Format(Value)}] is true.";
        }
    }
}
