namespace Chunnel.Core;

/// <summary>What an error shows of a line: trimmed, secrets hidden, of a long line the part around the place.</summary>
internal readonly record struct Excerpt(string Text, int Caret, int Length)
{
    private const int Width = 120;
    private const int Before = 40;

    /// <summary>The line of a place; null where it is not at hand.</summary>
    public static Excerpt? Of(TextPosition where)
    {
        if (where.Source is { } source) return Of(source, where.Line - 1, where.Column - 1, where.Length);
        return where.LineText is { } line ? Of(new SourceText("", line), 0, where.Column - 1, where.Length) : null;
    }

    private static Excerpt Of(SourceText source, int line, int column, int length)
    {
        // Of a file that is one huge line only what lies near the place is looked at.
        var from = Math.Clamp(column - 2_000, 0, source.LineLength(line));
        var masked = source.Shown(line, from, Math.Min(10_000, source.LineLength(line) - from));
        column -= from;
        var start = masked.Length - masked.AsSpan().TrimStart().Length;
        var end = masked.AsSpan().TrimEnd().Length;
        column = Math.Clamp(column, Math.Min(start, end), Math.Max(start, end));
        var (left, right) = ("", "");
        if (end - start > Width)
        {
            from = Math.Max(start, Math.Min(column - Before, end - Width));
            if (from > start) (start, left) = (from, "...");
            if (start + Width < end) (end, right) = (start + Width, "...");
        }
        var shown = masked[Math.Min(start, end)..end].Replace('\t', ' ');
        var caret = left.Length + Math.Max(0, column - start);
        var most = Math.Max(1, left.Length + shown.Length - caret);
        return new Excerpt(left + shown + right, caret, Math.Clamp(length, 1, most));
    }
}
