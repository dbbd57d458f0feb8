using Chunnel.Core;

namespace Chunnel.Transforms.Sql.Parsing;

/// <summary>A query and the place where it stands in a job file, so that an error can point into it.</summary>
internal sealed class QueryText(string text, TextPosition where)
{
    private const int LongestShown = 1000;

    public string Text { get; } = text;

    /// <summary>The query for a message: its lines joined by blanks, cut where it is very long.</summary>
    public string OnOneLine
    {
        get
        {
            var line = string.Join(' ', Text.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
            return line.Length <= LongestShown ? line : line[..LongestShown] + "...";
        }
    }

    /// <summary>The place of some characters of the query. Where the file's line does not show them (a value put together of parts), the place of the value.</summary>
    public TextPosition At(Span span)
    {
        if (where.Line == 0) return where;
        var start = Math.Clamp(span.Start, 0, Text.Length);
        var lineStart = start == 0 ? 0 : Text.LastIndexOf('\n', start - 1) + 1;
        var line = Text.AsSpan(0, start).Count('\n');
        if (line > 0 && !HasEscapedLines) return Below(span, start, lineStart, line);
        if (where.LineText is not { } shown) return where;
        var column = ColumnOnFirstLine(shown, start);
        var end = Math.Min(shown.Length, column + Math.Max(1, span.Length));
        return Shows(shown, column, start) ? where with { Column = column + 1, Length = Math.Max(1, end - column) } : where;
    }

    /// <summary>True for a value in plain quotes, whose line breaks are escapes: all of it stands on one line, as in JSON.</summary>
    private bool HasEscapedLines => where.LineText is { } shown && where.Column >= 1 && where.Column <= shown.Length
        && shown[where.Column - 1] == '"' && !shown.AsSpan(where.Column - 1).StartsWith("\"\"\"", StringComparison.Ordinal);

    /// <summary>A line of a triple-quoted value below its first stands in the file as it is.</summary>
    private TextPosition Below(Span span, int start, int lineStart, int line)
    {
        var lineEnd = Text.IndexOf('\n', start);
        var lineText = Text[lineStart..(lineEnd < 0 ? Text.Length : lineEnd)].TrimEnd('\r');
        return new TextPosition(where.File, where.Line + line, start - lineStart + 1)
        {
            LineText = lineText,
            Length = Math.Clamp(span.Length, 1, Math.Max(1, lineText.Length - (start - lineStart))),
        };
    }

    /// <summary>Walks the file's line from where the value starts, over its quotes and escapes.</summary>
    private int ColumnOnFirstLine(string shown, int offset)
    {
        var at = Math.Clamp(where.Column - 1, 0, shown.Length);
        if (shown.AsSpan(at).StartsWith("\"\"\"", StringComparison.Ordinal)) return at + 3 + offset;
        if (at >= shown.Length || shown[at] != '"') return at + offset;
        at++;
        for (var i = 0; i < offset && at < shown.Length; i++) at += shown[at] != '\\' ? 1 : at + 1 < shown.Length && shown[at + 1] == 'u' ? 6 : 2;
        return at;
    }

    /// <summary>True when the file's line has the query's character there, as it is or escaped.</summary>
    private bool Shows(string shown, int column, int offset)
    {
        if (column > shown.Length) return false;
        if (offset >= Text.Length) return true;
        return column < shown.Length && (shown[column] == Text[offset] || shown[column] == '\\');
    }
}
