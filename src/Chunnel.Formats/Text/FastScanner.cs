using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Chunnel.Core;

namespace Chunnel.Formats;

/// <summary>
/// One-byte delimiters, 64 bytes at a time: a comparison for each of delimiter, line feed, carriage return and quote gives a bit mask, the
/// running parity of the quotes tells which bits are text, and what is left is noted bit by bit. Whatever breaks a rule (a ragged row, a
/// quote out of place, a blank line) stops it before that row, which then goes the plain way.
/// </summary>
internal sealed unsafe class FastScanner(DelimitedOptions options, int fields) : PlainScanner(options, fields)
{
    private const int BlockBytes = 64;

    private readonly byte _delimiter = (byte)options.FieldDelimiter[0];
    private readonly byte _quote = (byte)(options.Quote ?? '"');
    private readonly bool _hasQuote = options.Quote is not null;
    private readonly bool _watchesBlankLines = fields == 1 && options.Quote is null;

    /// <summary>True when this scanner understands the options.</summary>
    public static bool Takes(DelimitedOptions options) =>
        options.Fast
        && options.FieldDelimiter is [< '\x80' and not '\n' and not '\r']
        && options.RowDelimiter is null or "\n"
        && options.Quote is null or (< '\x80' and not '\n' and not '\r')
        && options.Quote != options.FieldDelimiter[0]
        && (options.Escape is null || options.Escape == options.Quote)
        && options.FieldDelimiterRegex is null;

    protected override int ScanMany(byte* bytes, int length, bool isLast, FieldGrid grid, int rows, ref bool oneLineEach)
    {
        fixed (FieldSpan* fields = grid.Fields)
        fixed (int* rowStarts = grid.RowStarts)
        {
            var notes = new Notes(bytes, fields, rowStarts, grid.Columns, rows, grid.Capacity, _watchesBlankLines);
            ScanBlocks(bytes, length, isLast, ref notes, ref oneLineEach);
            return notes.Rows;
        }
    }

    private void ScanBlocks(byte* bytes, int length, bool isLast, ref Notes notes, ref bool oneLineEach)
    {
        var delimiters = Vector512.Create(_delimiter);
        var feeds = Vector512.Create((byte)'\n');
        var returns = Vector512.Create((byte)'\r');
        var quotes = Vector512.Create(_quote);
        ulong inQuotes = 0; // all ones when the block before ended inside quotes
        ulong afterBorder = 1; // 1 when the byte before the block ended a field or closed a quote
        ulong afterClose = 0; // 1 when it closed a quote

        for (var at = notes.FieldStart; at < length; at += BlockBytes)
        {
            var block = Vector512.Load(bytes + at);
            var delimiter = Vector512.Equals(block, delimiters).ExtractMostSignificantBits();
            var lineEnd = Vector512.Equals(block, feeds).ExtractMostSignificantBits();
            var carriage = Vector512.Equals(block, returns).ExtractMostSignificantBits();
            var quote = _hasQuote ? Vector512.Equals(block, quotes).ExtractMostSignificantBits() : 0;

            var valid = ulong.MaxValue;
            if (at + BlockBytes > length)
            {
                valid = (1UL << (length - at)) - 1;
                delimiter &= valid;
                lineEnd &= valid;
                carriage &= valid;
                quote &= valid;
            }

            if (carriage != 0)
            {
                // A carriage return ends the row unless a line feed does so right behind it.
                var beforeFeed = lineEnd >> 1 | (at + BlockBytes < length && bytes[at + BlockBytes] == '\n' ? 1UL << 63 : 0);
                var alone = carriage & ~beforeFeed;
                if (at + BlockBytes >= length && !isLast) alone &= ~(1UL << (length - at - 1));
                lineEnd |= alone;
                carriage &= ~alone;
            }

            ulong close = 0;
            if ((quote | inQuotes) != 0)
            {
                var inside = PrefixXor(quote) ^ inQuotes;
                inQuotes = (ulong)((long)inside >> 63);
                oneLineEach &= (lineEnd & inside) == 0;
                delimiter &= ~inside;
                lineEnd &= ~inside;
                close = quote & ~inside;
                var separator = delimiter | lineEnd;
                var wrong = ((quote & inside) & ~((separator | close) << 1 | afterBorder))
                    | ((close << 1 | afterClose) & ~(separator | quote | carriage) & valid);
                if (wrong != 0)
                {
                    // Rows that end before the trouble are right; the plain loop then tells what it is.
                    var before = (wrong & (0 - wrong)) - 1;
                    notes.Add(at, separator & before, lineEnd & before);
                    return;
                }
            }
            afterBorder = (delimiter | lineEnd | close) >> 63;
            afterClose = close >> 63;
            if (!notes.Add(at, delimiter | lineEnd, lineEnd)) return;
        }
    }

    /// <summary>Bit i becomes the parity of the bits up to i.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong PrefixXor(ulong bits)
    {
        if (Pclmulqdq.IsSupported)
            return Pclmulqdq.CarrylessMultiply(Vector128.CreateScalar(bits), Vector128<ulong>.AllBitsSet, 0).ToScalar();
        bits ^= bits << 1;
        bits ^= bits << 2;
        bits ^= bits << 4;
        bits ^= bits << 8;
        bits ^= bits << 16;
        return bits ^ bits << 32;
    }

    /// <summary>Writes down fields and rows as their ends come along.</summary>
    private ref struct Notes(byte* bytes, FieldSpan* fields, int* rowStarts, int columns, int rows, int capacity, bool watchesBlankLines)
    {
        private FieldSpan* _next = fields + (nint)rows * columns;
        private FieldSpan* _rowEnd = fields + (nint)rows * columns + columns;

        public int Rows { get; private set; } = rows;

        /// <summary>Where the field under way begins.</summary>
        public int FieldStart { get; private set; } = rowStarts[rows];

        /// <summary>Notes the fields that end in a block of 64 bytes, then checks the rows. False when it is to stop: full, or a row with too few or too many fields.</summary>
        /// <param name="at">Where the block begins.</param>
        /// <param name="ends">The bytes that end a field.</param>
        /// <param name="lineEnds">Those of them that end a row.</param>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public bool Add(int at, ulong ends, ulong lineEnds)
        {
            var first = _next;
            var start = FieldStart;
            var next = first;
            for (var left = ends; left != 0; left &= left - 1)
            {
                var end = at + BitOperations.TrailingZeroCount(left);
                *next++ = FieldSpan.Plain(start, end - start);
                start = end + 1;
            }
            _next = next;
            FieldStart = start;
            for (; lineEnds != 0; lineEnds &= lineEnds - 1)
            {
                var last = first + BitOperations.PopCount(ends & (lineEnds ^ (lineEnds - 1)));
                if (last != _rowEnd) return false;
                var end = at + BitOperations.TrailingZeroCount(lineEnds);
                var field = last - 1;
                if (field->Length > 0 && bytes[end - 1] == '\r' && bytes[end] == '\n') *field = FieldSpan.Plain(field->Start, field->Length - 1);
                if (watchesBlankLines && field->Length == 0) return false;
                rowStarts[++Rows] = end + 1;
                if (Rows == capacity) return false;
                _rowEnd = last + columns;
            }
            return _next < _rowEnd;
        }
    }
}
