using System.Text;

namespace Chunnel.Core;

/// <summary>Takes a pattern text apart into steps.</summary>
internal sealed class TimePatternCompiler(string pattern)
{
    private readonly List<TimeStep> _steps = [];
    private readonly StringBuilder _literal = new();
    private readonly Stack<int> _open = new();
    private int _at;

    /// <summary>The steps, or null and the reason in words.</summary>
    public TimeStep[]? Compile(out string? problem)
    {
        problem = pattern.Length == 0 ? "it is empty" : null;
        while (problem is null && _at < pattern.Length) problem = Next();
        if (problem is null && _open.Count > 0) problem = "a [ is not closed";
        if (problem is not null) return null;
        Flush();
        MarkAdjacent();
        return [.. _steps];
    }

    private string? Next()
    {
        var c = pattern[_at];
        if (c == '\'') return Quoted();
        if (c == '[')
        {
            Flush();
            _open.Push(_steps.Count);
            _steps.Add(new TimeStep(TimeField.OptionalStart, 0, [], false));
            _at++;
            return null;
        }
        if (c == ']')
        {
            if (_open.Count == 0) return "a ] has no [";
            Flush();
            var start = _open.Pop();
            _steps.Add(new TimeStep(TimeField.OptionalEnd, 0, [], false));
            _steps[start] = _steps[start] with { Width = _steps.Count };
            _at++;
            return null;
        }
        if (char.IsAsciiLetter(c)) return Letter(c);
        if (c is '{' or '}' or '#') return $"'{c}' has no meaning";
        _literal.Append(c);
        _at++;
        return null;
    }

    private string? Quoted()
    {
        var end = _at + 1;
        if (end < pattern.Length && pattern[end] == '\'')
        {
            _literal.Append('\'');
            _at += 2;
            return null;
        }
        for (; end < pattern.Length; end++)
        {
            if (pattern[end] != '\'') _literal.Append(pattern[end]);
            else if (end + 1 < pattern.Length && pattern[end + 1] == '\'') _literal.Append(pattern[end++]);
            else
            {
                _at = end + 1;
                return null;
            }
        }
        return "a quote is not closed";
    }

    private string? Letter(char letter)
    {
        var width = 1;
        while (_at + width < pattern.Length && pattern[_at + width] == letter) width++;
        if (FieldOf(letter, width) is not { } field) return $"the letter '{new string(letter, width)}' has no meaning";
        if (width > 19) return $"the letter '{letter}' stands too often";
        Flush();
        // Z is +0800 up to three times, then +08:00 is written ZZZZZ; x and X count as they stand.
        var shown = letter == 'Z' ? width <= 3 ? 2 : 3 : width;
        _steps.Add(new TimeStep(field, shown, [], false));
        _at += width;
        return null;
    }

    private static TimeField? FieldOf(char letter, int width) => letter switch
    {
        'y' or 'u' when width == 2 => TimeField.TwoDigitYear,
        'y' or 'u' => TimeField.Year,
        'M' or 'L' when width == 3 => TimeField.MonthShort,
        'M' or 'L' when width == 4 => TimeField.MonthFull,
        'M' or 'L' when width <= 2 => TimeField.Month,
        'd' when width <= 2 => TimeField.Day,
        'D' when width <= 3 => TimeField.DayOfYear,
        'E' when width <= 3 => TimeField.DayShort,
        'E' when width == 4 => TimeField.DayFull,
        'e' when width == 1 => TimeField.DayOfWeek,
        'Q' when width <= 2 => TimeField.Quarter,
        'H' when width <= 2 => TimeField.Hour,
        'K' when width <= 2 => TimeField.HourOfHalf,
        'h' when width <= 2 => TimeField.ClockHourOfHalf,
        'k' when width <= 2 => TimeField.ClockHour,
        'a' when width == 1 => TimeField.Half,
        'm' when width <= 2 => TimeField.Minute,
        's' when width <= 2 => TimeField.Second,
        'S' => TimeField.Fraction,
        'n' => TimeField.Nano,
        'A' => TimeField.MilliOfDay,
        'X' when width <= 3 => TimeField.OffsetWithZ,
        'x' when width <= 3 => TimeField.Offset,
        'Z' when width == 5 => TimeField.OffsetWithZ,
        'Z' when width <= 3 => TimeField.Offset,
        _ => null,
    };

    private void Flush()
    {
        if (_literal.Length == 0) return;
        _steps.Add(new TimeStep(TimeField.Literal, 0, Encoding.UTF8.GetBytes(_literal.ToString()), false));
        _literal.Clear();
    }

    /// <summary>A number directly before another takes exactly its width, as in yyyyMMdd.</summary>
    private void MarkAdjacent()
    {
        for (var i = 0; i + 1 < _steps.Count; i++)
        {
            if (_steps[i].IsNumber && _steps[i + 1].IsNumber) _steps[i] = _steps[i] with { Adjacent = true };
        }
    }
}
