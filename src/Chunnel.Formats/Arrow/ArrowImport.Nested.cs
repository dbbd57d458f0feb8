using System.Runtime.InteropServices;
using Apache.Arrow;
using Chunnel.Core;
using Column = Chunnel.Core.Column;
using Types = Apache.Arrow.Types;

namespace Chunnel.Formats.Arrow;

internal sealed partial class ArrowImport
{
    private ListColumn List(ArrayData data, ArrayType type, int start, int rows)
    {
        if (data.DataType is not (Types.ListType or Types.LargeListType or Types.FixedSizeListType)) throw Cannot(data, type);
        var (offsets, first, count) = Offsets(data, start, rows);
        Column? elements = null;
        try
        {
            elements = ReadMembers(data.Children[0], type.Element, first, count, offsets);
            var (bits, nulls) = Validity(data, start, rows);
            return new ListColumn(type, rows, offsets, elements, bits, nulls);
        }
        catch
        {
            offsets.Block!.Release();
            elements?.Release();
            throw;
        }
    }

    private MapColumn Map(ArrayData data, MapType type, int start, int rows)
    {
        var (offsets, first, count) = Offsets(data, start, rows);
        Column? keys = null, values = null;
        try
        {
            var pairs = data.Children[0];
            if (pairs.Children.Length != 2) throw Damaged("its pairs have no key and value");
            keys = ReadMembers(pairs.Children[0], type.Key, pairs.Offset + first, count, offsets);
            values = ReadMembers(pairs.Children[1], type.Value, pairs.Offset + first, count, offsets);
            var (bits, nulls) = Validity(data, start, rows);
            return new MapColumn(type, rows, offsets, keys, values, bits, nulls);
        }
        catch
        {
            offsets.Block!.Release();
            keys?.Release();
            values?.Release();
            throw;
        }
    }

    private RowColumn Row(ArrayData data, RowType type, int start, int rows)
    {
        var there = ((Types.StructType)data.DataType).Fields;
        var fields = new Column?[type.Fields.Count];
        try
        {
            for (var i = 0; i < fields.Length; i++)
            {
                var at = -1;
                for (var k = 0; k < there.Count && at < 0; k++) at = there[k].Name == type.Fields[i].Name ? k : -1;
                fields[i] = at < 0 ? Nulls(type.Fields[i].Type, rows) : Read(data.Children[at], type.Fields[i].Type, data.Offset + start, rows);
            }
            var (bits, nulls) = Validity(data, start, rows);
            return new RowColumn(type, rows, fields!, bits, nulls);
        }
        catch
        {
            foreach (var field in fields) field?.Release();
            throw;
        }
    }

    /// <summary>Offsets from 0 on, the first child row and how many there are.</summary>
    private (ColumnBuffer Offsets, int First, int Count) Offsets(ArrayData data, int start, int rows)
    {
        var buffer = ColumnBuffer.Rent<int>(memory, rows + 1);
        try
        {
            var to = buffer.As<int>();
            to[0] = 0;
            if (rows == 0) return (buffer, 0, 0);
            if (data.DataType is Types.FixedSizeListType fixedSize)
            {
                for (var i = 0; i <= rows; i++) to[i] = i * fixedSize.ListSize;
                return (buffer, checked((data.Offset + start) * fixedSize.ListSize), to[rows]);
            }
            long first, last;
            if (data.DataType is Types.LargeListType)
            {
                var wide = Values<long>(data, start, rows + 1);
                first = last = wide[0];
                for (var i = 0; i <= rows; i++) to[i] = Step(wide[i], first, ref last);
            }
            else
            {
                var offsets = Values<int>(data, start, rows + 1);
                first = last = offsets[0];
                for (var i = 0; i <= rows; i++) to[i] = Step(offsets[i], first, ref last);
            }
            if (first < 0 || last > int.MaxValue) throw Damaged($"its offsets go from {first} to {last}");
            return (buffer, (int)first, to[rows]);
        }
        catch
        {
            buffer.Block!.Release();
            throw;
        }
    }

    private int Step(long offset, long first, ref long last)
    {
        if (offset < last || offset - first > int.MaxValue) throw Damaged($"its offsets go from {last} to {offset}");
        last = offset;
        return (int)(offset - first);
    }

    private TextColumn Vector(ArrayData data, DataType type, int start, int rows)
    {
        var list = List(data, DataType.Array(DataType.Float), start, rows);
        try
        {
            NeedValues(list.Elements, list.Offsets);
            var width = VectorValues.ElementBytes(type.Kind);
            var floats = ((FixedColumn<float>)list.Elements).Values;
            var bytes = ColumnBuffer.Rent<byte>(memory, floats.Length * width);
            var to = bytes.As<byte>();
            for (var i = 0; i < floats.Length; i++) VectorValues.Write(to[(i * width)..], floats[i], VectorValues.WidthOf(type.Kind));
            return Packed(list, type, width, list.Offsets, bytes);
        }
        finally
        {
            list.Release();
        }
    }

    private TextColumn Sparse(ArrayData data, DataType type, int start, int rows)
    {
        var map = Map(data, DataType.Map(DataType.Int, DataType.Float), start, rows);
        try
        {
            NeedValues(map.Keys, map.Offsets);
            NeedValues(map.Values, map.Offsets);
            var indexes = ((FixedColumn<int>)map.Keys).Values;
            var values = ((FixedColumn<float>)map.Values).Values;
            var bytes = ColumnBuffer.Rent<byte>(memory, indexes.Length * VectorValues.SparseEntryBytes);
            var to = MemoryMarshal.Cast<byte, int>(bytes.As<byte>());
            for (var i = 0; i < indexes.Length; i++)
            {
                to[2 * i] = indexes[i];
                to[2 * i + 1] = BitConverter.SingleToInt32Bits(values[i]);
            }
            return Packed(map, type, VectorValues.SparseEntryBytes, map.Offsets, bytes);
        }
        finally
        {
            map.Release();
        }
    }

    /// <summary>A vector with a null in it is none.</summary>
    private void NeedValues(Column members, ReadOnlySpan<int> offsets)
    {
        if (!members.HasNulls) return;
        for (var row = 0; row + 1 < offsets.Length; row++)
        {
            for (var member = offsets[row]; member < offsets[row + 1]; member++)
            {
                if (members.IsNull(member)) Unfit(row, number => Damaged($"the vector of row {number} has a null in it"));
            }
        }
    }

    /// <summary>Element offsets as byte offsets, with the validity of the column that they come from.</summary>
    private TextColumn Packed(Column from, DataType type, int width, ReadOnlySpan<int> elementOffsets, ColumnBuffer bytes)
    {
        var offsets = ColumnBuffer.Rent<int>(memory, elementOffsets.Length);
        var to = offsets.As<int>();
        for (var i = 0; i < to.Length; i++) to[i] = elementOffsets[i] * width;
        var validity = from.ValidityBuffer;
        validity.Block?.Retain();
        return new TextColumn(type, from.Length, offsets, bytes, validity, from.NullCount);
    }
}
