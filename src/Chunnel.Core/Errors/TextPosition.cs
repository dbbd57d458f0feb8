namespace Chunnel.Core;

/// <summary>A place in a text that a person wrote. Line and column count from 1; 0 means not known.</summary>
public sealed record TextPosition(string File, int Line, int Column)
{
    public static readonly TextPosition Nowhere = new("", 0, 0);

    /// <summary>The text of the line, if it is at hand, to show with a caret under the column.</summary>
    public string? LineText { get; init; }

    /// <summary>How many characters the thing spans; 0 when not known.</summary>
    public int Length { get; init; }

    public override string ToString() => Line == 0 ? File : $"{File}:{Line}:{Column}";
}
