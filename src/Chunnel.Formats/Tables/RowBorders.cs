using System.Buffers;

namespace Chunnel.Formats;

/// <summary>
/// Finds where rows begin, to cut a large file into ranges for several readers. Offsets are bytes of a UTF-8 file that is not compressed.
/// A border at the file's end means that no row begins behind the wanted offset.
/// </summary>
public static class RowBorders
{
    private const int ChunkBytes = 256 << 10;

    /// <summary>For each wanted offset the first row border at it or behind it, where every line end is one: JSON lines, text without quotes.</summary>
    /// <param name="file">A stream that can seek. It stays the caller's.</param>
    /// <param name="wanted">Rising offsets.</param>
    /// <param name="stop">Cancels the reading.</param>
    public static async ValueTask<long[]> FindLinesAsync(Stream file, IReadOnlyList<long> wanted, CancellationToken stop)
    {
        var borders = new long[wanted.Count];
        for (var i = 0; i < borders.Length; i++)
        {
            // The byte before an offset tells whether a row begins at it.
            borders[i] = wanted[i] <= 0 ? 0 : await NextLineAsync(file, wanted[i] - 1, stop);
        }
        return borders;
    }

    /// <summary>
    /// For each wanted offset the first row border at it or behind it, by the quotes of all bytes before: exact for any csv that is right, at
    /// the price of reading the file once. One byte tells nothing of whether it stands in quotes; a guess could lose rows.
    /// </summary>
    /// <param name="file">A stream at the file's first byte. It stays the caller's.</param>
    /// <param name="wanted">Rising offsets.</param>
    /// <param name="options">The quote and its escape.</param>
    /// <param name="stop">Cancels the reading.</param>
    public static async ValueTask<long[]> FindExactlyAsync(Stream file, IReadOnlyList<long> wanted, DelimitedOptions options, CancellationToken stop)
    {
        var borders = new long[wanted.Count];
        var search = new QuoteSearch(options);
        var chunk = ArrayPool<byte>.Shared.Rent(ChunkBytes);
        try
        {
            long offset = 0;
            var next = 0;
            int read;
            while (next < borders.Length && (read = await file.ReadAsync(chunk.AsMemory(0, ChunkBytes), stop)) > 0)
            {
                search.Walk(chunk.AsSpan(0, read), offset, wanted, borders, ref next);
                offset += read;
            }
            for (; next < borders.Length; next++) borders[next] = wanted[next] <= 0 ? 0 : offset;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(chunk);
        }
        return borders;
    }

    private static async ValueTask<long> NextLineAsync(Stream file, long from, CancellationToken stop)
    {
        file.Position = from;
        var chunk = ArrayPool<byte>.Shared.Rent(ChunkBytes);
        try
        {
            int read;
            while ((read = await file.ReadAsync(chunk.AsMemory(0, ChunkBytes), stop)) > 0)
            {
                var feed = chunk.AsSpan(0, read).IndexOf((byte)'\n');
                if (feed >= 0) return from + feed + 1;
                from += read;
            }
            return from;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(chunk);
        }
    }

    /// <summary>Follows the quotes through a file: inside, a line end is data.</summary>
    private sealed class QuoteSearch(DelimitedOptions options)
    {
        private readonly byte[] _marks = options.Escape is { } escape && escape != options.Quote
            ? [(byte)options.Quote!.Value, (byte)escape]
            : [(byte)(options.Quote ?? '"')];

        private bool _inQuotes;
        private bool _afterEscape;

        /// <summary>Goes through the next bytes and notes the borders that it meets.</summary>
        public void Walk(ReadOnlySpan<byte> bytes, long offset, IReadOnlyList<long> wanted, long[] borders, ref int next)
        {
            var at = 0;
            if (_afterEscape)
            {
                at = 1;
                _afterEscape = false;
            }
            while (at < bytes.Length)
            {
                var run = bytes[at..].IndexOfAny(_marks);
                var end = run < 0 ? bytes.Length : at + run;
                if (!_inQuotes) Note(bytes[at..end], offset + at, wanted, borders, ref next);
                if (run < 0) return;
                if (bytes[end] == _marks[0]) _inQuotes = !_inQuotes;
                else if (++end == bytes.Length) _afterEscape = true;
                at = end + 1;
            }
        }

        private static void Note(ReadOnlySpan<byte> run, long offset, IReadOnlyList<long> wanted, long[] borders, ref int next)
        {
            while (next < borders.Length)
            {
                if (wanted[next] <= 0)
                {
                    borders[next++] = 0;
                    continue;
                }
                // The first line feed at or behind the byte before the wanted offset.
                var from = Math.Max(0, wanted[next] - 1 - offset);
                if (from >= run.Length) return;
                var feed = run[(int)from..].IndexOf((byte)'\n');
                if (feed < 0) return;
                borders[next++] = offset + from + feed + 1;
            }
        }
    }
}
