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
    // Longer than any sentence of ours: what a hostile text can put into a message ends here.
    private const int MaxLength = 4_000;

    /// <summary>The cause.</summary>
    public string What { get; init; } = What.Length <= MaxLength ? What : What[..MaxLength] + "...";

    public Severity Severity { get; init; } = Severity.Error;

    public TextPosition Where { get; init; } = TextPosition.Nowhere;

    /// <summary>What to do about it, as one or two sentences.</summary>
    public string? Mend { get; init; }

    /// <summary>Cause and cure as sentences.</summary>
    internal static string Said(string what, string? mend) =>
        mend is null ? what : what.Length == 0 || char.IsPunctuation(what[^1]) ? $"{what} {mend}" : $"{what}. {mend}";

    /// <summary>The text as a person reads it: place, code, the line with a caret, cause and cure.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        if (Where.ToString() is { Length: > 0 } place) text.Append(place).Append(": ");
        if (Severity == Severity.Warning) text.Append("warning: ");
        text.Append(Code);
        var said = Said(What, Mend);
        if (Where.Column > 0 && Excerpt.Of(Where) is { } excerpt)
        {
            text.Append("\n    ").Append(excerpt.Text);
            text.Append("\n    ").Append(' ', excerpt.Caret).Append('^', excerpt.Length).Append(' ').Append(said);
        }
        else
        {
            text.Append(" - ").Append(said);
        }
        return text.ToString();
    }
}
