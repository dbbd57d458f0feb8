using System.Text;
using Chunnel.Core;

namespace Chunnel.Formats;

/// <summary>Fields of delimited text: quotes that double, or an escape character; nulls that are empty or have a text.</summary>
internal sealed unsafe class DelimitedRules : FieldRules
{
    /// <summary>Bytes that no valid text has: nothing inside an array, map or row is null by its text.</summary>
    private static readonly byte[] NoText = [0xFF];

    private const string IsoDate = "yyyy-MM-dd";
    private const string IsoDateTime = "yyyy-MM-dd HH:mm:ss";

    private readonly int _quote;
    private readonly int _escape;
    private readonly byte[]? _nullText;
    private readonly bool _emptyTextIsNull;
    private readonly TextFormat _format;
    private readonly TextFormat _anyTimes;

    public DelimitedRules(DelimitedOptions options)
    {
        _quote = options.Quote ?? -1;
        _escape = options.Escape ?? -1;
        _nullText = options.NullFormat is { } text ? Encoding.UTF8.GetBytes(text) : null;
        _emptyTextIsNull = options.NullFormat is null ? options.Quote is not null : options.NullFormat.Length == 0;
        TakesIsoTimes = options.DateFormat == IsoDate && options.DateTimeFormat.StartsWith(IsoDateTime, StringComparison.Ordinal);
        _format = new TextFormat
        {
            Date = TimePattern.Parse(options.DateFormat),
            Time = TimePattern.Parse(options.TimeFormat),
            Timestamp = TimePattern.Parse(options.DateTimeFormat),
            Null = _nullText ?? NoText,
        };
        _anyTimes = _format with { Date = null, Time = null, Timestamp = null };
    }

    public override int Quote => _quote;

    public override bool TakesIsoTimes { get; }

    /// <summary>The text of a null, where it has one of its own.</summary>
    public ReadOnlySpan<byte> NullText => _nullText;

    /// <summary>True when a bare empty field is a null string.</summary>
    public bool EmptyTextIsNull => _emptyTextIsNull;

    public override FieldReader TextReader(int field, int column, ColumnDef definition) => new DelimitedTextReader(field, column, definition, this);

    public override FieldText Resolve(byte* bytes, FieldSpan field, TypeKind kind, ByteWriter scratch, out ReadOnlySpan<byte> text)
    {
        text = new ReadOnlySpan<byte>(bytes + field.Start, field.Length);
        if (field.Length >= 2 && text[0] == _quote)
        {
            text = text[1..^1];
            if (field.IsEscaped || text.Contains((byte)_quote)) text = Unescape(text, quoted: true, scratch);
            return FieldText.Value;
        }
        if (text.IsEmpty) return CanBeEmpty(kind) ? FieldText.Value : FieldText.Null;
        if (_nullText is not null && text.SequenceEqual(_nullText)) return FieldText.Null;
        if (field.IsEscaped) text = Unescape(text, quoted: false, scratch);
        return FieldText.Value;
    }

    /// <summary>The configured pattern first; then, for times, any form that can only be read in one way.</summary>
    public override ParseOutcome Parse(ReadOnlySpan<byte> text, ColumnBuilder to, int row)
    {
        if (to.Type.Kind is TypeKind.String or TypeKind.Bytes)
        {
            ((TextBuilder)to).Append(text);
            return ParseOutcome.Exact;
        }
        var outcome = ValueParser.TryParse(text, to, row, _format);
        if (outcome != ParseOutcome.Malformed || to.Type.Kind is not (TypeKind.Date or TypeKind.Time or TypeKind.Timestamp or TypeKind.TimestampTz)) return outcome;
        outcome = ValueParser.TryParse(text, to, row, _anyTimes);
        if (outcome == ParseOutcome.Exact) Bits.Set(to.Validity, row);
        return outcome;
    }

    private bool CanBeEmpty(TypeKind kind) => kind switch
    {
        TypeKind.String or TypeKind.Bytes => !_emptyTextIsNull,
        TypeKind.Array or TypeKind.Map or TypeKind.Row => _nullText is { Length: > 0 },
        _ => false,
    };

    /// <summary>Takes out doubled quotes and escape characters.</summary>
    public ReadOnlySpan<byte> Unescape(ReadOnlySpan<byte> text, bool quoted, ByteWriter scratch)
    {
        var start = scratch.Length;
        var to = scratch.Space(text.Length);
        scratch.Advance(Unescape(text, quoted, to));
        return scratch.Written[start..];
    }

    /// <summary>Takes out doubled quotes and escape characters. Returns the bytes written.</summary>
    public int Unescape(ReadOnlySpan<byte> text, bool quoted, Span<byte> to)
    {
        var length = 0;
        for (var at = 0; at < text.Length; at++)
        {
            if ((text[at] == _escape && at + 1 < text.Length) || (quoted && text[at] == _quote)) at++;
            if (at < text.Length) to[length++] = text[at];
        }
        return length;
    }
}
