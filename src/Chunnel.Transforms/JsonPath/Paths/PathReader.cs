using System.Globalization;
using System.Text;

namespace Chunnel.Transforms.JsonPath.Paths;

/// <summary>Reads paths: <c>$.a['b'][0][1:3]..c[?(@.d &gt; 1)].length()</c>. Conditions are in the other part.</summary>
internal sealed partial class PathReader(string text)
{
    /// <summary>Conditions within conditions, at most.</summary>
    private const int MostDepth = 32;

    private static readonly string[] Functions = ["length", "min", "max", "avg", "sum", "stddev", "keys"];

    private int _at;
    private int _depth;

    /// <summary>What is wrong, at which character.</summary>
    public string? Problem { get; private set; }

    private char Next => _at < text.Length ? text[_at] : '\0';

    public JsonWay? ReadWhole()
    {
        if (!Take('$')) return Wrong<JsonWay>("it does not begin with $");
        var path = ReadSteps(withinCondition: false);
        return Problem is null && _at < text.Length ? Wrong<JsonWay>("a step begins with . or [") : path;
    }

    private JsonWay? ReadSteps(bool withinCondition)
    {
        var steps = new List<PathStep>();
        while (Problem is null && Next is '.' or '[')
        {
            if (steps is [.., { Selector: PathFunction }]) return Wrong<JsonWay>("a function ends a path");
            var isDeep = TakeAll("..");
            if (!isDeep && Next == '.') _at++;
            else if (!isDeep || Next == '[')
            {
                if (ReadBrackets() is { } chosen) steps.Add(new PathStep(chosen, isDeep));
                continue;
            }
            if (ReadName(withinCondition) is { } named) steps.Add(new PathStep(named, isDeep));
        }
        return Problem is null ? new JsonWay(steps) : null;
    }

    private Selector? ReadName(bool withinCondition)
    {
        if (Take('*')) return new Every();
        var start = _at;
        while (_at < text.Length && !(Next is '.' or '[' or '(' || withinCondition && (Next is ')' or ']' or ',' or '=' or '!' or '<' or '>' or '&' or '|' or '~' || char.IsWhiteSpace(Next)))) _at++;
        var name = text[start.._at];
        if (name.Length == 0) return Wrong<Selector>("a name is empty");
        if (Next != '(') return new Members([name]);
        if (!Functions.Contains(name)) return Wrong<Selector>($"'{name}' is none of the functions {string.Join(", ", Functions)}");
        return TakeAll("()") ? new PathFunction(name) : Wrong<Selector>($"the function {name} takes nothing between its parentheses");
    }

    private Selector? ReadBrackets()
    {
        _at++;
        SkipBlanks();
        Selector? selector = Next switch
        {
            '*' => ReadStar(),
            '?' => ReadWhere(),
            '\'' or '"' => ReadNames(),
            _ => ReadNumbers(),
        };
        SkipBlanks();
        if (Problem is not null) return null;
        return Take(']') ? selector : Wrong<Selector>("a [ is not closed");
    }

    private Every ReadStar()
    {
        _at++;
        return new Every();
    }

    private Where? ReadWhere()
    {
        _at++;
        SkipBlanks();
        if (!Take('(')) return Wrong<Where>("a condition stands between [?( and )]");
        var condition = ReadOr();
        SkipBlanks();
        if (condition is null) return null;
        return Take(')') ? new Where(condition) : Wrong<Where>("a condition is not closed by )");
    }

    private Members? ReadNames()
    {
        var names = new List<string>();
        do
        {
            SkipBlanks();
            if (ReadQuoted() is not { } name) return Problem is null ? Wrong<Members>("a name in quotes follows a comma") : null;
            names.Add(name);
            SkipBlanks();
        }
        while (Take(','));
        return new Members(names);
    }

    private Selector? ReadNumbers()
    {
        var first = ReadNumber();
        SkipBlanks();
        if (Take(':'))
        {
            SkipBlanks();
            var to = ReadNumber();
            SkipBlanks();
            if (Next == ':') return Wrong<Selector>("a slice has no step");
            return new Slice(first, to);
        }
        if (first is null) return Problem is null ? Wrong<Selector>("brackets hold a name in quotes, a number, a slice such as 1:3, * or ?( )") : null;
        var numbers = new List<int> { first.Value };
        while (Take(','))
        {
            SkipBlanks();
            if (ReadNumber() is not { } next) return Problem is null ? Wrong<Selector>("a number follows a comma") : null;
            numbers.Add(next);
            SkipBlanks();
        }
        return new Elements(numbers);
    }

    private int? ReadNumber()
    {
        var start = _at;
        if (Next == '-') _at++;
        while (char.IsAsciiDigit(Next)) _at++;
        if (_at == start) return null;
        if (int.TryParse(text.AsSpan(start, _at - start), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)) return number;
        Wrong<object>($"'{text[start.._at]}' is no number of an element");
        return null;
    }

    /// <summary>A text in quotes of either kind; a backslash before a sign stands for the sign.</summary>
    private string? ReadQuoted()
    {
        if (Next is not ('\'' or '"')) return null;
        var quote = text[_at++];
        var read = new StringBuilder();
        while (_at < text.Length && Next != quote)
        {
            if (Next == '\\' && _at + 1 < text.Length) _at++;
            read.Append(text[_at++]);
        }
        return Take(quote) ? read.ToString() : Wrong<string>("a quote is not closed");
    }

    private void SkipBlanks()
    {
        while (char.IsWhiteSpace(Next)) _at++;
    }

    private bool Take(char sign)
    {
        if (Next != sign || _at >= text.Length) return false;
        _at++;
        return true;
    }

    private bool TakeAll(string signs)
    {
        if (!text.AsSpan(_at).StartsWith(signs, StringComparison.Ordinal)) return false;
        _at += signs.Length;
        return true;
    }

    private T? Wrong<T>(string what) where T : class
    {
        Problem ??= $"at character {_at + 1}: {what}";
        return null;
    }
}
