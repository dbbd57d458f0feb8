using System.Text;

namespace Chunnel.Formats;

/// <summary>How delimited text looks: csv, or SeaTunnel's own text form (spec connectors.md 2.3, 6.2, 6.4).</summary>
public sealed record DelimitedOptions
{
    /// <summary>Comma, quotes, line breaks in quotes.</summary>
    public static readonly DelimitedOptions Csv = new();

    /// <summary>No quotes; <c>\u0001</c> between fields, <c>\u0002</c> and on inside arrays, maps and rows.</summary>
    public static readonly DelimitedOptions Text = new() { FieldDelimiter = "\u0001", Quote = null };

    /// <summary>Between fields, literally; one backslash before it is taken off (see <see cref="Literal"/>).</summary>
    public string FieldDelimiter { get; init; } = ",";

    /// <summary>Instead of the delimiter: whatever a regular expression matches. Reading only, without quotes.</summary>
    public string? FieldDelimiterRegex { get; init; }

    /// <summary>Between rows. Null reads LF, CRLF and lone CR alike, and writes LF.</summary>
    public string? RowDelimiter { get; init; }

    /// <summary>Around fields that hold delimiters; null for text without quotes.</summary>
    public char? Quote { get; init; } = '"';

    /// <summary>Before a quote, a delimiter, a line break or itself; null when a quote is doubled instead.</summary>
    public char? Escape { get; init; }

    /// <summary>
    /// The text of a null, when it is not quoted. Unset: csv takes a bare empty field for null and <c>""</c> for empty text; text takes an
    /// empty field for null where the column is not a string.
    /// </summary>
    public string? NullFormat { get; init; }

    public Encoding Encoding { get; init; } = Encoding.UTF8;

    /// <summary>Lines before the data.</summary>
    public long SkipLines { get; init; }

    /// <summary>Reading: the first line names the columns, in whatever order. Writing: a line of names comes first.</summary>
    public bool Header { get; init; }

    /// <summary>The patterns of dates, times and timestamps.</summary>
    public string DateFormat { get; init; } = "yyyy-MM-dd";

    public string TimeFormat { get; init; } = "HH:mm:ss";

    public string DateTimeFormat { get; init; } = "yyyy-MM-dd HH:mm:ss";

    /// <summary>
    /// For each field of a line the column that it fills, or -1 when nobody wants it; null when fields and columns are the same in the same
    /// order. Not used when the header names them.
    /// </summary>
    public IReadOnlyList<int>? FieldColumns { get; init; }

    /// <summary>Bytes that are not of the encoding: refused, or replaced by U+FFFD.</summary>
    public bool ReplaceInvalidText { get; init; }

    /// <summary>Writing: which text gets quotes.</summary>
    public QuoteMode QuoteMode { get; init; }

    /// <summary>Takes the clever loops; the plain ones read the same, more slowly.</summary>
    public bool Fast { get; init; } = true;

    /// <summary>A delimiter as a job file gives it: literal text, with one leading backslash taken off (<c>\|</c> is <c>|</c>).</summary>
    public static string Literal(string delimiter) =>
        delimiter.Length > 1 && delimiter[0] == '\\' ? delimiter switch
        {
            "\\t" => "\t",
            "\\n" => "\n",
            "\\r" => "\r",
            _ => delimiter[1..],
        } : delimiter;
}

/// <summary>Which text fields the csv writer quotes (spec connectors.md 6.4, <c>csv_string_quote_mode</c>).</summary>
public enum QuoteMode
{
    /// <summary>Those that would be read wrongly without.</summary>
    Minimal,

    /// <summary>Every text.</summary>
    All,

    /// <summary>None: what needs it is escaped, which takes an escape character.</summary>
    None,
}
