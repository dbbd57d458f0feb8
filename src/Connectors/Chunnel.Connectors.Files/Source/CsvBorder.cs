using System.Text;
using Chunnel.Formats;

namespace Chunnel.Connectors.Files;

/// <summary>
/// Finds a cut between two rows of csv by what stands behind a place. That place may lie inside quotes or outside: both are tried. When one
/// of them breaks a rule that every row has to keep, it is the other, for sure; else nothing can be said without what stands before.
/// </summary>
internal static class CsvBorder
{
    /// <summary>Where the first row of the window begins; 0 when it is not sure.</summary>
    public static int Find(ReadOnlySpan<byte> window, int columns, DelimitedOptions options)
    {
        // The window's first byte may be escaped by the byte before it.
        if (options.Escape is { } escape && escape != options.Quote) return 0;
        var delimiter = Encoding.UTF8.GetBytes(options.FieldDelimiter);
        // A header may name fewer columns than the table has, or more.
        var fields = options.Header ? -1 : columns;
        var outside = Try(window, fields, delimiter, options, inQuotes: false);
        var inside = Try(window, fields, delimiter, options, inQuotes: true);
        return outside.Holds == inside.Holds ? 0 : outside.Holds ? outside.Start : inside.Start;
    }

    /// <summary>Reads on as if the window began inside or outside quotes; tells whether that can be, and where its first row would begin.</summary>
    /// <param name="window">What stands behind the place.</param>
    /// <param name="columns">Fields of every row; -1 where that is not known.</param>
    /// <param name="delimiter">Between fields.</param>
    /// <param name="options">The quote.</param>
    /// <param name="inQuotes">What is tried.</param>
    private static Guess Try(ReadOnlySpan<byte> window, int columns, ReadOnlySpan<byte> delimiter, DelimitedOptions options, bool inQuotes)
    {
        int start = 0, fields = 1, fieldStart = -1;
        var quoted = inQuotes;
        for (var at = 0; at < window.Length; at++)
        {
            var b = window[at];
            if (inQuotes)
            {
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
            if (b == '\r' && at + 1 == window.Length) break;
            if (b == '\n' || (b == '\r' && window[at + 1] != '\n'))
            {
                // What stands before the first line end is the end of a row, not all of it.
                if (fieldStart >= 0 && start > 0 && columns >= 0 && fields != columns && !IsBlank(window[..at], fieldStart, fields)) return default;
                // Cuts are made behind line feeds only: of a carriage return nobody knows at a share's end whether one follows.
                if (start == 0 && b == '\n') start = at + 1;
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
        return new Guess(true, start);
    }

    private static bool IsBlank(ReadOnlySpan<byte> upToBreak, int fieldStart, int fields) =>
        fields == 1 && upToBreak[fieldStart..].Trim((byte)'\r').IsEmpty;

    private static bool IsEnd(ReadOnlySpan<byte> rest, ReadOnlySpan<byte> delimiter) => rest[0] is (byte)'\n' or (byte)'\r' || rest.StartsWith(delimiter);

    private readonly record struct Guess(bool Holds, int Start);
}
