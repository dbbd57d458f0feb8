using Chunnel.Core;
using Chunnel.Transforms.Patterns;
using Chunnel.Transforms.Sql.Typing;

namespace Chunnel.Transforms.Sql.Functions.Patterns;

/// <summary>Functions of regular expressions, which are Java's (spec transforms.md 6.1 and 8). Flags: i any case, c this case, n a point is also a line end, m ^ and $ at each line.</summary>
internal static class PatternFunctions
{
    public static IReadOnlyList<SqlFunction> All { get; } =
    [
        new()
        {
            Names = ["REGEXP_LIKE"], Gives = "BOOLEAN", Parameters = [Parameter.Text, Parameter.Text, Parameter.Text], Optional = 1, Nulls = NullRule.Own,
            Says = "True where the regular expression of the second argument is found in the first. Flags of the third: i (any case), c (this case), n (a point is also a line end), m (^ and $ at each line); null flags are none.",
            Example = ("REGEXP_LIKE('Joy Ding', 'ding$', 'i')", "true"), Make = Like,
        },
        new()
        {
            Names = ["REGEXP_REPLACE"], Gives = "STRING", Parameters = [Parameter.Text, Parameter.Text, Parameter.Text, Parameter.Text], Optional = 1, Nulls = NullRule.Own,
            Says = "The text with every match of the regular expression replaced; $1 and ${name} in the replacement are groups, \\$ is the sign. Flags as in REGEXP_LIKE.",
            Example = ("REGEXP_REPLACE('Joy_WWWDing@s.com', 'w+', 'W', 'i')", "Joy_WDing@s.com"), Make = Replace,
        },
        new()
        {
            Names = ["REGEXP_SUBSTR"], Gives = "STRING", Optional = 4, Nulls = NullRule.Own,
            Parameters = [Parameter.Text, Parameter.Text, Parameter.Integer, Parameter.Integer, Parameter.Text, Parameter.Integer],
            Says = "What the regular expression matches in the text, from a position (1 first) the n-th time, or only its group of a number; null where there is none. Flags as in REGEXP_LIKE.",
            Example = ("REGEXP_SUBSTR('2020-10-01', '(\\d{4})-(\\d{2})-(\\d{2})', 1, 1, NULL, 2)", "10"), Make = Substring,
        },
    ];

    private static Node? Like(FunctionCall call) => WithFlags(call, 2) is not { } flags ? null
        : call.Operation("regexp-like", DataType.Boolean, [call[0], call[1], flags], made => new RegexLike(made) { Target = made.Target }, canFail: true);

    private static Node? Replace(FunctionCall call)
    {
        if (WithFlags(call, 3) is not { } flags) return null;
        if (PatternOf(call) is { } pattern && call.Word(2) is { } replacement && JavaReplacement.TryParse(replacement, pattern, out var problem) is null)
            return call.Refuse(2, $"'{replacement}' is no replacement: {problem}");
        return call.Operation("regexp-replace", DataType.String, [call[0], call[1], call[2], flags], made => new RegexReplace(made) { Target = made.Target }, canFail: true);
    }

    private static Node? Substring(FunctionCall call) => WithFlags(call, 4) is not { } flags ? null
        : call.Operation("regexp-substr", DataType.String, [call[0], call[1], call.IntegerOr(2, 1), call.IntegerOr(3, 1), flags, call.IntegerOr(5, 0)],
            made => new RegexSubstring(made) { Target = made.Target }, canFail: true);

    private static JavaPattern? PatternOf(FunctionCall call) =>
        call.Word(1) is { } text && JavaPattern.TryParse(text, default, out var pattern, out _) ? pattern : null;

    /// <summary>The flags, none for null; null after saying what is wrong with them or with the pattern.</summary>
    private static Node? WithFlags(FunctionCall call, int argument)
    {
        if (call.Word(1) is { } text && !JavaPattern.TryParse(text, default, out _, out var problem))
            return call.Refuse(1, $"'{text}' is no regular expression: {problem}", "Regular expressions are Java's.");
        if (argument < call.Count && call.Word(argument) is { } flags && RegexWords.OptionsOf(System.Text.Encoding.UTF8.GetBytes(flags)) is null)
            return call.Refuse(argument, $"'{flags}' holds a flag that is not one of i, c, n and m");
        return call.TextOrNullAs(argument, "");
    }
}
