using System.Text;
using Chunnel.Core;

namespace Chunnel.Formats;

/// <summary>Writes delimited text: csv, or SeaTunnel's text form.</summary>
public sealed class TextEncoder : ITableEncoder
{
    private const string IsoDateTime = "yyyy-MM-dd HH:mm:ss";

    private readonly RowEncoder _rows;
    private readonly byte[] _header = [];

    /// <param name="schema">The columns of the batches to come.</param>
    /// <param name="options">How the text looks.</param>
    /// <exception cref="ChunnelException">The options contradict each other.</exception>
    public TextEncoder(TableSchema schema, DelimitedOptions options)
    {
        if (options is { Quote: not null, QuoteMode: QuoteMode.None, Escape: null })
        {
            throw new ChunnelException(CommonErrors.IllegalArgument, "Text without quotes needs an escape character for what a field may not hold bare.")
            {
                Mend = "Set escape_char, or let the quotes be.",
            };
        }
        var text = new DelimitedText(options);
        var delimiter = Encoding.UTF8.GetBytes(options.FieldDelimiter);
        var format = new TextFormat
        {
            Date = TimePattern.Parse(options.DateFormat),
            Time = TimePattern.Parse(options.TimeFormat),
            Timestamp = TimePattern.Parse(options.DateTimeFormat),
            Null = text.NullText,
        };
        var columns = schema.Columns;
        _rows = new RowEncoder(
            [.. columns.Select(column => Writer(column, format, text, options))],
            [.. columns.Select((_, i) => i == 0 ? [] : delimiter)],
            [],
            Encoding.UTF8.GetBytes(options.RowDelimiter ?? "\n"),
            options.Encoding,
            options.Fast);
        if (options.Header) _header = Header(columns, text, delimiter);
    }

    public void Begin(ByteWriter to) => _rows.Begin(to, _header);

    public void Write(ColumnBatch batch, ByteWriter to)
    {
        try
        {
            _rows.Write(batch, to);
        }
        catch (UnwritableValueException e)
        {
            throw new UnwritableRowException($"Row {batch.FirstRow + batch.RowAt(e.Row) + 1}, column '{e.Column}': {e.Value} holds a delimiter, a line break or the text of a null, and this text form has no quotes.", e)
            {
                Mend = "Write csv, choose another delimiter, or set escape_char.",
            };
        }
    }

    public void End(ByteWriter to) => _rows.End(to);

    private static LaneWriter Writer(ColumnDef column, TextFormat format, DelimitedText text, DelimitedOptions options)
    {
        var kind = column.Type.Kind;
        if (kind is TypeKind.String) return new DelimitedTextLane(text, column.Name);
        if (kind == TypeKind.Timestamp && options.Fast && options.DateTimeFormat == IsoDateTime)
            return new ProtectedLane(new TimestampLane((byte)' ', hasFraction: false, quote: 0, format, text.NullText), text, column.Name);
        var writer = LaneWriter.For(column.Type, format, text.NullText, options.Fast);
        return new ProtectedLane(writer, text, column.Name);
    }

    private static byte[] Header(IReadOnlyList<ColumnDef> columns, DelimitedText text, byte[] delimiter)
    {
        var line = new ByteWriter(1024);
        for (var i = 0; i < columns.Count; i++)
        {
            if (i > 0) line.Append(delimiter);
            var name = Encoding.UTF8.GetBytes(columns[i].Name);
            var written = text.NeedsProtection(name) || text.QuotesAll ? text.Protect(name, line.Space(DelimitedText.Room(1, name.Length))) : -1;
            if (written < 0) line.Append(name);
            else line.Advance(written);
        }
        return line.Written.ToArray();
    }
}
