using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;
using System.Text.Unicode;
using Chunnel.Core;

namespace Chunnel.Formats;

/// <summary>Fields between the matches of a regular expression, line by line, without quotes.</summary>
internal sealed unsafe class RegexScanner : RowScanner
{
    private static readonly TimeSpan LongestMatch = TimeSpan.FromSeconds(5);

    private readonly Regex _delimiter;
    private readonly PlainScanner _lines;

    /// <exception cref="ChunnelException">The expression is none.</exception>
    public RegexScanner(DelimitedOptions options)
    {
        try
        {
            _delimiter = new Regex(options.FieldDelimiterRegex!, RegexOptions.CultureInvariant, LongestMatch);
        }
        catch (RegexParseException e)
        {
            throw new ChunnelException(CommonErrors.IllegalArgument, $"'{options.FieldDelimiterRegex}' is no regular expression: {e.Message}", e)
            {
                Mend = "Correct field_delimiter_regex, or use field_delimiter for literal text.",
            };
        }
        _lines = new PlainScanner(options with { FieldDelimiter = "\0", Quote = null, Escape = null }, fields: 1);
    }

    public override RowScan ScanRow(byte* bytes, int length, bool isLast, int start, Span<FieldSpan> fields)
    {
        Span<FieldSpan> whole = stackalloc FieldSpan[1];
        var line = _lines.ScanRow(bytes, length, isLast, start, whole);
        if (line.Kind == RowScanKind.Bad) return line with { Reason = "a NUL character stands in the line" };
        return line.Kind == RowScanKind.Row ? Split(bytes, whole[0], line, fields) : line;
    }

    private RowScan Split(byte* bytes, FieldSpan line, RowScan scan, Span<FieldSpan> fields)
    {
        var utf8 = new ReadOnlySpan<byte>(bytes + line.Start, line.Length);
        var chars = ArrayPool<char>.Shared.Rent(line.Length);
        try
        {
            // What is no UTF-8 is told later, with its column; until then every byte counts as a character.
            var encoding = Utf8.IsValid(utf8) ? Encoding.UTF8 : Encoding.Latin1;
            ReadOnlySpan<char> text = chars.AsSpan(0, encoding.GetChars(utf8, chars));
            var (charAt, byteAt, fieldStart, field) = (0, line.Start, line.Start, 0);
            foreach (var match in _delimiter.EnumerateMatches(text))
            {
                if (match.Length == 0) continue;
                byteAt += encoding.GetByteCount(text[charAt..match.Index]);
                if (field < fields.Length) fields[field] = FieldSpan.Plain(fieldStart, byteAt - fieldStart);
                field++;
                byteAt += encoding.GetByteCount(text.Slice(match.Index, match.Length));
                fieldStart = byteAt;
                charAt = match.Index + match.Length;
            }
            if (field < fields.Length) fields[field] = FieldSpan.Plain(fieldStart, line.Start + line.Length - fieldStart);
            return field + 1 == fields.Length ? scan : PlainScanner.Ragged(scan.Next, line.Start, field + 1, fields.Length);
        }
        finally
        {
            ArrayPool<char>.Shared.Return(chars);
        }
    }
}
