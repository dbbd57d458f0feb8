using System.Text;
using Chunnel.Core;
using Chunnel.Plugins;
using Chunnel.Transforms.Patterns;

namespace Chunnel.Transforms.Renaming;

/// <summary>How letters of a name are written.</summary>
public enum LetterCase
{
    Upper,
    Lower,
}

/// <summary>
/// How names of tables and columns become others (spec transforms.md 3.14): the last rule that matches the name says which parts are
/// replaced, then letters are converted, the parts replaced, and prefix and suffix put around.
/// </summary>
internal sealed class RenamingRules
{
    public static readonly Option<LetterCase> ConvertCase = Option.Enum<LetterCase>("convert_case").Says("Writes all letters of the name UPPER or LOWER.");

    public static readonly Option<string> Prefix = Option.Text("prefix").Says("Put before the name.");

    public static readonly Option<string> Suffix = Option.Text("suffix").Says("Put behind the name.");

    public static readonly Option<IReadOnlyList<SettingsObject>> Replacements = Option.ObjectList("replacements_with_regex")
        .Says("Parts of the name to replace: { replace_from, replace_to }, and is_regex = false when the whole name must be replace_from. Of several rules that match, the last counts.");

    private static readonly Option<string> From = Option.Text("replace_from").IsRequired();

    private static readonly Option<string> To = Option.Text("replace_to").IsRequired();

    private static readonly Option<bool> IsRegex = Option.Bool("is_regex").Default(true);

    private readonly List<(string From, string To, JavaPattern? Pattern)> _replacements = [];
    private readonly LetterCase? _case;
    private readonly string _prefix;
    private readonly string _suffix;

    public RenamingRules(SettingsObject settings)
    {
        _case = ConvertCase.TryRead(settings, out var letters) ? letters : null;
        _prefix = Prefix.TryRead(settings, out var prefix) ? prefix.Trim() : "";
        _suffix = Suffix.TryRead(settings, out var suffix) ? suffix.Trim() : "";
        if (!Replacements.TryRead(settings, out var rules)) return;
        foreach (var rule in rules)
        {
            var from = From.Read(rule);
            _replacements.Add((from, To.Read(rule).Trim(), IsRegex.Read(rule) && JavaPattern.TryParseLinear(from, out var pattern, out _) ? pattern : null));
        }
    }

    public static IReadOnlyList<OptionDescription> Options { get; } = [ConvertCase, Prefix, Suffix, Replacements];

    /// <summary>What is wrong within the rules.</summary>
    public static IEnumerable<Problem> Check(SettingsObject settings, string transform)
    {
        if (Replacements.CheckValue(settings) is not null || !Replacements.TryRead(settings, out var rules)) yield break;
        var options = new OptionSet([From, To, IsRegex]);
        foreach (var rule in rules)
        {
            foreach (var problem in options.Check(rule, transform, [])) yield return problem;
            if (IsRegex.CheckValue(rule) is not null || !IsRegex.Read(rule) || !From.TryRead(rule, out var from) || JavaPattern.TryParseLinear(from, out _, out var why)) continue;
            yield return JavaPattern.Refused(From, rule, why);
        }
    }

    /// <summary>The name's successor.</summary>
    public string Rename(string name)
    {
        var spans = SpansOf(name, out var replacement);
        // Case by invariant rules keeps the length, so that the spans still stand where they stood.
        var text = _case switch { LetterCase.Upper => name.ToUpperInvariant(), LetterCase.Lower => name.ToLowerInvariant(), _ => name };
        var result = new StringBuilder(_prefix);
        var from = 0;
        foreach (var (start, length) in spans)
        {
            result.Append(text, from, start - from).Append(replacement);
            from = start + length;
        }
        return result.Append(text, from, text.Length - from).Append(_suffix).ToString();
    }

    private List<(int Start, int Length)> SpansOf(string name, out string replacement)
    {
        for (var i = _replacements.Count - 1; i >= 0; i--)
        {
            var (from, to, pattern) = _replacements[i];
            List<(int, int)> spans = [];
            if (pattern is null && from == name) spans.Add((0, name.Length));
            if (pattern is not null)
            {
                foreach (var match in pattern.Regex.EnumerateMatches(name)) spans.Add((match.Index, match.Length));
            }
            if (spans.Count == 0) continue;
            replacement = to;
            return spans;
        }
        replacement = "";
        return [];
    }
}
