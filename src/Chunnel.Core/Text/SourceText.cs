namespace Chunnel.Core;

/// <summary>A text that a person wrote, which can say where each of its characters stands.</summary>
public sealed class SourceText
{
    private readonly List<int> _lineStarts = [0];
    private readonly string?[] _lines;
    private readonly Func<int, int, TextPosition>? _elsewhere;

    public SourceText(string file, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        File = file;
        Text = text is ['\uFEFF', ..] ? text[1..] : text;
        for (var at = Text.IndexOf('\n', StringComparison.Ordinal); at >= 0; at = Text.IndexOf('\n', at + 1))
        {
            _lineStarts.Add(at + 1);
        }
        _lines = new string?[_lineStarts.Count];
    }

    private SourceText(string text, Func<int, int, TextPosition> elsewhere)
        : this("", text) => _elsewhere = elsewhere;

    public string File { get; }

    public string Text { get; }

    /// <summary>A text that stands as one value at a known place, as JSON inside a string does.</summary>
    public static SourceText Inside(string text, TextPosition where) => new(text, (_, _) => where);

    /// <summary>A text cut from another one; <paramref name="offsets"/> says for each character (and the end) where it stood there.</summary>
    public static SourceText Cut(string text, SourceText origin, int[] offsets) =>
        new(text, (offset, length) => origin.At(offsets[Math.Clamp(offset, 0, offsets.Length - 1)], length));

    /// <summary>The place of a character. <paramref name="length"/> is how many characters the thing spans.</summary>
    public TextPosition At(int offset, int length = 0)
    {
        if (_elsewhere is not null) return _elsewhere(offset, length);
        offset = Math.Clamp(offset, 0, Text.Length);
        var line = _lineStarts.BinarySearch(offset);
        if (line < 0) line = ~line - 1;
        var text = LineText(line);
        var column = offset - _lineStarts[line];
        return new TextPosition(File, line + 1, column + 1)
        {
            LineText = text,
            Length = Math.Clamp(length, 0, Math.Max(0, text.Length - column)),
        };
    }

    private string LineText(int line)
    {
        // One string per line, shared by every place on it: a file that is one long line must not multiply.
        if (_lines[line] is { } known) return known;
        var end = line + 1 < _lineStarts.Count ? _lineStarts[line + 1] - 1 : Text.Length;
        return _lines[line] = Text[_lineStarts[line]..end].TrimEnd('\r');
    }
}
