using System.Text;

namespace Chunnel.Core;

public enum Severity
{
    Warning,
    Error,
}

/// <summary>One thing that is wrong: code, place, cause and cure. A check returns all of them at once.</summary>
public sealed record Problem(ErrorCode Code, string What)
{
    public Severity Severity { get; init; } = Severity.Error;

    public TextPosition Where { get; init; } = TextPosition.Nowhere;

    /// <summary>What to do about it, as one or two sentences.</summary>
    public string? Mend { get; init; }

    /// <summary>The text as a person reads it: place, code, the line with a caret, cause and cure.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        if (Where.ToString() is { Length: > 0 } place) text.Append(place).Append(": ");
        if (Severity == Severity.Warning) text.Append("warning: ");
        text.Append(Code);
        var said = Mend is null ? What : $"{What} {Mend}";
        if (Where is { LineText: { } line, Column: > 0 })
        {
            var indent = line.Length - line.TrimStart().Length;
            var caret = Math.Max(0, Where.Column - 1 - indent);
            text.Append("\n    ").Append(line.Trim());
            text.Append("\n    ").Append(' ', caret).Append('^', Math.Max(1, Where.Length)).Append(' ').Append(said);
        }
        else
        {
            text.Append(" - ").Append(said);
        }
        return text.ToString();
    }
}
