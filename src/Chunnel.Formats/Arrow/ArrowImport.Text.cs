using System.Buffers.Binary;
using System.Text.Unicode;
using Apache.Arrow;
using Chunnel.Core;
using Column = Chunnel.Core.Column;
using Types = Apache.Arrow.Types;

namespace Chunnel.Formats.Arrow;

internal sealed partial class ArrowImport
{
    private const int ViewBytes = 16;
    private const int MostInlineBytes = 12;

    private TextColumn Text(ArrayData data, DataType type, int start, int rows)
    {
        var column = data.DataType switch
        {
            Types.StringType or Types.BinaryType => Offsets32(data, type, start, rows),
            Types.LargeStringType or Types.LargeBinaryType => Offsets64(data, type, start, rows),
            Types.FixedSizeBinaryType fixedSize when type.Kind != TypeKind.String => FixedSize(data, type, fixedSize.ByteWidth, start, rows),
            Types.StringViewType or Types.BinaryViewType => Views(data, type, start, rows),
            _ => throw Cannot(data, type),
        };
        try
        {
            if (type.Kind == TypeKind.String) CheckUtf8(column);
            return column;
        }
        catch
        {
            column.Release();
            throw;
        }
    }

    private TextColumn Offsets32(ArrayData data, DataType type, int start, int rows)
    {
        var offsets = rows == 0 ? [0] : Values<int>(data, start, rows + 1);
        var first = offsets[0];
        var to = ColumnBuffer.Rent<int>(memory, rows + 1);
        try
        {
            var moved = to.As<int>();
            var least = first;
            for (var i = 0; i <= rows; i++)
            {
                if (offsets[i] < least) throw Damaged($"its offsets fall from {least} to {offsets[i]}");
                least = offsets[i];
                moved[i] = least - first;
            }
            return WithBytes(data, type, start, rows, to, first, least);
        }
        catch
        {
            to.Block!.Release();
            throw;
        }
    }

    private TextColumn Offsets64(ArrayData data, DataType type, int start, int rows)
    {
        var offsets = rows == 0 ? [0L] : Values<long>(data, start, rows + 1);
        var first = offsets[0];
        var to = ColumnBuffer.Rent<int>(memory, rows + 1);
        try
        {
            var least = first;
            for (var i = 0; i <= rows; i++)
            {
                if (offsets[i] < least || offsets[i] - first > int.MaxValue) throw Damaged($"its offsets go from {least} to {offsets[i]}");
                least = offsets[i];
                to.As<int>()[i] = (int)(least - first);
            }
            return WithBytes(data, type, start, rows, to, first, least);
        }
        catch
        {
            to.Block!.Release();
            throw;
        }
    }

    private TextColumn WithBytes(ArrayData data, DataType type, int start, int rows, ColumnBuffer offsets, long first, long end)
    {
        var bytes = data.Buffers.Length > 2 ? data.Buffers[2].Span : [];
        if (first < 0 || end > bytes.Length) throw Damaged($"its offsets reach to {end} and {bytes.Length} bytes are there");
        var (bits, nulls) = Validity(data, start, rows);
        return new TextColumn(type, rows, offsets, Copy(bytes[(int)first..(int)end]), bits, nulls);
    }

    private TextColumn FixedSize(ArrayData data, DataType type, int width, int start, int rows)
    {
        var from = (data.Offset + (long)start) * width;
        var length = (long)rows * width;
        var bytes = data.Buffers[1].Span;
        if (from + length > bytes.Length || length > int.MaxValue) throw Damaged($"its buffer has {bytes.Length} bytes and {from + length} are needed");
        var offsets = ColumnBuffer.Rent<int>(memory, rows + 1);
        for (var i = 0; i <= rows; i++) offsets.As<int>()[i] = i * width;
        var (bits, nulls) = Validity(data, start, rows);
        return new TextColumn(type, rows, offsets, Copy(bytes.Slice((int)from, (int)length)), bits, nulls);
    }

    private TextColumn Views(ArrayData data, DataType type, int start, int rows)
    {
        var views = data.Buffers[1].Span;
        if ((data.Offset + start + (long)rows) * ViewBytes > views.Length) throw Damaged($"its views take only {views.Length} bytes");
        var (bits, nulls) = Validity(data, start, rows);
        using var builder = new TextBuilder(type, memory, Math.Max(1, rows));
        try
        {
            for (var row = 0; row < rows; row++)
            {
                if (nulls > 0 && !Bits.Get(bits.As<ulong>(), row)) builder.AppendNull();
                else builder.Append(View(data, views.Slice((data.Offset + start + row) * ViewBytes, ViewBytes)));
            }
        }
        finally
        {
            bits.Block?.Release();
        }
        return (TextColumn)builder.Build(rows);
    }

    private ReadOnlySpan<byte> View(ArrayData data, ReadOnlySpan<byte> view)
    {
        var length = BinaryPrimitives.ReadInt32LittleEndian(view);
        if (length is >= 0 and <= MostInlineBytes) return view.Slice(4, length);
        var buffer = BinaryPrimitives.ReadInt32LittleEndian(view[8..]);
        var offset = BinaryPrimitives.ReadInt32LittleEndian(view[12..]);
        if (length < 0 || buffer < 0 || buffer + 2 >= data.Buffers.Length || offset < 0 || offset > data.Buffers[buffer + 2].Length - length)
            throw Damaged($"a view points at {length} bytes that are not there");
        return data.Buffers[buffer + 2].Span.Slice(offset, length);
    }

    /// <summary>One look at all bytes; only where it fails, one at each value, to name the row.</summary>
    private void CheckUtf8(TextColumn column)
    {
        if (Utf8.IsValid(column.Utf8) && !SplitsCharacters(column)) return;
        for (var row = 0; row < column.Length; row++)
        {
            if (column.IsNull(row) || Utf8.IsValid(column[row])) continue;
            Unfit(row, number => Damaged($"the text of row {number} is not UTF-8"));
        }
    }

    /// <summary>Whole bytes may be valid while an offset stands inside a character.</summary>
    private static bool SplitsCharacters(TextColumn column)
    {
        if (column.IsAscii) return false;
        var utf8 = column.Utf8;
        foreach (var offset in column.Offsets)
        {
            if (offset < utf8.Length && (utf8[offset] & 0xC0) == 0x80) return true;
        }
        return false;
    }

    private Column Dictionary(ArrayData data, DataType type, int start, int rows)
    {
        if (type.Kind is not (TypeKind.String or TypeKind.Bytes) || data.Dictionary is not { } dictionary) throw Cannot(data, type);
        var ofRows = _unfit;
        var unfitWords = _unfit = ofRows is null ? null : new UnfitRows();
        var words = (TextColumn)Read(dictionary, type, 0, dictionary.Length);
        _unfit = ofRows;
        var (bits, nulls) = Validity(data, start, rows);
        using var builder = new TextBuilder(type, memory, Math.Max(1, rows));
        try
        {
            var indexType = ((Types.DictionaryType)data.DataType).IndexType;
            for (var row = 0; row < rows; row++)
            {
                if (nulls > 0 && !Bits.Get(bits.As<ulong>(), row))
                {
                    builder.AppendNull();
                    continue;
                }
                var index = Index(data, indexType, start + row);
                if (index < 0 || index >= words.Length) throw Damaged($"row {firstRow + row} names word {index} of {words.Length}");
                if (unfitWords?.Has((int)index) == true) Unfit(row, number => Damaged($"the text of row {number} is not UTF-8"));
                if (words.IsNull((int)index)) builder.AppendNull();
                else builder.Append(words[(int)index]);
            }
            return builder.Build(rows);
        }
        finally
        {
            words.Release();
            bits.Block?.Release();
        }
    }

    private long Index(ArrayData data, Types.IArrowType type, int row) => type switch
    {
        Types.Int8Type => Values<sbyte>(data, row, 1)[0],
        Types.UInt8Type => Values<byte>(data, row, 1)[0],
        Types.Int16Type => Values<short>(data, row, 1)[0],
        Types.UInt16Type => Values<ushort>(data, row, 1)[0],
        Types.Int32Type => Values<int>(data, row, 1)[0],
        Types.UInt32Type => Values<uint>(data, row, 1)[0],
        _ => Values<long>(data, row, 1)[0],
    };
}
