using System.Buffers;
using System.Text;
using Chunnel.Core;

namespace Chunnel.Formats;

/// <summary>What a field of delimited text may not hold bare, and how to protect it.</summary>
internal sealed class DelimitedText
{
    private readonly SearchValues<byte> _special;
    private readonly byte[] _delimiter;
    private readonly byte[] _rowDelimiter;
    private readonly byte? _quote;
    private readonly byte? _escape;
    private readonly QuoteMode _mode;
    private readonly byte[] _nullText;
    private readonly bool _breaksCount;
    private readonly bool _anySpecial; // every special byte needs protection by itself

    public DelimitedText(DelimitedOptions options)
    {
        _delimiter = Encoding.UTF8.GetBytes(options.FieldDelimiter);
        _rowDelimiter = Encoding.UTF8.GetBytes(options.RowDelimiter ?? "\n");
        _quote = (byte?)options.Quote;
        _escape = (byte?)options.Escape;
        _mode = options.Quote is null ? QuoteMode.None : options.QuoteMode;
        _nullText = Encoding.UTF8.GetBytes(options.NullFormat ?? "");
        // Readers of lines take every kind of line break, and so may readers of quoted text; others know the row delimiter alone.
        _breaksCount = _quote is not null || options.RowDelimiter is null or "\n" or "\r\n" or "\r";
        _anySpecial = _breaksCount && _delimiter.Length == 1 && _rowDelimiter.Length == 1;
        var special = new List<byte> { _delimiter[0], _rowDelimiter[0] };
        if (_breaksCount) special.AddRange("\n\r"u8);
        if (_quote is { } quote) special.Add(quote);
        if (_escape is { } escape) special.Add(escape);
        _special = SearchValues.Create([.. special]);
    }

    /// <summary>True when every text is to be quoted, whatever it holds.</summary>
    public bool QuotesAll => _mode == QuoteMode.All;

    /// <summary>True when text that is as a null would be must be told from it.</summary>
    public bool CanQuote => _mode != QuoteMode.None;

    public byte[] NullText => _nullText;

    /// <summary>The first byte, from a start, that may need protection; -1 when there is none.</summary>
    public int FirstSpecial(ReadOnlySpan<byte> text) => text.IndexOfAny(_special);

    /// <summary>True when the text cannot stand bare.</summary>
    public bool NeedsProtection(ReadOnlySpan<byte> text)
    {
        if (CanQuote && text.SequenceEqual(_nullText)) return true;
        var at = text.IndexOfAny(_special);
        if (at < 0 || _anySpecial) return at >= 0;
        // A longer delimiter counts only as a whole.
        return (_breaksCount && text.IndexOfAny((byte)'\n', (byte)'\r') >= 0) || text.IndexOf(_delimiter) >= 0 || text.IndexOf(_rowDelimiter) >= 0
            || (_quote is { } quote && text.Contains(quote)) || (_escape is { } escape && text.Contains(escape)) || EndsWithin(text);
    }

    /// <summary>Most bytes that so many protected texts of so many bytes take.</summary>
    public static int Room(int rows, int bytes) => checked(2 * bytes + 2 * rows);

    /// <summary>Writes the text in quotes, or with escapes. Returns the bytes written; -1 when there is neither.</summary>
    public int Protect(ReadOnlySpan<byte> text, Span<byte> to)
    {
        var at = 0;
        if (CanQuote) to[at++] = _quote!.Value;
        else if (_escape is null) return -1;
        foreach (var b in text)
        {
            if (b == _escape || (b == _quote && CanQuote)) to[at++] = _escape ?? b;
            else if (!CanQuote && (b == _quote || b == _delimiter[0] || b == _rowDelimiter[0] || b is (byte)'\n' or (byte)'\r')) to[at++] = _escape!.Value;
            to[at++] = b;
        }
        if (CanQuote) to[at++] = _quote!.Value;
        return at;
    }

    /// <summary>Text that ends with the beginning of a delimiter makes one together with what follows.</summary>
    private bool EndsWithin(ReadOnlySpan<byte> text) => EndsWithin(text, _delimiter) || EndsWithin(text, _rowDelimiter);

    private static bool EndsWithin(ReadOnlySpan<byte> text, ReadOnlySpan<byte> delimiter)
    {
        for (var length = 1; length < delimiter.Length; length++)
        {
            if (text.EndsWith(delimiter[..length])) return true;
        }
        return false;
    }
}
