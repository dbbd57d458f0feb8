using System.Text;
using Chunnel.Core;

namespace Chunnel.Formats;

/// <summary>Any delimiters, quotes and escapes, one byte after the other.</summary>
internal unsafe class PlainScanner : RowScanner
{
    private readonly byte[] _delimiter;
    private readonly byte[]? _rowDelimiter;
    private readonly int _quote;
    private readonly int _escape;
    private readonly bool _skipsBlankLines;

    /// <param name="options">Delimiters, quote and escape.</param>
    /// <param name="fields">Fields of a row: where there is one and quotes can tell, a blank line is a null.</param>
    public PlainScanner(DelimitedOptions options, int fields)
    {
        _delimiter = Encoding.UTF8.GetBytes(options.FieldDelimiter);
        _rowDelimiter = options.RowDelimiter is null or "\n" ? null : Encoding.UTF8.GetBytes(options.RowDelimiter);
        _quote = options.Quote ?? -1;
        _escape = options.Escape is { } escape && escape != options.Quote ? escape : -1;
        _skipsBlankLines = fields > 1 || options.Quote is null;
    }

    public override RowScan ScanRow(byte* bytes, int length, bool isLast, int start, Span<FieldSpan> fields)
    {
        if (start >= length) return RowScan.NeedMore;
        var at = start;
        for (var field = 0; ; field++)
        {
            var fieldStart = at;
            var escaped = false;
            int end;
            if (_quote >= 0 && at < length && bytes[at] == _quote)
            {
                var closed = FindClosingQuote(bytes, length, at, out escaped);
                if (closed < 0)
                {
                    return isLast ? Bad(bytes, length, start, at, field, "a quote opens here and is never closed") : RowScan.NeedMore;
                }
                at = closed + 1;
                end = EndAt(bytes, length, isLast, at);
                if (end == Undecided) return RowScan.NeedMore;
                if (end == None) return Bad(bytes, length, start, at, field, "something stands behind the closing quote of the field");
            }
            else
            {
                while ((end = EndAt(bytes, length, isLast, at)) == None)
                {
                    if (bytes[at] == _escape && at + 1 < length)
                    {
                        escaped = true;
                        at++;
                    }
                    else if (bytes[at] == _quote)
                    {
                        return Bad(bytes, length, start, at, field, "a quote stands within a field that does not begin with one");
                    }
                    at++;
                }
                if (end == Undecided) return RowScan.NeedMore;
            }

            if (end != Delimiter && field == 0 && at == fieldStart && _skipsBlankLines) return new RowScan(RowScanKind.Blank, at + end);
            if (field < fields.Length)
                fields[field] = escaped ? FieldSpan.Escaped(fieldStart, at - fieldStart) : FieldSpan.Plain(fieldStart, at - fieldStart);
            if (end == Delimiter)
            {
                at += _delimiter.Length;
                continue;
            }
            var next = at + end;
            return field + 1 == fields.Length
                ? new RowScan(RowScanKind.Row, next)
                : Ragged(next, start, field + 1, fields.Length);
        }
    }

    public static RowScan Ragged(int next, int start, int has, int wants) => new(RowScanKind.Bad, next)
    {
        Reason = $"the row has {has} {(has == 1 ? "field" : "fields")}, the table has {wants}",
        At = start,
        Field = -1,
    };

    /// <summary>The row's physical line is what is left out when its quotes cannot be trusted.</summary>
    private static RowScan Bad(byte* bytes, int length, int start, int at, int field, string reason)
    {
        var line = new ReadOnlySpan<byte>(bytes + start, length - start).IndexOfAny((byte)'\n', (byte)'\r');
        var next = line < 0 ? length : start + line + 1;
        if (line >= 0 && bytes[next - 1] == '\r' && next < length && bytes[next] == '\n') next++;
        return new RowScan(RowScanKind.Bad, next) { Reason = reason, At = at, Field = field };
    }

    private const int None = -1;
    private const int Delimiter = -2;
    private const int Undecided = -3;

    /// <summary>What ends a field here: the delimiter, a row delimiter of so many bytes (0: the end of the data), nothing, or one cannot tell yet.</summary>
    private int EndAt(byte* bytes, int length, bool isLast, int at)
    {
        if (at >= length) return isLast ? 0 : Undecided;
        var b = bytes[at];
        var rest = new ReadOnlySpan<byte>(bytes + at, length - at);
        if (b == _delimiter[0])
        {
            if (rest.StartsWith(_delimiter)) return Delimiter;
            if (!isLast && rest.Length < _delimiter.Length && _delimiter.AsSpan().StartsWith(rest)) return Undecided;
        }
        if (_rowDelimiter is null)
        {
            if (b == '\n') return 1;
            if (b != '\r') return None;
            if (rest.Length > 1) return rest[1] == '\n' ? 2 : 1;
            return isLast ? 1 : Undecided;
        }
        if (b != _rowDelimiter[0]) return None;
        if (rest.StartsWith(_rowDelimiter)) return _rowDelimiter.Length;
        return !isLast && rest.Length < _rowDelimiter.Length && _rowDelimiter.AsSpan().StartsWith(rest) ? Undecided : None;
    }

    private int FindClosingQuote(byte* bytes, int length, int open, out bool escaped)
    {
        escaped = false;
        for (var at = open + 1; at < length; at++)
        {
            var b = bytes[at];
            if (b == _escape)
            {
                escaped = true;
                at++;
            }
            else if (b == _quote)
            {
                if (at + 1 >= length || bytes[at + 1] != _quote) return at;
                escaped = true;
                at++;
            }
        }
        return -1;
    }
}
