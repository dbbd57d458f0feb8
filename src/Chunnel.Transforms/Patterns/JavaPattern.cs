using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using Chunnel.Core;
using Chunnel.Plugins;

namespace Chunnel.Transforms.Patterns;

/// <summary>A regular expression of Java (java.util.regex), made ready for .NET. Every search has a time limit.</summary>
/// <param name="Regex">The expression in .NET's words.</param>
/// <param name="Names">The numbers of the groups that have a name.</param>
internal sealed record JavaPattern(Regex Regex, IReadOnlyDictionary<string, int> Names)
{
    /// <summary>A search that takes this long is a mistake of the pattern.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    /// <summary>Reads a pattern, or says in words why it cannot be.</summary>
    /// <param name="text">As Java reads it.</param>
    /// <param name="options">Beyond those in the pattern.</param>
    /// <param name="pattern">The pattern.</param>
    /// <param name="problem">What is wrong.</param>
    public static bool TryParse(string text, RegexOptions options, [NotNullWhen(true)] out JavaPattern? pattern, [NotNullWhen(false)] out string? problem)
    {
        pattern = null;
        try
        {
            var translator = new JavaRegexTranslator(text);
            if (translator.Translate(out problem) is { } translated) pattern = new JavaPattern(new Regex(translated, options | RegexOptions.CultureInvariant, Limit), translator.Names);
        }
        catch (RegexParseException wrong)
        {
            problem = $"at character {wrong.Offset}: {wrong.Error}";
        }
        if (pattern is not null) return true;
        problem ??= "it cannot be read";
        return false;
    }

    /// <summary>
    /// Reads a pattern that every row or name is tried against: one whose search takes time in proportion to the text, whatever stands in
    /// it. What only backtracking can do (looking around, references to groups) is compiled, with the time limit.
    /// </summary>
    public static bool TryParseLinear(string text, [NotNullWhen(true)] out JavaPattern? pattern, [NotNullWhen(false)] out string? problem)
    {
        try
        {
            return TryParse(text, RegexOptions.NonBacktracking, out pattern, out problem);
        }
        catch (NotSupportedException)
        {
            return TryParse(text, RegexOptions.Compiled, out pattern, out problem);
        }
    }

    /// <summary>The mistake of an option whose value is no pattern.</summary>
    public static Problem Refused(OptionDescription option, SettingsObject settings, string why) =>
        new(CommonErrors.OptionValidateFailed, $"The value of '{option.Key}' is no regular expression: {why}")
        {
            Where = option.Find(settings)?.Value.Where ?? settings.Where,
            Mend = "A sign of the language of patterns stands for itself behind a backslash.",
        };
}
