using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;
using Chunnel.Core;

namespace Chunnel.Connectors.Jdbc;

/// <summary>
/// Finds the ends of COPY's rows and adds up their sizes as <see cref="RowSize"/> counts them. Between two fields of any length stand some of
/// one width each: such a stretch is compared with how it looks where none is null, many bytes at a time, and gone through only where it differs.
/// </summary>
internal sealed unsafe class PgRowSizes
{
    /// <summary>In place of a sum: some numeric is NaN or infinite.</summary>
    public const long NotANumber = -1;

    /// <summary>A numeric's sign stands behind the count of its digits and the weight of the first; these bits are set where it is no number.</summary>
    private const int SignAt = 4;
    private const byte NotANumberBits = 0xC0;

    private static readonly int s_numericSize = RowSize.BytesOf(TypeKind.Decimal)!.Value;

    private readonly TypeKind[] _kinds;
    private readonly Stretch[] _stretches;

    /// <summary>How the stretches look, one behind the other, each padded to whole vectors; and the bits that matter.</summary>
    private readonly byte[] _looks;
    private readonly byte[] _matters;

    private PgRowSizes(TypeKind[] kinds)
    {
        _kinds = kinds;
        _stretches = new Stretch[1 + kinds.Count(kind => WidthOf(kind) is null)];
        // Twice a head and a value for each, and room to pad.
        _looks = new byte[(kinds.Length + 1) * 2 * Vector128<byte>.Count];
        _matters = new byte[_looks.Length];
        var (column, pattern) = (0, 0);
        for (var i = 0; i < _stretches.Length; i++)
        {
            var (first, at, size) = (column, pattern, 0);
            if (i == 0) Expect(BitConverter.GetBytes(BinaryPrimitives.ReverseEndianness((short)kinds.Length)), ref at);
            for (; column < kinds.Length && WidthOf(kinds[column]) is { } width; column++)
            {
                Expect(BitConverter.GetBytes(BinaryPrimitives.ReverseEndianness(width)), ref at);
                at += width;
                size += RowSize.BytesOf(kinds[column])!.Value;
            }
            var vectors = (at - pattern + Vector128<byte>.Count - 1) / Vector128<byte>.Count;
            _stretches[i] = new Stretch(first, column - first, at - pattern, size, pattern, vectors);
            pattern += vectors * Vector128<byte>.Count;
            column++;
        }
    }

    /// <summary>Null where a row's size is not to be had from where its fields end: nested values.</summary>
    public static PgRowSizes? TryMake(TableSchema table)
    {
        var kinds = table.Columns.Select(column => column.Type.Kind).ToArray();
        return kinds.Length > 0 && Array.TrueForAll(kinds, kind => WidthOf(kind) is not null || kind is TypeKind.String or TypeKind.Bytes or TypeKind.Decimal) ? new PgRowSizes(kinds) : null;
    }

    /// <summary>Goes through whole rows.</summary>
    /// <param name="start">The first byte of a row; behind the last one is a block's slack.</param>
    /// <param name="length">Bytes that are there.</param>
    /// <param name="mostRows">Rows to go through at most.</param>
    public PgScan Scan(byte* start, int length, int mostRows)
    {
        var (rows, at, last, ended, isNumber) = (0, 0, 0, false, true);
        long sum = 0;
        while (rows < mostRows && length - at >= sizeof(short))
        {
            var (end, size, isWrong) = (at, 0L, false);
            for (var i = 0; i < _stretches.Length; i++)
            {
                ref readonly var stretch = ref _stretches[i];
                if (stretch.Bytes <= length - end && LooksAsExpected(start + end, in stretch))
                {
                    end += stretch.Bytes;
                    size += stretch.Size;
                }
                else
                {
                    if (i == 0)
                    {
                        ended = PgTuples.IsEnd(start + end, _kinds.Length);
                        if (ended) goto cut;
                        end += sizeof(short);
                    }
                    for (var column = stretch.First; column < stretch.First + stretch.Columns; column++)
                    {
                        if (!PgTuples.TryField(start, length, ref end, out var width)) goto cut;
                        if (width >= 0) size += RowSize.BytesOf(_kinds[column])!.Value;
                    }
                }
                var next = stretch.First + stretch.Columns;
                if (next == _kinds.Length) break;
                if (!PgTuples.TryField(start, length, ref end, out var bytes)) goto cut;
                if (bytes < 0) continue;
                var value = start + end - bytes;
                var kind = _kinds[next];
                if (kind == TypeKind.String) size += CharactersOf(value, bytes);
                else if (kind == TypeKind.Bytes) size += bytes;
                else
                {
                    size += s_numericSize;
                    isWrong |= bytes > SignAt && (value[SignAt] & NotANumberBits) == NotANumberBits;
                }
            }
            sum += size;
            isNumber &= !isWrong;
            (last, at) = (at, end);
            rows++;
        }
    cut:
        return new PgScan(at, rows, last, ended, isNumber ? sum : NotANumber);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool LooksAsExpected(byte* data, ref readonly Stretch stretch)
    {
        ref var looks = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_looks), stretch.Pattern);
        ref var matters = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_matters), stretch.Pattern);
        var differs = Vector128<byte>.Zero;
        for (nuint at = 0; at < (nuint)(stretch.Vectors * Vector128<byte>.Count); at += (nuint)Vector128<byte>.Count)
        {
            differs |= (Vector128.Load(data + at) ^ Vector128.LoadUnsafe(ref looks, at)) & Vector128.LoadUnsafe(ref matters, at);
        }
        return differs == Vector128<byte>.Zero;
    }

    private void Expect(byte[] bytes, ref int at)
    {
        bytes.CopyTo(_looks, at);
        _matters.AsSpan(at, bytes.Length).Fill(0xFF);
        at += bytes.Length;
    }

    /// <summary>UTF-16 units of a text, which are its bytes where it is ASCII. Most texts are short: those are looked at whole, without a loop.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int CharactersOf(byte* text, int bytes)
    {
        if (bytes > 2 * Vector128<byte>.Count) return Encoding.UTF8.GetCharCount(text, bytes);
        var high = Vector128.Load(text).ExtractMostSignificantBits() | (ulong)Vector128.Load(text + Vector128<byte>.Count).ExtractMostSignificantBits() << Vector128<byte>.Count;
        return (high & ((1UL << bytes) - 1)) == 0 ? bytes : Encoding.UTF8.GetCharCount(text, bytes);
    }

    /// <summary>Bytes that a value takes on the wire; null where they differ.</summary>
    private static int? WidthOf(TypeKind kind) => kind switch
    {
        TypeKind.Boolean => sizeof(byte),
        TypeKind.SmallInt => sizeof(short),
        TypeKind.Int or TypeKind.Float or TypeKind.Date => sizeof(int),
        TypeKind.BigInt or TypeKind.Double or TypeKind.Time or TypeKind.Timestamp or TypeKind.TimestampTz => sizeof(long),
        _ => null,
    };

    /// <summary>Fields of one width each, behind one of any length or the beginning of the row.</summary>
    /// <param name="First">The column of the first of them.</param>
    /// <param name="Columns">How many.</param>
    /// <param name="Bytes">What they take with their lengths, and with the row's count of fields where they are the first.</param>
    /// <param name="Size">What they count.</param>
    /// <param name="Pattern">Where their looks stand.</param>
    /// <param name="Vectors">How long those are.</param>
    private readonly record struct Stretch(int First, int Columns, int Bytes, int Size, int Pattern, int Vectors);
}
