using System.Text;
using System.Text.RegularExpressions;
using Chunnel.Core;
using Chunnel.Transforms.Patterns;
using Chunnel.Transforms.Sql.Programs;

namespace Chunnel.Transforms.Sql.Functions.Patterns;

/// <summary>The patterns of the rows of a batch. A pattern that is the same for all rows is compiled; others are kept while they repeat.</summary>
internal sealed class RegexWords(Operand pattern, Operand flags)
{
    private readonly JavaPattern? _fixed = Fixed(pattern, flags);
    private byte[] _lastText = [];
    private byte[] _lastFlags = [];
    private JavaPattern? _last;

    /// <summary>What the letters of a flags argument mean; null when one means nothing. Later ones win.</summary>
    public static RegexOptions? OptionsOf(ReadOnlySpan<byte> flags)
    {
        var options = RegexOptions.None;
        foreach (var flag in flags)
        {
            switch (flag)
            {
                case (byte)'i': options |= RegexOptions.IgnoreCase; break;
                case (byte)'c': options &= ~RegexOptions.IgnoreCase; break;
                case (byte)'n': options |= RegexOptions.Singleline; break;
                case (byte)'m': options |= RegexOptions.Multiline; break;
                default: return null;
            }
        }
        return options;
    }

    /// <summary>The pattern of a row, or null and what is wrong with it.</summary>
    public JavaPattern? Of(Frame frame, int row, out string? problem)
    {
        problem = null;
        if (_fixed is not null) return _fixed;
        var text = ((TextColumn)pattern.Of(frame))[row];
        var letters = ((TextColumn)flags.Of(frame))[row];
        if (_last is not null && text.SequenceEqual(_lastText) && letters.SequenceEqual(_lastFlags)) return _last;
        if (OptionsOf(letters) is not { } options)
        {
            problem = $"\"{Encoding.UTF8.GetString(letters)}\" holds a flag that is not one of i, c, n and m";
            return null;
        }
        var read = Encoding.UTF8.GetString(text);
        if (!JavaPattern.TryParse(read, options, out var parsed, out var why))
        {
            problem = $"\"{read}\" is no regular expression: {why}";
            return null;
        }
        (_lastText, _lastFlags, _last) = (text.ToArray(), letters.ToArray(), parsed);
        return _last;
    }

    private static JavaPattern? Fixed(Operand pattern, Operand flags) =>
        pattern.Constant is TextColumn { HasNulls: false } text && flags.Constant is TextColumn { HasNulls: false } letters
        && OptionsOf(letters[0]) is { } options && JavaPattern.TryParse(Encoding.UTF8.GetString(text[0]), options | RegexOptions.Compiled, out var parsed, out _)
            ? parsed : null;
}
