namespace Chunnel.Core;

/// <summary>A place in a text that a person wrote. Line and column count from 1; 0 means not known.</summary>
public sealed record TextPosition(string File, int Line, int Column)
{
    public static readonly TextPosition Nowhere = new("", 0, 0);

    /// <summary>The text of the line as it stands, secrets and all, if it is at hand. What is shown of it goes through <see cref="Problem"/>.</summary>
    public string? LineText { get => field ?? Source?.LineText(Line - 1); init; }

    /// <summary>How many characters the thing spans; 0 when not known.</summary>
    public int Length { get; init; }

    /// <summary>The text it is a place in, which knows what of it may be shown.</summary>
    internal SourceText? Source { get; init; }

    /// <summary>Keeps what stands under a key out of all that is shown of the text.</summary>
    public void Conceal(string key) => Source?.Conceal(key);

    public override string ToString() => Line == 0 ? File : $"{File}:{Line}:{Column}";
}
