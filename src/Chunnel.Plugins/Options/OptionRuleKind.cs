namespace Chunnel.Plugins;

/// <summary>What a rule over several options demands.</summary>
public enum OptionRuleKind
{
    /// <summary>Exactly one is set.</summary>
    Exclusive,

    /// <summary>All are set, or none.</summary>
    Bundled,

    /// <summary>All are set while another option has a value.</summary>
    Conditional,
}
