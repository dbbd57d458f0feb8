using System.Globalization;
using System.Text;

namespace Chunnel.Transforms.Patterns;

/// <summary>
/// Writes a pattern of Java in .NET's words: classes such as \d are of ASCII, quantifiers may be possessive, \Q quotes to \E, and there are
/// classes by names of POSIX. What has no counterpart is refused.
/// </summary>
internal sealed class JavaRegexTranslator(string pattern)
{
    private const string Digit = "0-9";
    private const string Word = "a-zA-Z0-9_";
    private const string Space = @" \t\n\v\f\r";
    private const string Blank = @" \t\u00A0\u1680\u180e\u2000-\u200a\u202f\u205f\u3000";
    private const string LineEnd = @"\n\v\f\r\u0085\u2028\u2029";

    /// <summary>Named classes of ASCII, as they stand within brackets.</summary>
    private static readonly Dictionary<string, string> Named = new(StringComparer.Ordinal)
    {
        ["Lower"] = "a-z", ["Upper"] = "A-Z", ["ASCII"] = @"\x00-\x7F", ["Alpha"] = "a-zA-Z", ["Digit"] = Digit, ["Alnum"] = "a-zA-Z0-9",
        ["Punct"] = @"!-/:-@\[-`{-~", ["Graph"] = "!-~", ["Print"] = " -~", ["Blank"] = @" \t", ["Cntrl"] = @"\x00-\x1F\x7F", ["XDigit"] = "0-9a-fA-F", ["Space"] = Space,
    };

    private readonly StringBuilder _to = new(pattern.Length + 16);
    private readonly Stack<int> _groups = new();
    private int _at;
    private readonly Dictionary<string, int> _names = new(StringComparer.Ordinal);
    private readonly bool _numbered = HasNames(pattern);
    private int _count;
    private int _atomStart = -1;
    private string? _problem;

    /// <summary>The numbers of the groups that have a name.</summary>
    public IReadOnlyDictionary<string, int> Names => _names;

    /// <summary>The pattern for .NET, or null and the reason in words.</summary>
    public string? Translate(out string? problem)
    {
        while (_problem is null && _at < pattern.Length) Next();
        problem = _problem;
        return _problem is null ? _to.ToString() : null;
    }

    private char Peek(int ahead = 0) => _at + ahead < pattern.Length ? pattern[_at + ahead] : '\0';

    private void Next()
    {
        var c = Peek();
        switch (c)
        {
            case '\\': Escape(); break;
            case '[': Atom(); Class(); break;
            case '(': Open(); break;
            case ')': Close(); break;
            case '*' or '+' or '?': _at++; Quantify(c.ToString()); break;
            case '{': Braces(); break;
            case '|' or '^' or '$':
                _to.Append(c);
                _at++;
                _atomStart = -1;
                break;
            default:
                Atom();
                _to.Append(c);
                _at++;
                break;
        }
    }

    /// <summary>Here begins what a quantifier would repeat.</summary>
    private void Atom() => _atomStart = _to.Length;

    private void Open()
    {
        _groups.Push(_to.Length);
        _to.Append('(');
        _at++;
        _atomStart = -1;
        if (Peek() != '?') Number(++_count);
        else if (Peek(1) == '<' && char.IsAsciiLetter(Peek(2))) OpenNamed();
        else if (!OpenFlags())
        {
            _to.Append('?').Append(Peek(1));
            _at += 2;
        }
    }

    private void OpenNamed()
    {
        var end = pattern.IndexOf('>', _at);
        if (end < 0)
        {
            _problem = "the name of a group is not closed";
            return;
        }
        _names[pattern[(_at + 2)..end]] = ++_count;
        Number(_count);
        _at = end + 1;
    }

    /// <summary>Java counts all groups from the left, .NET those with names last: where there are names, every group gets its number.</summary>
    private void Number(int group)
    {
        if (_numbered) _to.Append(CultureInfo.InvariantCulture, $"?<{group}>");
    }

    /// <summary>(?i) and its like: Java knows more letters than .NET, of which d, u and U change nothing here. False when there are none.</summary>
    private bool OpenFlags()
    {
        var end = _at + 1;
        while (end < pattern.Length && (char.IsAsciiLetter(pattern[end]) || pattern[end] == '-')) end++;
        if (end >= pattern.Length || pattern[end] is not (')' or ':') || end == _at + 1) return false;
        var flags = string.Concat(pattern[(_at + 1)..end].Where(flag => flag is not ('d' or 'u' or 'U')));
        _to.Append('?').Append(flags.TrimEnd('-'));
        if (pattern[end] == ')' && flags.Trim('-').Length == 0) _to.Append(':');
        if (pattern[end] == ':') _to.Append(':');
        _at = pattern[end] == ':' ? end + 1 : end;
        return true;
    }

    private void Close()
    {
        _to.Append(')');
        _at++;
        _atomStart = _groups.Count > 0 ? _groups.Pop() : -1;
    }

    /// <summary>A quantifier; behind it ? takes as few as it can, and + never gives back: an atomic group.</summary>
    private void Quantify(string quantifier)
    {
        if (Peek() == '+' && _atomStart >= 0)
        {
            _at++;
            _to.Insert(_atomStart, "(?>").Append(quantifier).Append(')');
            return;
        }
        _to.Append(quantifier);
        if (Peek() != '?') return;
        _to.Append('?');
        _at++;
    }

    private void Braces()
    {
        var end = pattern.IndexOf('}', _at);
        if (end < 0 || _atomStart < 0)
        {
            _problem = "a { does not stand behind what it repeats";
            return;
        }
        var quantifier = pattern[_at..(end + 1)];
        _at = end + 1;
        Quantify(quantifier);
    }

    private void Escape()
    {
        var c = Peek(1);
        if (c == '\0')
        {
            _problem = "it ends with a backslash";
            return;
        }
        if (c is not ('b' or 'B' or 'A' or 'G' or 'Z' or 'z')) Atom();
        switch (c)
        {
            case 'Q': Quote(); return;
            case 'E': _at += 2; return;
            case 'R': _to.Append(@"(?:\r\n|[\n\v\f\r\u0085\u2028\u2029])"); break;
            case 'X': _problem = @"\X has no counterpart"; return;
            case 'N': _problem = @"\N has no counterpart"; return;
            case 'k': NamedReference(); return;
            default:
                if (ClassOf(c) is { } members) _to.Append('[').Append(members).Append(']');
                else if (c is 'p' or 'P') Property(inClass: false);
                else if (!Character(c)) _to.Append('\\').Append(c);
                else return;
                if (c is 'p' or 'P') return;
                break;
        }
        _at += 2;
    }

    private void NamedReference()
    {
        var end = pattern.IndexOf('>', _at);
        if (Peek(2) != '<' || end < 0 || !_names.TryGetValue(pattern[(_at + 3)..end], out var group))
        {
            _problem = @"\k names no group before it";
            return;
        }
        _to.Append(CultureInfo.InvariantCulture, $@"\k<{group}>");
        _at = end + 1;
    }

    private static bool HasNames(string pattern)
    {
        for (var at = pattern.IndexOf("(?<", StringComparison.Ordinal); at >= 0; at = pattern.IndexOf("(?<", at + 1, StringComparison.Ordinal))
        {
            if (at + 3 < pattern.Length && char.IsAsciiLetter(pattern[at + 3])) return true;
        }
        return false;
    }

    private void Quote()
    {
        var start = _at + 2;
        var end = pattern.IndexOf(@"\E", start, StringComparison.Ordinal);
        var text = end < 0 ? pattern[start..] : pattern[start..end];
        foreach (var c in text)
        {
            Atom();
            Literal(c);
        }
        _at = end < 0 ? pattern.Length : end + 2;
    }

    private void Literal(char c)
    {
        if (!char.IsLetterOrDigit(c) && c < 0x80) _to.Append(CultureInfo.InvariantCulture, $@"\x{(int)c:X2}");
        else _to.Append(c);
    }

    /// <summary>What stands within brackets for \d and its like; null when the letter names no class.</summary>
    private static string? ClassOf(char c) => c switch
    {
        'd' => Digit,
        'D' => $"^{Digit}",
        'w' => Word,
        'W' => $"^{Word}",
        's' => Space,
        'S' => $"^{Space}",
        'h' => Blank,
        'H' => $"^{Blank}",
        'v' => LineEnd,
        'V' => $"^{LineEnd}",
        _ => null,
    };

    /// <summary>\x{1F600} and \0101: characters in ways that .NET lacks. True when it was one.</summary>
    private bool Character(char c)
    {
        if (c == 'x' && Peek(2) == '{')
        {
            var end = pattern.IndexOf('}', _at);
            if (end < 0 || !int.TryParse(pattern.AsSpan(_at + 3, end - _at - 3), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code) || !Rune.TryCreate(code, out var rune))
            {
                _problem = @"\x{...} names no character";
                return true;
            }
            foreach (var unit in rune.ToString()) Literal(unit);
            _at = end + 1;
            return true;
        }
        if (c != '0') return false;
        var value = 0;
        var at = _at + 2;
        while (at < pattern.Length && at < _at + 5 && pattern[at] is >= '0' and <= '7' && value * 8 + pattern[at] - '0' <= 0xFF) value = value * 8 + pattern[at++] - '0';
        if (at == _at + 2) _problem = @"\0 has no digits";
        Literal((char)value);
        _at = at;
        return true;
    }

    private void Property(bool inClass)
    {
        var negated = Peek(1) == 'P';
        string name;
        if (Peek(2) == '{')
        {
            var end = pattern.IndexOf('}', _at);
            name = end < 0 ? "" : pattern[(_at + 3)..end];
            _at = end < 0 ? pattern.Length : end + 1;
        }
        else
        {
            name = Peek(2).ToString();
            _at += 3;
        }
        if (Named.TryGetValue(name, out var members))
        {
            if (inClass && negated) _problem = $@"\P{{{name}}} within brackets has no counterpart";
            else if (inClass) _to.Append(members);
            else _to.Append(negated ? "[^" : "[").Append(members).Append(']');
            return;
        }
        name = name switch
        {
            "javaLowerCase" or "IsLowercase" => "Ll",
            "javaUpperCase" or "IsUppercase" => "Lu",
            "IsAlphabetic" or "IsLetter" => "L",
            "IsDigit" => "Nd",
            "IsHan" => "IsCJKUnifiedIdeographs",
            _ when name.StartsWith("In", StringComparison.Ordinal) => "Is" + name[2..].Replace("_", "", StringComparison.Ordinal),
            _ when name.StartsWith("Is", StringComparison.Ordinal) && name.Length <= 4 => name[2..],
            _ => name,
        };
        _to.Append(negated ? @"\P{" : @"\p{").Append(name).Append('}');
    }

    /// <summary>Brackets: ^ first, ranges, classes; a [ within them is a class of its own in Java, and &amp;&amp; cuts two.</summary>
    private void Class()
    {
        _to.Append('[');
        _at++;
        if (Peek() == '^')
        {
            _to.Append('^');
            _at++;
        }
        var first = true;
        while (_problem is null && (first || Peek() != ']'))
        {
            if (_at >= pattern.Length) _problem = "a [ is not closed";
            else Member(first);
            first = false;
        }
        _to.Append(']');
        _at++;
    }

    private void Member(bool first)
    {
        var c = Peek();
        if (c == '[') _problem = "a [ within brackets has no counterpart: write \\[ for the sign";
        else if (c == '&' && Peek(1) == '&') _problem = "&& within brackets has no counterpart";
        else if (c == '\\') EscapeInClass();
        else if (c == ']' && first) _problem = "brackets hold nothing";
        else
        {
            _to.Append(c);
            _at++;
        }
    }

    private void EscapeInClass()
    {
        var c = Peek(1);
        if (c == '\0') _problem = "it ends with a backslash";
        else if (c is 'p' or 'P') Property(inClass: true);
        else if (c is 'D' or 'W' or 'S') Negated(c);
        else if (c is 'H' or 'V') _problem = $@"\{c} within brackets has no counterpart";
        else if (c == 'Q') Quote();
        else if (ClassOf(c) is { } members)
        {
            _to.Append(members);
            _at += 2;
        }
        else if (!Character(c))
        {
            _to.Append('\\').Append(c);
            _at += 2;
        }
    }

    /// <summary>All but the members of a class, as ranges: brackets cannot hold "none of these" beside others.</summary>
    private void Negated(char c)
    {
        _to.Append(c switch
        {
            'D' => @"\x00-/:-\uFFFF",
            'W' => @"\x00-/:-@\[-\^`{-\uFFFF",
            _ => @"\x00-\x08\x0E-\x1F!-\uFFFF",
        });
        _at += 2;
    }
}
