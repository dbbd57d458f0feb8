namespace Chunnel.Transforms.DataValidator;

/// <summary>What a rule asks of a value.</summary>
internal enum RuleType
{
    NotNull,
    Range,
    Length,
    Regex,
    Udf,
}
