using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Chunnel.Core;

namespace Chunnel.Connectors.Jdbc;

/// <summary>Notes where the fields of COPY's binary rows stand: a 16-bit count, then a 32-bit length and bytes for each; -1 is null.</summary>
internal static unsafe class PgTuples
{
    /// <summary>The bytes that every binary COPY begins with.</summary>
    public static ReadOnlySpan<byte> Signature => [(byte)'P', (byte)'G', (byte)'C', (byte)'O', (byte)'P', (byte)'Y', (byte)'\n', 0xFF, (byte)'\r', (byte)'\n', 0];

    /// <summary>Signature, flags, and the length of an extension.</summary>
    public const int HeaderBytes = 19;

    /// <summary>Notes whole rows.</summary>
    /// <param name="start">The first byte of a row.</param>
    /// <param name="length">Bytes that are there.</param>
    /// <param name="mostRows">Rows to note at most.</param>
    /// <param name="mostBytes">Bytes after which it stops.</param>
    /// <param name="grid">Where they are noted; starts count from <paramref name="start"/>.</param>
    /// <param name="ended">True when the COPY's last mark was seen.</param>
    /// <returns>Bytes of the rows that were noted.</returns>
    public static int Note(byte* start, int length, int mostRows, int mostBytes, FieldGrid grid, out bool ended)
    {
        ended = false;
        var columns = grid.Columns;
        var fields = grid.Fields;
        var rows = 0;
        var at = 0;
        mostRows = Math.Min(mostRows, grid.Capacity);
        while (rows < mostRows && at < mostBytes && length - at >= sizeof(short))
        {
            var count = BinaryPrimitives.ReverseEndianness(Unsafe.ReadUnaligned<short>(start + at));
            if (count != columns)
            {
                if (count != -1) throw new ChunnelException(JdbcErrors.ReadFailed, $"A row has {count} columns where {columns} were asked for.");
                ended = true;
                break;
            }
            var end = at + sizeof(short);
            var field = rows * columns;
            for (var last = field + columns; field < last; field++)
            {
                if (length - end < sizeof(int)) goto cut;
                var bytes = BinaryPrimitives.ReverseEndianness(Unsafe.ReadUnaligned<int>(start + end));
                end += sizeof(int);
                if (bytes < 0)
                {
                    fields[field] = FieldSpan.Missing;
                    continue;
                }
                if (bytes > length - end) goto cut;
                fields[field] = FieldSpan.Plain(end, bytes);
                end += bytes;
            }
            at = end;
            rows++;
        }
    cut:
        grid.SetRows(rows);
        return at;
    }
}
