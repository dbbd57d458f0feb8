using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Chunnel.Core;

namespace Chunnel.Connectors.Jdbc;

/// <summary>Notes where the fields of COPY's binary rows stand: a 16-bit count, then a 32-bit length and bytes for each; -1 is null.</summary>
internal static unsafe class PgTuples
{
    /// <summary>The bytes that every binary COPY begins with.</summary>
    public static ReadOnlySpan<byte> Signature => [(byte)'P', (byte)'G', (byte)'C', (byte)'O', (byte)'P', (byte)'Y', (byte)'\n', 0xFF, (byte)'\r', (byte)'\n', 0];

    /// <summary>Signature, flags, and the length of an extension.</summary>
    public const int HeaderBytes = 19;

    /// <summary>Notes where the fields of whole rows stand.</summary>
    /// <param name="start">The first byte of a row.</param>
    /// <param name="length">Bytes that are there.</param>
    /// <param name="grid">Takes the places, as many rows as it has room for at most.</param>
    /// <param name="mostRows">Rows to go through at most.</param>
    /// <param name="mostBytes">Bytes after which it stops.</param>
    public static PgScan Scan(byte* start, int length, FieldGrid grid, int mostRows, int mostBytes)
    {
        var (rows, at, last, ended) = (0, 0, 0, false);
        ref var fields = ref MemoryMarshal.GetReference(grid.Fields);
        while (rows < mostRows && at < mostBytes && length - at >= sizeof(short))
        {
            ended = IsEnd(start + at, grid.Columns);
            if (ended) break;
            var end = at + sizeof(short);
            for (var column = 0; column < grid.Columns; column++)
            {
                if (!TryField(start, length, ref end, out var bytes)) goto cut;
                Unsafe.Add(ref fields, column) = bytes < 0 ? FieldSpan.Missing : FieldSpan.Plain(end - bytes, bytes);
            }
            fields = ref Unsafe.Add(ref fields, grid.Columns);
            (last, at) = (at, end);
            rows++;
        }
    cut:
        return new PgScan(at, rows, last, ended, 0);
    }

    /// <summary>True when the COPY's last mark stands where a row would begin.</summary>
    /// <exception cref="ChunnelException">A row has other columns than were asked for.</exception>
    public static bool IsEnd(byte* row, int columns)
    {
        var count = BinaryPrimitives.ReverseEndianness(Unsafe.ReadUnaligned<short>(row));
        if (count == columns) return false;
        return count == -1 ? true : throw new ChunnelException(JdbcErrors.ReadFailed, $"A row has {count} columns where {columns} were asked for.");
    }

    /// <summary>Goes behind a field; false when it is not here whole.</summary>
    /// <param name="start">What <paramref name="at"/> counts from.</param>
    /// <param name="length">Bytes that are there.</param>
    /// <param name="at">Where the field's length stands; then, behind its value.</param>
    /// <param name="bytes">The value's bytes; negative for a null.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryField(byte* start, int length, ref int at, out int bytes)
    {
        bytes = 0;
        if (length - at < sizeof(int)) return false;
        bytes = BinaryPrimitives.ReverseEndianness(Unsafe.ReadUnaligned<int>(start + at));
        at += sizeof(int);
        if (bytes < 0) return true;
        if (bytes > length - at) return false;
        at += bytes;
        return true;
    }
}

/// <summary>What a scan went through.</summary>
/// <param name="Bytes">Bytes of the rows.</param>
/// <param name="Rows">How many.</param>
/// <param name="LastRow">Where the last of them begins.</param>
/// <param name="Ended">True when the COPY's last mark was seen.</param>
/// <param name="Sum">The sizes of the rows, where they are counted.</param>
internal readonly record struct PgScan(int Bytes, int Rows, int LastRow, bool Ended, long Sum);
