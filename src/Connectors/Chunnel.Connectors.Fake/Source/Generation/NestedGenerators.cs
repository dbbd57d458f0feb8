using Chunnel.Core;

namespace Chunnel.Connectors.Fake;

/// <summary>A column of type null.</summary>
internal sealed class NothingGenerator : Generator
{
    public override long BytesPerValue => 0;

    public override void Fill(ColumnBuilder builder, long first, int count)
    {
        // A column of nulls holds nothing.
    }
}

/// <summary>Arrays of one size.</summary>
internal sealed class ArrayGenerator(Generator elements, int size) : Generator
{
    public override long BytesPerValue => size * elements.BytesPerValue + sizeof(int);

    public override void Fill(ColumnBuilder builder, long first, int count)
    {
        var list = (ListBuilder)builder;
        list.Elements.EnsureCapacity(count * size);
        elements.Fill(list.Elements, first * size, count * size);
        for (var i = 0; i < count; i++) list.CloseRow(size);
    }
}

/// <summary>Maps of one size, or of as many entries as there are keys.</summary>
internal sealed class MapGenerator(Generator keys, Generator values, int size) : Generator
{
    private readonly int _size = (int)Math.Min((ulong)size, keys.Distinct);

    public override long BytesPerValue => _size * (keys.BytesPerValue + values.BytesPerValue) + sizeof(int);

    public override void Fill(ColumnBuilder builder, long first, int count)
    {
        var map = (MapBuilder)builder;
        map.Keys.EnsureCapacity(count * _size);
        map.Values.EnsureCapacity(count * _size);
        if (_size > 0)
        {
            keys.FillKeys(map.Keys, first, count, _size);
            values.Fill(map.Values, first * _size, count * _size);
        }
        for (var i = 0; i < count; i++) map.CloseRow(_size);
    }
}

/// <summary>Nested rows.</summary>
internal sealed class RowGenerator(Generator[] fields) : Generator
{
    public override long BytesPerValue => fields.Sum(child => child.BytesPerValue);

    public override void Fill(ColumnBuilder builder, long first, int count)
    {
        var row = (RowBuilder)builder;
        for (var i = 0; i < fields.Length; i++)
        {
            row.Fields[i].EnsureCapacity(count);
            fields[i].Fill(row.Fields[i], first, count);
        }
    }
}
