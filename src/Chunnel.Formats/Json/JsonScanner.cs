using Chunnel.Core;

namespace Chunnel.Formats;

/// <summary>
/// Cuts JSON into objects and their values: lines, arrays of objects over any number of lines, documents one behind the other. The plain
/// loop reads any object and learns how it is laid out; the clever loop expects the next one to look the same between its values, and
/// leaves it to the plain loop where it does not.
/// </summary>
internal sealed unsafe class JsonScanner(IReadOnlyList<string> names, bool fast, bool startsWithin) : RowScanner
{
    private readonly JsonKeys _keys = new(names);
    private readonly JsonLayout _layout = new(names.Count);
    private readonly ByteWriter _key = new(256);
    private int _openArrays;

    protected override int ScanMany(byte* bytes, int length, bool isLast, FieldGrid grid, int rows, ref bool oneLineEach)
    {
        if (!fast || !_layout.IsLearnt) return rows;
        var at = bytes + grid.RowStarts[rows];
        var limit = bytes + length;
        fixed (FieldSpan* fields = grid.Fields)
        {
            while (rows < grid.Capacity)
            {
                var end = _layout.TryRead(bytes, at, limit, fields + (nint)rows * grid.Columns);
                if (end is null) break;

                // What stands between rows: one line feed, as a rule.
                var lines = 0;
                while (end < limit && *end is (byte)'\n' or (byte)'\r' or (byte)' ' or (byte)'\t' or (byte)',')
                {
                    if (*end == '\n') lines++;
                    end++;
                }
                oneLineEach &= lines == 1;
                at = end;
                grid.RowStarts[++rows] = (int)(at - bytes);
            }
        }
        return rows;
    }

    public override RowScan ScanRow(byte* bytes, int length, bool isLast, int start, Span<FieldSpan> fields)
    {
        var limit = bytes + length;
        var at = JsonCursor.SkipBlanks(bytes + start, limit);
        if (at >= limit)
        {
            if (!isLast) return RowScan.NeedMore;
            if (_openArrays == 0) return start < length ? new RowScan(RowScanKind.Blank, length) : RowScan.NeedMore;
            if (start < length) return new RowScan(RowScanKind.Blank, length);
            return new RowScan(RowScanKind.Bad, length) { Reason = "the data ends within an array", At = length, Field = -1 };
        }
        // A row begins at its bracket: whoever cuts files into ranges counts on it.
        if (at > bytes + start) return new RowScan(RowScanKind.Blank, (int)(at - bytes));
        switch (*at)
        {
            case (byte)'{':
                return ReadObject(bytes, at, limit, isLast, fields);
            case (byte)'[':
                return ReadArray(bytes, at, limit, isLast, fields);
            case (byte)',':
                return new RowScan(RowScanKind.Blank, (int)(at + 1 - bytes));
            case (byte)']' when _openArrays > 0 || startsWithin:
                _openArrays = Math.Max(0, _openArrays - 1);
                return new RowScan(RowScanKind.Blank, (int)(at + 1 - bytes));
            default:
                return Bad(bytes, at, limit, "an object is expected here");
        }
    }

    /// <summary>An array holds rows when its first element is an object or an array; else it is a row, its elements in the columns' order.</summary>
    private RowScan ReadArray(byte* bytes, byte* open, byte* limit, bool isLast, Span<FieldSpan> fields)
    {
        var at = JsonCursor.SkipBlanks(open + 1, limit);
        if (at >= limit) return Cut(bytes, open, limit, isLast);
        if (*at is (byte)'{' or (byte)'[' or (byte)']')
        {
            _openArrays++;
            return new RowScan(RowScanKind.Blank, (int)(at - bytes));
        }
        fields.Fill(FieldSpan.Missing);
        for (var field = 0; ; field++)
        {
            var end = ReadValue(bytes, at, limit, out var value, out var reason);
            if (end > limit) return Cut(bytes, open, limit, isLast);
            if (reason is not null) return Bad(bytes, at, limit, reason);
            if (field >= fields.Length) return Bad(bytes, at, limit, $"the row has more than {fields.Length} values");
            fields[field] = value;
            at = JsonCursor.SkipBlanks(end, limit);
            if (at >= limit) return Cut(bytes, open, limit, isLast);
            if (*at == ']') return new RowScan(RowScanKind.Row, (int)(at + 1 - bytes));
            if (*at != ',') return Bad(bytes, at, limit, "a comma or the end of the array is expected here");
            at = JsonCursor.SkipBlanks(at + 1, limit);
        }
    }

    private RowScan ReadObject(byte* bytes, byte* open, byte* limit, bool isLast, Span<FieldSpan> fields)
    {
        fields.Fill(FieldSpan.Missing);
        _layout.Begin();
        var before = open;
        var column = -1;
        var at = JsonCursor.SkipBlanks(open + 1, limit);
        if (at < limit && *at == '}') return new RowScan(RowScanKind.Row, (int)(at + 1 - bytes));
        while (true)
        {
            if (at >= limit) return Cut(bytes, open, limit, isLast);
            if (*at != '"') return Bad(bytes, at, limit, "a key in quotes is expected here");
            var escaped = false;
            var keyEnd = JsonCursor.FindQuote(at + 1, limit, ref escaped);
            if (keyEnd >= limit) return CutWithin(bytes, open, at, limit, isLast);
            column = FindColumn(new ReadOnlySpan<byte>(at + 1, (int)(keyEnd - at - 1)), escaped, column + 1);
            at = JsonCursor.SkipBlanks(keyEnd + 1, limit);
            if (at >= limit) return Cut(bytes, open, limit, isLast);
            if (*at != ':') return Bad(bytes, at, limit, "a colon is expected here");
            at = JsonCursor.SkipBlanks(at + 1, limit);
            if (at >= limit) return Cut(bytes, open, limit, isLast);

            var end = ReadValue(bytes, at, limit, out var value, out var reason);
            if (end > limit) return CutWithin(bytes, open, at, limit, isLast);
            if (reason is not null) return Bad(bytes, at, limit, reason);
            if (column >= 0) fields[column] = value;
            _layout.Add(new ReadOnlySpan<byte>(before, (int)(at - before)), column);
            before = end;

            at = JsonCursor.SkipBlanks(end, limit);
            if (at >= limit) return Cut(bytes, open, limit, isLast);
            if (*at == '}')
            {
                _layout.End(new ReadOnlySpan<byte>(before, (int)(at + 1 - before)));
                return new RowScan(RowScanKind.Row, (int)(at + 1 - bytes));
            }
            if (*at != ',') return Bad(bytes, at, limit, "a comma or the end of the object is expected here");
            at = JsonCursor.SkipBlanks(at + 1, limit);
        }
    }

    private int FindColumn(ReadOnlySpan<byte> key, bool escaped, int expected)
    {
        if (!escaped) return _keys.Find(key, expected);
        _key.Clear();
        return JsonEscapes.TryUnescape(key, _key.Space(key.Length), out var length) ? _keys.Find(_key.Space(length)[..length], expected) : -1;
    }

    /// <summary>One value of any kind; a number or word is taken as it is, and its column's reader says what is wrong with it.</summary>
    private static byte* ReadValue(byte* bytes, byte* at, byte* limit, out FieldSpan value, out string? reason)
    {
        reason = null;
        var escaped = false;
        byte* end;
        switch (*at)
        {
            case (byte)'"':
                end = JsonCursor.FindQuote(at + 1, limit, ref escaped) + 1;
                if (end <= limit && new ReadOnlySpan<byte>(at, (int)(end - at)).Contains((byte)'\n')) reason = "a text is not closed on its line";
                break;
            case (byte)'{' or (byte)'[':
                end = JsonCursor.SkipNested(at, limit);
                break;
            default:
                end = JsonCursor.FindEnd(at, limit);
                if (end == at) reason = "a value is expected here";
                break;
        }
        value = end > limit ? default : escaped ? FieldSpan.Escaped((int)(at - bytes), (int)(end - at)) : FieldSpan.Plain((int)(at - bytes), (int)(end - at));
        return end;
    }

    private static RowScan Cut(byte* bytes, byte* open, byte* limit, bool isLast) =>
        isLast ? Bad(bytes, open, limit, "the data ends within this row") : RowScan.NeedMore;

    /// <summary>A text without end runs to the end of the data: where its line ends first, that line is the bad row.</summary>
    private static RowScan CutWithin(byte* bytes, byte* open, byte* at, byte* limit, bool isLast)
    {
        if (*at == '"' && new ReadOnlySpan<byte>(at, (int)(limit - at)).Contains((byte)'\n')) return Bad(bytes, at, limit, "a text is not closed on its line");
        return Cut(bytes, open, limit, isLast);
    }

    /// <summary>What follows on the same line is left out with it.</summary>
    private static RowScan Bad(byte* bytes, byte* at, byte* limit, string reason)
    {
        var rest = TextLines.NextLine(new ReadOnlySpan<byte>(at, (int)(limit - at)), isLast: true);
        return new RowScan(RowScanKind.Bad, (int)(at - bytes) + rest) { Reason = reason, At = (int)(at - bytes), Field = -1 };
    }
}
