using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Apache.Arrow;
using Chunnel.Core;
using Column = Chunnel.Core.Column;
using Types = Apache.Arrow.Types;

namespace Chunnel.Formats.Arrow;

/// <summary>
/// Copies Arrow arrays of one column into columns of ours. Nothing is trusted: lengths, offsets and UTF-8 are checked before they are used.
/// Numbers widen; a narrower type takes what fits.
/// </summary>
/// <param name="memory">Where the copies come from.</param>
/// <param name="name">The column, for messages.</param>
/// <param name="firstRow">Number of the first row, for messages.</param>
/// <param name="unfit">Where rows are noted whose value does not fit; without it the first one is the end.</param>
internal sealed partial class ArrowImport(BatchMemory memory, string name, long firstRow, UnfitRows? unfit = null)
{
    private UnfitRows? _unfit = unfit;

    /// <summary>Reads rows of an array, its own offset not counted.</summary>
    public Column Read(ArrayData data, DataType type, int start, int rows)
    {
        if (start < 0 || rows < 0 || start > data.Length - rows) throw Damaged($"{data.Length} values are there and {start + rows} are needed");
        return (type.Kind, data.DataType) switch
        {
            (_, Types.NullType) => Nulls(type, rows),
            (_, Types.DictionaryType) => Dictionary(data, type, start, rows),
            (TypeKind.Boolean, Types.BooleanType) => Bool(data, start, rows),
            (TypeKind.TinyInt, _) => Number<sbyte>(data, type, start, rows),
            (TypeKind.SmallInt, _) => Number<short>(data, type, start, rows),
            (TypeKind.Int, _) => Number<int>(data, type, start, rows),
            (TypeKind.BigInt, _) => Number<long>(data, type, start, rows),
            (TypeKind.Float, _) => Number<float>(data, type, start, rows),
            (TypeKind.Double, _) => Number<double>(data, type, start, rows),
            (TypeKind.Decimal, _) => Decimals(data, (DecimalType)type, start, rows),
            (TypeKind.String or TypeKind.Bytes or TypeKind.BinaryVector, _) => Text(data, type, start, rows),
            (TypeKind.Date, _) => Dates(data, start, rows),
            (TypeKind.Time, _) => Times(data, start, rows),
            (TypeKind.Timestamp or TypeKind.TimestampTz, _) => Timestamps(data, type, start, rows),
            (TypeKind.Array, _) => List(data, (ArrayType)type, start, rows),
            (TypeKind.Map, Types.MapType) => Map(data, (MapType)type, start, rows),
            (TypeKind.Row, Types.StructType) => Row(data, (RowType)type, start, rows),
            (TypeKind.SparseFloatVector, Types.MapType) => Sparse(data, type, start, rows),
            (TypeKind.FloatVector or TypeKind.Float16Vector or TypeKind.BFloat16Vector, _) => Vector(data, type, start, rows),
            _ => throw Cannot(data, type),
        };
    }

    private ChunnelException Damaged(string what) => ArrowErrors.DamagedData(name, what);

    private ChunnelException Cannot(ArrayData data, DataType type) => ArrowErrors.CannotConvert(name, ArrowTypes.NameOf(data.DataType), type);

    private void TooLarge(int row, string value, DataType type) => Unfit(row, number => ArrowErrors.OutOfRange(name, number, value, type.ToString()));

    private void Unfit(int row, Func<long, ChunnelException> why)
    {
        if (_unfit is null) throw why(firstRow + row);
        _unfit.Add(row, name, why);
    }

    /// <summary>Reads members of rows; a row is unfit when one of its members is.</summary>
    private Column ReadMembers(ArrayData data, DataType type, int start, int count, ColumnBuffer offsets)
    {
        if (_unfit is not { } ofRows) return Read(data, type, start, count);
        _unfit = new UnfitRows();
        var members = Read(data, type, start, count);
        ofRows.AddHolders(_unfit, name, offsets.As<int>());
        _unfit = ofRows;
        return members;
    }

    /// <summary>Values of a fixed width, from a row on; checked to be there.</summary>
    private ReadOnlySpan<T> Values<T>(ArrayData data, int start, int rows, int buffer = 1) where T : unmanaged
    {
        var bytes = data.Buffers.Length > buffer ? data.Buffers[buffer].Span : [];
        var width = Unsafe.SizeOf<T>();
        var from = ((long)data.Offset + start) * width;
        var length = (long)rows * width;
        if (rows == 0) return [];
        if (from < 0 || from + length > bytes.Length) throw Damaged($"its buffer has {bytes.Length} bytes and {from + length} are needed");
        // Other programs need not align what they hand over.
        var run = bytes.Slice((int)from, (int)length);
        return MemoryMarshal.Cast<byte, T>(run);
    }

    /// <summary>Validity from any bit on, as words of ours; empty when no row is null.</summary>
    private (ColumnBuffer Bits, int Nulls) Validity(ArrayData data, int start, int rows)
    {
        if (rows == 0 || data.NullCount == 0 || data.Buffers.Length == 0 || data.Buffers[0].IsEmpty) return (default, 0);
        var bits = CopyBits(data.Buffers[0].Span, data.Offset + start, rows);
        var nulls = rows - Bits.Count(bits.As<ulong>(), rows);
        if (nulls > 0) return (bits, nulls);
        bits.Block!.Release();
        return (default, 0);
    }

    private ColumnBuffer CopyBits(ReadOnlySpan<byte> from, int start, int rows)
    {
        if ((long)start + rows > from.Length * 8L) throw Damaged($"its bits end at {from.Length * 8L} and {start + (long)rows} are needed");
        var bits = ColumnBuffer.RentBits(memory, rows);
        var to = MemoryMarshal.AsBytes(bits.As<ulong>());
        to.Clear();
        var shift = start & 7;
        var bytes = (rows + 7) >> 3;
        from = from[(start >> 3)..];
        if (shift == 0)
        {
            from[..bytes].CopyTo(to);
        }
        else
        {
            for (var i = 0; i < bytes; i++)
            {
                var high = i + 1 < from.Length ? from[i + 1] << (8 - shift) : 0;
                to[i] = (byte)(from[i] >> shift | high);
            }
        }
        bits.As<ulong>()[^1] &= Bits.LastMask(rows);
        return bits;
    }

    private ColumnBuffer Copy<T>(ReadOnlySpan<T> values) where T : unmanaged
    {
        var buffer = ColumnBuffer.Rent<T>(memory, values.Length);
        values.CopyTo(buffer.As<T>());
        return buffer;
    }

    private Column Nulls(DataType type, int rows)
    {
        using var builder = ColumnBuilder.For(type, memory, Math.Max(1, rows));
        for (var row = 0; row < rows; row++) builder.AppendNullAt(row);
        return builder.Build(rows);
    }

    private BoolColumn Bool(ArrayData data, int start, int rows)
    {
        var (bits, nulls) = Validity(data, start, rows);
        var values = rows == 0 ? ColumnBuffer.RentBits(memory, 0) : CopyBits(data.Buffers[1].Span, data.Offset + start, rows);
        return new BoolColumn(rows, values, bits, nulls);
    }

    private FixedColumn<T> Number<T>(ArrayData data, DataType type, int start, int rows) where T : unmanaged, INumber<T> => data.DataType switch
    {
        Types.Int8Type => Number<sbyte, T>(data, type, start, rows),
        Types.Int16Type => Number<short, T>(data, type, start, rows),
        Types.Int32Type => Number<int, T>(data, type, start, rows),
        Types.Int64Type => Number<long, T>(data, type, start, rows),
        Types.UInt8Type => Number<byte, T>(data, type, start, rows),
        Types.UInt16Type => Number<ushort, T>(data, type, start, rows),
        Types.UInt32Type => Number<uint, T>(data, type, start, rows),
        Types.UInt64Type => Number<ulong, T>(data, type, start, rows),
        Types.HalfFloatType when type.Kind is TypeKind.Float or TypeKind.Double => Number<Half, T>(data, type, start, rows),
        Types.FloatType when type.Kind is TypeKind.Float or TypeKind.Double => Number<float, T>(data, type, start, rows),
        Types.DoubleType when type.Kind is TypeKind.Double => Number<double, T>(data, type, start, rows),
        _ => throw Cannot(data, type),
    };

    private FixedColumn<T> Number<TFrom, T>(ArrayData data, DataType type, int start, int rows)
        where TFrom : unmanaged, INumber<TFrom>
        where T : unmanaged, INumber<T>
    {
        var from = Values<TFrom>(data, start, rows);
        var (bits, nulls) = Validity(data, start, rows);
        if (typeof(TFrom) == typeof(T)) return new FixedColumn<T>(type, rows, Copy(MemoryMarshal.Cast<TFrom, T>(from)), bits, nulls);
        var buffer = ColumnBuffer.Rent<T>(memory, rows);
        try
        {
            Narrow(from, buffer.As<T>(), type, bits, nulls);
            return new FixedColumn<T>(type, rows, buffer, bits, nulls);
        }
        catch
        {
            buffer.Block!.Release();
            bits.Block?.Release();
            throw;
        }
    }

    private void Narrow<TFrom, T>(ReadOnlySpan<TFrom> from, Span<T> to, DataType type, ColumnBuffer bits, int nulls)
        where TFrom : unmanaged, INumber<TFrom>
        where T : unmanaged, INumber<T>
    {
        for (var row = 0; row < to.Length; row++)
        {
            to[row] = T.CreateTruncating(from[row]);
            // What comes back as it was fits; the slot of a null may hold anything.
            if (TFrom.CreateTruncating(to[row]) == from[row] && T.Sign(to[row]) == TFrom.Sign(from[row])) continue;
            if (nulls > 0 && !Bits.Get(bits.As<ulong>(), row)) continue;
            if (TFrom.IsNaN(from[row])) continue;
            to[row] = T.Zero;
            TooLarge(row, from[row].ToString(null, System.Globalization.CultureInfo.InvariantCulture), type);
        }
    }

    private DecimalColumn Decimals(ArrayData data, DecimalType type, int start, int rows)
    {
        var scale = data.DataType switch
        {
            Types.Decimal32Type t => t.Scale,
            Types.Decimal64Type t => t.Scale,
            Types.Decimal128Type t => t.Scale,
            Types.Decimal256Type t => t.Scale,
            Types.Int8Type or Types.Int16Type or Types.Int32Type or Types.Int64Type or Types.UInt8Type or Types.UInt16Type or Types.UInt32Type or Types.UInt64Type => 0,
            _ => throw Cannot(data, type),
        };
        var buffer = ColumnBuffer.Rent<Int128>(memory, rows);
        ColumnBuffer bits = default;
        try
        {
            (bits, var nulls) = Validity(data, start, rows);
            var to = buffer.As<Int128>();
            switch (data.DataType)
            {
                case Types.Decimal128Type: Values<Int128>(data, start, rows).CopyTo(to); break;
                case Types.Decimal256Type: Narrow(data, type, start, rows, bits, to); break;
                case Types.Decimal32Type or Types.Int32Type: Widen<int>(data, start, rows, to); break;
                case Types.Decimal64Type or Types.Int64Type: Widen<long>(data, start, rows, to); break;
                case Types.Int8Type: Widen<sbyte>(data, start, rows, to); break;
                case Types.Int16Type: Widen<short>(data, start, rows, to); break;
                case Types.UInt8Type: Widen<byte>(data, start, rows, to); break;
                case Types.UInt16Type: Widen<ushort>(data, start, rows, to); break;
                case Types.UInt32Type: Widen<uint>(data, start, rows, to); break;
                default: Widen<ulong>(data, start, rows, to); break;
            }
            var limit = DecimalLimit(type.Precision);
            for (var row = 0; row < rows; row++)
            {
                if (nulls > 0 && !Bits.Get(bits.As<ulong>(), row)) to[row] = 0;
                else if (scale != type.Scale)
                {
                    if (DecimalText.TryRescale(to[row], scale, type.Precision, type.Scale, out var rescaled) != ParseOutcome.Exact) TooLarge(row, DecimalText.ToText(to[row], scale), type);
                    to[row] = rescaled;
                }
                else if (to[row] >= limit || to[row] <= -limit)
                {
                    TooLarge(row, DecimalText.ToText(to[row], scale), type);
                    to[row] = 0;
                }
            }
            return new DecimalColumn(type, rows, buffer, default, bits, nulls);
        }
        catch
        {
            buffer.Block!.Release();
            bits.Block?.Release();
            throw;
        }
    }

    private static Int128 DecimalLimit(int precision)
    {
        Int128 limit = 1;
        for (var i = 0; i < precision; i++) limit *= 10;
        return limit;
    }

    private void Widen<T>(ArrayData data, int start, int rows, Span<Int128> to) where T : unmanaged, IBinaryInteger<T>
    {
        var from = Values<T>(data, start, rows);
        for (var row = 0; row < rows; row++) to[row] = Int128.CreateTruncating(from[row]);
    }

    private void Narrow(ArrayData data, DecimalType type, int start, int rows, ColumnBuffer bits, Span<Int128> to)
    {
        var from = Values<Int128>(data, start * 2 + data.Offset, rows * 2);
        for (var row = 0; row < rows; row++)
        {
            to[row] = from[2 * row];
            if (from[2 * row + 1] == to[row] >> 127 || (!bits.IsEmpty && !Bits.Get(bits.As<ulong>(), row))) continue;
            to[row] = 0;
            TooLarge(row, "a number of more than 38 digits", type);
        }
    }
}
