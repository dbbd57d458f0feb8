namespace Chunnel.Core;

/// <summary>A text that a person wrote, which can say where each of its characters stands.</summary>
public sealed class SourceText
{
    private readonly List<int> _lineStarts = [0];
    private readonly Func<int, int, TextPosition>? _elsewhere;
    private readonly HashSet<string> _concealed = new(StringComparer.Ordinal);
    private IReadOnlyList<(int Start, int End)>? _secrets;

    public SourceText(string file, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        File = file;
        Text = text is ['\uFEFF', ..] ? text[1..] : text;
        for (var at = Text.IndexOf('\n', StringComparison.Ordinal); at >= 0; at = Text.IndexOf('\n', at + 1))
        {
            _lineStarts.Add(at + 1);
        }
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
        var column = offset - _lineStarts[line];
        return new TextPosition(File, line + 1, column + 1)
        {
            Source = this,
            Length = Math.Clamp(length, 0, Math.Max(0, LineLength(line) - column)),
        };
    }

    /// <summary>Keeps what stands under a key out of all that is shown.</summary>
    internal void Conceal(string key)
    {
        if (_concealed.Add(key)) _secrets = null;
    }

    /// <summary>A line as it stands, its break left out.</summary>
    internal string LineText(int line) => Text.Substring(_lineStarts[line], LineLength(line));

    /// <summary>How long a line is, its break left out.</summary>
    internal int LineLength(int line)
    {
        var start = _lineStarts[line];
        var end = line + 1 < _lineStarts.Count ? _lineStarts[line + 1] - 1 : Text.Length;
        return Text.AsSpan(start, end - start).TrimEnd('\r').Length;
    }

    /// <summary>A part of a line as it may be shown: secrets hidden, also those that begin on another line, every character in its column.</summary>
    internal string Shown(int line, int from, int length)
    {
        var start = _lineStarts[line] + from;
        var shown = Text.Substring(start, length).ToCharArray();
        // Looked for once, and only when something is shown.
        _secrets ??= SecretSpans.Find(Text, [.. _concealed, .. SecretSpans.ShadeOptionsIn(Text)]);
        foreach (var secret in _secrets)
        {
            var (first, end) = (Math.Max(secret.Start, start), Math.Min(secret.End, start + length));
            if (first < end) shown.AsSpan(first - start, end - first).Fill('*');
        }
        return new string(shown);
    }
}
