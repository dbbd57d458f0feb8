using System.Text;
using Chunnel.Formats;

namespace Chunnel.Connectors.Files;

/// <summary>
/// Finds a cut between two rows of csv. A place within a file may lie inside quotes or outside: both are tried, and each must keep the
/// rules of quoting and the number of columns over many rows. Only when exactly one does is there a cut.
/// </summary>
internal static class CsvBorder
{
    private const int RowsToBeSure = 256;

    /// <summary>Where the first sure row of the window begins; 0 when there is none.</summary>
    public static int Find(ReadOnlySpan<byte> window, int columns, DelimitedOptions options)
    {
        // With one column every text is a row: nothing would tell the two cases apart.
        if (columns < 2) return 0;
        var delimiter = Encoding.UTF8.GetBytes(options.FieldDelimiter);
        var outside = Try(window, columns, delimiter, options, inQuotes: false);
        var inside = Try(window, columns, delimiter, options, inQuotes: true);
        if (outside.Holds && outside.Rows > 0 && !(inside.Holds && inside.Rows > 0)) return outside.Start;
        return inside.Holds && inside.Rows > 0 && !outside.Holds ? inside.Start : 0;
    }

    /// <summary>Reads on as if the window began inside or outside quotes; tells whether that can be, and what it would mean.</summary>
    private static Guess Try(ReadOnlySpan<byte> window, int columns, ReadOnlySpan<byte> delimiter, DelimitedOptions options, bool inQuotes)
    {
        int start = 0, rows = 0, fields = 1, fieldStart = -1;
        var quoted = inQuotes;
        for (var at = 0; at < window.Length && rows < RowsToBeSure; at++)
        {
            var b = window[at];
            if (inQuotes)
            {
                if (options.Escape is { } escape && b == escape && escape != options.Quote)
                {
                    at++;
                    continue;
                }
                if (b != options.Quote) continue;
                if (at + 1 >= window.Length) break;
                if (window[at + 1] == options.Quote)
                {
                    at++;
                    continue;
                }
                // Behind a closing quote a field ends.
                if (!IsEnd(window[(at + 1)..], delimiter)) return default;
                inQuotes = false;
                continue;
            }
            if (b == '\n')
            {
                if (start == 0) start = at + 1;
                else if (!IsBlank(window[..at], fieldStart, fields))
                {
                    if (fields != columns) return default;
                    rows++;
                }
                (fields, fieldStart, quoted) = (1, at + 1, false);
                continue;
            }
            if (window[at..].StartsWith(delimiter))
            {
                fields++;
                at += delimiter.Length - 1;
                (fieldStart, quoted) = (at + 1, false);
                continue;
            }
            if (b != options.Quote) continue;
            // A quote opens at a field's start. Before the first sure start nobody knows where that is.
            if (fieldStart >= 0 && (fieldStart != at || quoted)) return default;
            (inQuotes, quoted) = (true, true);
        }
        return new Guess(true, start, rows);
    }

    private static bool IsBlank(ReadOnlySpan<byte> upToBreak, int fieldStart, int fields) =>
        fields == 1 && upToBreak[fieldStart..].Trim((byte)'\r').IsEmpty;

    private static bool IsEnd(ReadOnlySpan<byte> rest, ReadOnlySpan<byte> delimiter) => rest[0] is (byte)'\n' or (byte)'\r' || rest.StartsWith(delimiter);

    private readonly record struct Guess(bool Holds, int Start, int Rows);
}
