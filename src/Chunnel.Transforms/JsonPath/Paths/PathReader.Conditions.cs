using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Chunnel.Transforms.Patterns;

namespace Chunnel.Transforms.JsonPath.Paths;

// What stands between [?( and )].
internal sealed partial class PathReader
{
    /// <summary>Those that begin like others come first.</summary>
    private static readonly (string Sign, Comparison Comparison)[] Signs =
    [
        ("===", Comparison.Equal), ("!==", Comparison.NotEqual), ("==", Comparison.Equal), ("!=", Comparison.NotEqual),
        ("<=", Comparison.LessOrEqual), (">=", Comparison.GreaterOrEqual), ("<", Comparison.Less), (">", Comparison.Greater),
    ];

    private static readonly (string Word, Comparison Comparison)[] Words =
    [
        ("in", Comparison.In), ("nin", Comparison.NotIn), ("subsetof", Comparison.SubsetOf), ("anyof", Comparison.AnyOf), ("noneof", Comparison.NoneOf),
        ("contains", Comparison.Contains), ("size", Comparison.Size), ("empty", Comparison.Empty),
    ];

    private Condition? ReadOr()
    {
        var left = ReadAnd();
        while (left is not null && SkipTo("||")) left = ReadAnd() is { } right ? new Either(left, right) : null;
        return left;
    }

    private Condition? ReadAnd()
    {
        var left = ReadOne();
        while (left is not null && SkipTo("&&")) left = ReadOne() is { } right ? new Both(left, right) : null;
        return left;
    }

    private Condition? ReadOne()
    {
        if (++_depth > MostDepth) return Wrong<Condition>("conditions stand too deep within each other");
        SkipBlanks();
        Condition? read;
        if (Next == '!' && !TextFrom(_at).StartsWith("!=", StringComparison.Ordinal))
        {
            _at++;
            read = ReadOne() is { } inner ? new Not(inner) : null;
        }
        else if (Take('('))
        {
            read = ReadOr();
            SkipBlanks();
            if (read is not null && !Take(')')) read = Wrong<Condition>("a ( is not closed");
        }
        else
        {
            read = ReadComparison();
        }
        _depth--;
        return read;
    }

    private Condition? ReadComparison()
    {
        if (ReadOperand() is not { } left) return null;
        SkipBlanks();
        if (TakeAll("=~")) return ReadPattern() is { } pattern ? new Matches(left, pattern) : null;
        foreach (var (sign, comparison) in Signs)
        {
            if (TakeAll(sign)) return ReadOperand() is { } right ? new Compared(left, comparison, right) : null;
        }
        foreach (var (word, comparison) in Words)
        {
            if (!TextFrom(_at).StartsWith(word, StringComparison.OrdinalIgnoreCase) || _at + word.Length < text.Length && char.IsLetter(text[_at + word.Length])) continue;
            _at += word.Length;
            return ReadOperand() is { } right ? new Compared(left, comparison, right) : null;
        }
        return left is PathOperand path ? new Exists(path) : Wrong<Condition>("a comparison such as == follows a value");
    }

    private Operand? ReadOperand()
    {
        SkipBlanks();
        if (Next is not ('@' or '$')) return ReadConstant() is { } constant ? new ConstantOperand(constant) : null;
        var fromRoot = text[_at++] == '$';
        return ReadSteps(withinCondition: true) is { } steps ? new PathOperand(steps, fromRoot) : null;
    }

    private JsonElement? ReadConstant()
    {
        var json = new StringBuilder();
        if (!AppendConstant(json)) return null;
        using var document = JsonDocument.Parse(json.ToString());
        return document.RootElement.Clone();
    }

    /// <summary>Writes a constant as JSON: texts in either quotes, numbers, true, false, null, and lists of them.</summary>
    private bool AppendConstant(StringBuilder json)
    {
        SkipBlanks();
        if (Next is '\'' or '"')
        {
            if (ReadQuoted() is not { } quoted) return false;
            json.Append($"\"{JsonEncodedText.Encode(quoted)}\"");
            return true;
        }
        if (Take('[')) return AppendList(json);
        var start = _at;
        while (char.IsAsciiLetterOrDigit(Next) || Next is '-' or '+' or '.') _at++;
        var word = text[start.._at];
        if (word is "true" or "false" or "null" || IsNumber(word))
        {
            json.Append(word);
            return true;
        }
        _at = start;
        Wrong<object>("a value is a path from @ or $, a text in quotes, a number, true, false, null or a list [ ]");
        return false;
    }

    private bool AppendList(StringBuilder json)
    {
        json.Append('[');
        SkipBlanks();
        while (!Take(']'))
        {
            if (json[^1] != '[')
            {
                if (!Take(',')) return Wrong<object>("a list is not closed") is not null;
                json.Append(',');
            }
            if (!AppendConstant(json)) return false;
            SkipBlanks();
        }
        json.Append(']');
        return true;
    }

    private static bool IsNumber(string word)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(word));
        try
        {
            return word.Length > 0 && reader.Read() && reader.TokenType == JsonTokenType.Number && reader.BytesConsumed == word.Length;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>/pattern/flags: it matches the whole text.</summary>
    private Regex? ReadPattern()
    {
        SkipBlanks();
        if (!Take('/')) return Wrong<Regex>("=~ is followed by /pattern/");
        var pattern = new StringBuilder();
        while (_at < text.Length && Next != '/')
        {
            if (Next == '\\' && _at + 1 < text.Length && text[_at + 1] == '/') _at++;
            else if (Next == '\\' && _at + 1 < text.Length) pattern.Append(text[_at++]);
            pattern.Append(text[_at++]);
        }
        if (!Take('/')) return Wrong<Regex>("a /pattern/ is not closed");
        var start = _at;
        while (char.IsAsciiLetter(Next)) _at++;
        var flags = text[start.._at];
        var before = flags.Length > 0 ? $"(?{flags})" : "";
        if (!JavaPattern.TryParseLinear($"{before}{pattern}", out _, out var why)) return Wrong<Regex>($"/{pattern}/{flags} is no regular expression: {why}");
        return JavaPattern.TryParseLinear($@"{before}\A(?:{pattern})\z", out var read, out why) ? read.Regex : Wrong<Regex>($"/{pattern}/{flags} is no regular expression: {why}");
    }

    private bool SkipTo(string signs)
    {
        SkipBlanks();
        return TakeAll(signs);
    }

    private ReadOnlySpan<char> TextFrom(int start) => text.AsSpan(start);
}
