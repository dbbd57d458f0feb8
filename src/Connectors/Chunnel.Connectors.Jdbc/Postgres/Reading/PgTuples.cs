using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;
using Chunnel.Core;

namespace Chunnel.Connectors.Jdbc;

/// <summary>Notes where the fields of COPY's binary rows stand: a 16-bit count, then a 32-bit length and bytes for each; -1 is null.</summary>
internal static unsafe class PgTuples
{
    /// <summary>The bytes that every binary COPY begins with.</summary>
    public static ReadOnlySpan<byte> Signature => [(byte)'P', (byte)'G', (byte)'C', (byte)'O', (byte)'P', (byte)'Y', (byte)'\n', 0xFF, (byte)'\r', (byte)'\n', 0];

    /// <summary>Signature, flags, and the length of an extension.</summary>
    public const int HeaderBytes = 19;

    /// <summary>Goes through whole rows.</summary>
    /// <param name="start">The first byte of a row.</param>
    /// <param name="length">Bytes that are there.</param>
    /// <param name="columns">Fields that every row has.</param>
    /// <param name="mostRows">Rows to go through at most.</param>
    /// <param name="mostBytes">Bytes after which it stops.</param>
    /// <param name="taker">Is told of each field; by value, so that what it keeps stands in registers.</param>
    public static PgScan Scan<TTaker>(byte* start, int length, int columns, int mostRows, int mostBytes, TTaker taker)
        where TTaker : struct, IPgFieldTaker, allows ref struct
    {
        var (rows, at, last, ended) = (0, 0, 0, false);
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
            for (var column = 0; column < columns; column++)
            {
                if (length - end < sizeof(int)) goto cut;
                var bytes = BinaryPrimitives.ReverseEndianness(Unsafe.ReadUnaligned<int>(start + end));
                end += sizeof(int);
                if (bytes < 0)
                {
                    taker.TakeNull(column);
                    continue;
                }
                if (bytes > length - end) goto cut;
                taker.Take(column, start, end, bytes);
                end += bytes;
            }
            taker.EndRow();
            (last, at) = (at, end);
            rows++;
        }
    cut:
        return new PgScan(at, rows, last, ended, taker.Sum);
    }
}

/// <summary>What a scan went through.</summary>
/// <param name="Bytes">Bytes of the rows.</param>
/// <param name="Rows">How many.</param>
/// <param name="LastRow">Where the last of them begins.</param>
/// <param name="Ended">True when the COPY's last mark was seen.</param>
/// <param name="Sum">What the taker added up.</param>
internal readonly record struct PgScan(int Bytes, int Rows, int LastRow, bool Ended, long Sum);

/// <summary>Is told of the fields of rows, one after the other; those of a row that does not end are told of and forgotten.</summary>
internal unsafe interface IPgFieldTaker
{
    /// <summary>What it adds up of whole rows.</summary>
    long Sum { get; }

    void Take(int column, byte* data, int at, int bytes);

    void TakeNull(int column);

    void EndRow();
}

/// <summary>Notes where fields stand.</summary>
internal unsafe ref struct PgFieldNotes(FieldGrid grid) : IPgFieldTaker
{
    private readonly int _columns = grid.Columns;
    private readonly ref FieldSpan _fields = ref MemoryMarshal.GetReference(grid.Fields);
    private int _row;

    public readonly long Sum => 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Take(int column, byte* data, int at, int bytes) => Unsafe.Add(ref _fields, _row + column) = FieldSpan.Plain(at, bytes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void TakeNull(int column) => Unsafe.Add(ref _fields, _row + column) = FieldSpan.Missing;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void EndRow() => _row += _columns;
}

/// <summary>Adds up the sizes of rows as <see cref="RowSize"/> counts them. The bytes have a block's slack behind them.</summary>
internal unsafe ref struct PgRowSizes(ReadOnlySpan<int> widths) : IPgFieldTaker
{
    /// <summary>In place of a width: the value's characters count.</summary>
    public const int Characters = -1;

    /// <summary>In place of a width: the value's bytes count.</summary>
    public const int Bytes = -2;

    /// <summary>In place of a width: that of a decimal, whose value is looked at.</summary>
    public const int Numeric = -3;

    /// <summary>In place of a sum: some numeric is NaN or infinite.</summary>
    public const long NotANumber = -1;

    /// <summary>A numeric's sign stands behind the count of its digits and the weight of the first; these bits are set where it is no number.</summary>
    private const int SignAt = 4;
    private const byte NotANumberBits = 0xC0;

    private readonly ref int _widths = ref MemoryMarshal.GetReference(widths);
    private readonly int _numericWidth = RowSize.BytesOf(TypeKind.Decimal)!.Value;
    private long _row;
    private long _sum;
    private bool _foundNone;

    public readonly long Sum => _foundNone ? NotANumber : _sum;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Take(int column, byte* data, int at, int bytes)
    {
        var width = Unsafe.Add(ref _widths, column);
        if (width >= 0) _row += width;
        else if (width == Characters) _row += CharactersOf(data + at, bytes);
        else if (width == Bytes) _row += bytes;
        else _row += SizeOfNumeric(data + at, bytes);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void TakeNull(int column)
    {
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void EndRow() => (_sum, _row) = (_sum + _row, 0);

    private int SizeOfNumeric(byte* value, int bytes)
    {
        _foundNone |= bytes > SignAt && (value[SignAt] & NotANumberBits) == NotANumberBits;
        return _numericWidth;
    }

    /// <summary>UTF-16 units of a text, which are its bytes where it is ASCII. Most texts are short: those are looked at whole, without a loop.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int CharactersOf(byte* text, int bytes)
    {
        if (bytes > 2 * Vector128<byte>.Count) return Encoding.UTF8.GetCharCount(text, bytes);
        var high = Vector128.Load(text).ExtractMostSignificantBits() | (ulong)Vector128.Load(text + Vector128<byte>.Count).ExtractMostSignificantBits() << Vector128<byte>.Count;
        return (high & ((1UL << bytes) - 1)) == 0 ? bytes : Encoding.UTF8.GetCharCount(text, bytes);
    }
}
