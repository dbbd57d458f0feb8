using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Chunnel.Core;
using Chunnel.Transforms.Sql.Kernels.Texts;
using Chunnel.Transforms.Sql.Operations.Columns;
using Chunnel.Transforms.Sql.Operations.Numbers;

namespace Chunnel.Transforms.Sql.Operations.Cases;

/// <summary>Puts a column together from several of one type, row by row by choice.</summary>
internal static class Choices
{
    /// <summary>True when columns of the type can be put together.</summary>
    public static bool CanGather(DataType type) => type.IsNested ? NestedChoices.CanGather(type) : type.Kind != TypeKind.Null;

    /// <summary>The column whose row r is row r of the chosen column.</summary>
    public static Column Gather(DataType type, ReadOnlySpan<Column> columns, ReadOnlySpan<byte> choices, BatchMemory memory)
    {
        var (validity, nulls) = GatherValidity(columns, choices, memory);
        return type.Kind switch
        {
            TypeKind.Boolean => new BoolColumn(choices.Length, GatherBits(columns, choices, memory), validity, nulls),
            TypeKind.TinyInt => Fixed<sbyte>(type, columns, choices, validity, nulls, memory),
            TypeKind.SmallInt => Fixed<short>(type, columns, choices, validity, nulls, memory),
            TypeKind.Int or TypeKind.Date => Fixed<int>(type, columns, choices, validity, nulls, memory),
            TypeKind.BigInt or TypeKind.Time => Fixed<long>(type, columns, choices, validity, nulls, memory),
            TypeKind.Float => Fixed<float>(type, columns, choices, validity, nulls, memory),
            TypeKind.Double => Fixed<double>(type, columns, choices, validity, nulls, memory),
            TypeKind.Decimal => Decimals(type, columns, choices, validity, nulls, memory),
            TypeKind.Timestamp or TypeKind.TimestampTz => Timestamps(type, columns, choices, validity, nulls, memory),
            TypeKind.Array or TypeKind.Map or TypeKind.Row => NestedChoices.Gather(type, columns, choices, validity, nulls, memory),
            TypeKind.Null => throw new UnreachableException("Nulls without a type are no values to choose from."),
            _ => Texts(type, columns, choices, validity, nulls, memory),
        };
    }

    private static (ColumnBuffer Bits, int Nulls) GatherValidity(ReadOnlySpan<Column> columns, ReadOnlySpan<byte> choices, BatchMemory memory)
    {
        var any = false;
        foreach (var column in columns) any |= column.HasNulls;
        if (!any) return (default, 0);
        var result = ColumnBuffer.RentBits(memory, choices.Length);
        var bits = result.As<ulong>();
        for (var word = 0; word < bits.Length; word++)
        {
            ulong known = 0;
            for (var branch = 0; branch < columns.Length; branch++)
            {
                var has = columns[branch].Validity;
                known |= RowsOf(choices, word, (byte)branch) & (has.IsEmpty ? ulong.MaxValue : has[word]);
            }
            bits[word] = known;
        }
        return (result, choices.Length - Bits.Count(bits, choices.Length));
    }

    private static ColumnBuffer GatherBits(ReadOnlySpan<Column> columns, ReadOnlySpan<byte> choices, BatchMemory memory)
    {
        var result = ColumnBuffer.RentBits(memory, choices.Length);
        var bits = result.As<ulong>();
        for (var word = 0; word < bits.Length; word++)
        {
            ulong said = 0;
            for (var branch = 0; branch < columns.Length; branch++) said |= RowsOf(choices, word, (byte)branch) & ((BoolColumn)columns[branch]).Values[word];
            bits[word] = said;
        }
        return result;
    }

    /// <summary>A bit for each of 64 rows that choose the branch.</summary>
    private static ulong RowsOf(ReadOnlySpan<byte> choices, int word, byte branch)
    {
        var first = word << 6;
        if (choices.Length - first >= 64)
        {
            ref var from = ref MemoryMarshal.GetReference(choices);
            var wanted = Vector256.Create(branch);
            ulong low = Vector256.Equals(Vector256.LoadUnsafe(ref from, (nuint)first), wanted).ExtractMostSignificantBits();
            ulong high = Vector256.Equals(Vector256.LoadUnsafe(ref from, (nuint)first + 32), wanted).ExtractMostSignificantBits();
            return low | high << 32;
        }
        ulong rows = 0;
        for (var row = first; row < choices.Length; row++) rows |= (choices[row] == branch ? 1UL : 0UL) << row;
        return rows;
    }

    private static FixedColumn<T> Fixed<T>(
        DataType type, ReadOnlySpan<Column> columns, ReadOnlySpan<byte> choices, ColumnBuffer validity, int nulls, BatchMemory memory) where T : unmanaged
    {
        var result = ColumnBuffer.Rent<T>(memory, choices.Length);
        var values = result.As<T>();
        // One pass a column: the span is read once, and most rows choose the last.
        ((FixedColumn<T>)columns[^1]).Values.CopyTo(values);
        for (var branch = 0; branch < columns.Length - 1; branch++)
        {
            var from = ((FixedColumn<T>)columns[branch]).Values;
            for (var row = 0; row < choices.Length; row++)
            {
                if (choices[row] == branch) values[row] = from[row];
            }
        }
        return new FixedColumn<T>(type, choices.Length, result, validity, nulls);
    }

    private static DecimalColumn Decimals(
        DataType type, ReadOnlySpan<Column> columns, ReadOnlySpan<byte> choices, ColumnBuffer validity, int nulls, BatchMemory memory)
    {
        var result = ColumnBuffer.Rent<Int128>(memory, choices.Length);
        var values = result.As<Int128>();
        for (var row = 0; row < choices.Length; row++) values[row] = ((DecimalColumn)columns[choices[row]]).Values[row];
        return new DecimalColumn((DecimalType)type, choices.Length, result, default, validity, nulls);
    }

    private static TimestampColumn Timestamps(
        DataType type, ReadOnlySpan<Column> columns, ReadOnlySpan<byte> choices, ColumnBuffer validity, int nulls, BatchMemory memory)
    {
        var micros = ColumnBuffer.Rent<long>(memory, choices.Length);
        var values = micros.As<long>();
        for (var row = 0; row < choices.Length; row++) values[row] = ((TimestampColumn)columns[choices[row]]).Micros[row];
        var nanos = Side(columns, choices, column => column.NanosBuffer, memory);
        var offsets = Side(columns, choices, column => column.OffsetMinutesBuffer, memory);
        return new TimestampColumn(type, choices.Length, micros, nanos, offsets, validity, nulls);
    }

    private static ColumnBuffer Side(ReadOnlySpan<Column> columns, ReadOnlySpan<byte> choices, Func<TimestampColumn, ColumnBuffer> sideOf, BatchMemory memory)
    {
        var any = false;
        foreach (var column in columns) any |= !sideOf((TimestampColumn)column).IsEmpty;
        if (!any) return default;
        var result = ColumnBuffer.Rent<short>(memory, choices.Length);
        var values = result.As<short>();
        for (var row = 0; row < choices.Length; row++)
        {
            var side = sideOf((TimestampColumn)columns[choices[row]]);
            values[row] = side.IsEmpty ? (short)0 : side.As<short>()[row];
        }
        return result;
    }

    private static TextColumn Texts(
        DataType type, ReadOnlySpan<Column> columns, ReadOnlySpan<byte> choices, ColumnBuffer validity, int nulls, BatchMemory memory)
    {
        var runs = new TextRun[columns.Length];
        for (var branch = 0; branch < runs.Length; branch++) runs[branch] = new TextRun((TextColumn)columns[branch]);
        var offsets = ColumnBuffer.Rent<int>(memory, choices.Length + 1);
        var ends = offsets.As<int>();
        ends[0] = 0;
        for (var row = 0; row < choices.Length; row++) ends[row + 1] = checked(ends[row] + runs[choices[row]].LengthAt(row));
        var bytes = ColumnBuffer.Rent<byte>(memory, ends[choices.Length]);
        CopyChosen(runs, choices, bytes);
        return new TextColumn(type, choices.Length, offsets, bytes, validity, nulls);
    }

    private static unsafe void CopyChosen(ReadOnlySpan<TextRun> runs, ReadOnlySpan<byte> choices, ColumnBuffer bytes)
    {
        var to = TextRun.AddressOf(bytes);
        for (var row = 0; row < choices.Length; row++) to = runs[choices[row]].Copy(row, to);
    }
}
