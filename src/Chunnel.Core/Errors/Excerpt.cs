namespace Chunnel.Core;

/// <summary>What an error shows of a line: trimmed, secrets hidden, of a long line the part around the place.</summary>
internal readonly record struct Excerpt(string Text, int Caret, int Length)
{
    private const int Width = 120;
    private const int Before = 40;

    public static Excerpt Of(string line, int column, int length)
    {
        var masked = Secrets.MaskedLine(line.Length <= 10_000 ? line : Window(line, ref column));
        var start = masked.Length - masked.AsSpan().TrimStart().Length;
        var end = masked.AsSpan().TrimEnd().Length;
        column = Math.Clamp(column, Math.Min(start, end), Math.Max(start, end));
        var (left, right) = ("", "");
        if (end - start > Width)
        {
            var from = Math.Max(start, Math.Min(column - Before, end - Width));
            if (from > start) (start, left) = (from, "...");
            if (start + Width < end) (end, right) = (start + Width, "...");
        }
        var shown = masked[Math.Min(start, end)..end].Replace('\t', ' ');
        var caret = left.Length + Math.Max(0, column - start);
        var most = Math.Max(1, left.Length + shown.Length - caret);
        return new Excerpt(left + shown + right, caret, Math.Clamp(length, 1, most));
    }

    // A file that is one huge line: hide secrets only near the place.
    private static string Window(string line, ref int column)
    {
        var from = Math.Clamp(column - 2_000, 0, line.Length);
        column -= from;
        return line.Substring(from, Math.Min(10_000, line.Length - from));
    }
}
