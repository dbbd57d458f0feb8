using System.Buffers;

namespace Chunnel.Formats;

/// <summary>
/// Finds where rows of csv begin, to cut a large file into shares for several readers: exactly, by the quotes of all bytes between a row's
/// start that is known and the place where a cut is wanted. Offsets are bytes of a UTF-8 file that is not compressed.
/// </summary>
public static class RowBorders
{
    private const int ChunkBytes = 1 << 20;

    /// <summary>The first start of a row at a place or behind it; null when no row begins there. A line end within quotes is data.</summary>
    /// <param name="file">A stream that can seek. It stays the caller's.</param>
    /// <param name="rowStart">Where some row begins.</param>
    /// <param name="wanted">Not before <paramref name="rowStart"/>.</param>
    /// <param name="options">The quote and its escape.</param>
    /// <param name="stop">Cancels the reading.</param>
    public static async ValueTask<long?> FindAsync(Stream file, long rowStart, long wanted, DelimitedOptions options, CancellationToken stop)
    {
        if (wanted <= rowStart) return rowStart;
        var walk = new QuoteWalk(options);
        var chunk = ArrayPool<byte>.Shared.Rent(ChunkBytes);
        try
        {
            file.Position = rowStart;
            // The byte before a place tells whether a row begins at it.
            var before = wanted - 1 - rowStart;
            int read;
            for (var at = rowStart; (read = await file.ReadAsync(chunk.AsMemory(0, ChunkBytes), stop)) > 0; at += read)
            {
                var pass = (int)Math.Min(before, read);
                walk.Pass(chunk.AsSpan(0, pass));
                before -= pass;
                var found = pass == read ? -1 : walk.FindLineEnd(chunk.AsSpan(pass, read - pass));
                if (found >= 0) return at + pass + found + 1;
            }
            return null;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(chunk);
        }
    }

    /// <summary>Follows the quotes through a file.</summary>
    private sealed class QuoteWalk
    {
        private readonly byte _quote;
        private readonly byte[] _marks;
        private bool _inQuotes;
        private bool _afterEscape;

        public QuoteWalk(DelimitedOptions options)
        {
            _quote = (byte)options.Quote!.Value;
            // A quote that is its own escape comes in pairs, which change nothing.
            _marks = options.Escape is { } escape && escape != options.Quote ? [_quote, (byte)escape] : [_quote];
        }

        /// <summary>Goes on over bytes in which no border is wanted.</summary>
        public void Pass(ReadOnlySpan<byte> bytes)
        {
            if (_marks.Length == 1) _inQuotes ^= (bytes.Count(_quote) & 1) != 0;
            else Walk(bytes, wantsLineEnd: false);
        }

        /// <summary>Goes on to the first line feed outside quotes; -1 when there is none.</summary>
        public int FindLineEnd(ReadOnlySpan<byte> bytes) => Walk(bytes, wantsLineEnd: true);

        private int Walk(ReadOnlySpan<byte> bytes, bool wantsLineEnd)
        {
            var at = _afterEscape && bytes.Length > 0 ? 1 : 0;
            if (bytes.Length > 0) _afterEscape = false;
            while (at < bytes.Length)
            {
                var run = bytes[at..].IndexOfAny(_marks);
                var end = run < 0 ? bytes.Length : at + run;
                if (wantsLineEnd && !_inQuotes && bytes[at..end].IndexOf((byte)'\n') is var feed and >= 0) return at + feed;
                if (run < 0) break;
                if (bytes[end] == _quote) _inQuotes = !_inQuotes;
                else if (++end == bytes.Length) _afterEscape = true;
                at = end + 1;
            }
            return -1;
        }
    }
}
