using Chunnel.Core;

namespace Chunnel.Transforms.Sql.Operations.Cases;

/// <summary><see cref="Choices"/> over arrays, maps and rows: what is in them is put together in the same way, a level down.</summary>
internal static class NestedChoices
{
    public static bool CanGather(DataType type) => type switch
    {
        ArrayType array => Choices.CanGather(array.Element),
        MapType map => Choices.CanGather(map.Key) && Choices.CanGather(map.Value),
        RowType row => row.Fields.All(field => Choices.CanGather(field.Type)),
        _ => false,
    };

    /// <summary>Takes over the validity.</summary>
    public static Column Gather(DataType type, ReadOnlySpan<Column> columns, ReadOnlySpan<byte> choices, ColumnBuffer validity, int nulls, BatchMemory memory) => type switch
    {
        ArrayType array => List(array, columns, choices, validity, nulls, memory),
        MapType map => Map(map, columns, choices, validity, nulls, memory),
        _ => Row((RowType)type, columns, choices, validity, nulls, memory),
    };

    private static RowColumn Row(RowType type, ReadOnlySpan<Column> columns, ReadOnlySpan<byte> choices, ColumnBuffer validity, int nulls, BatchMemory memory)
    {
        var fields = new Column[type.Fields.Count];
        var parts = new Column[columns.Length];
        for (var field = 0; field < fields.Length; field++)
        {
            for (var branch = 0; branch < parts.Length; branch++) parts[branch] = ((RowColumn)columns[branch]).Fields[field];
            fields[field] = Choices.Gather(type.Fields[field].Type, parts, choices, memory);
        }
        return new RowColumn(type, choices.Length, fields, validity, nulls);
    }

    private static ListColumn List(ArrayType type, ReadOnlySpan<Column> columns, ReadOnlySpan<byte> choices, ColumnBuffer validity, int nulls, BatchMemory memory)
    {
        var members = new ChosenMembers(columns, static column => ((ListColumn)column).OffsetBuffer, choices, memory);
        var elements = members.Gather(type.Element, columns, static column => ((ListColumn)column).Elements, memory);
        return new ListColumn(type, choices.Length, members.Offsets, elements, validity, nulls);
    }

    private static MapColumn Map(MapType type, ReadOnlySpan<Column> columns, ReadOnlySpan<byte> choices, ColumnBuffer validity, int nulls, BatchMemory memory)
    {
        var members = new ChosenMembers(columns, static column => ((MapColumn)column).OffsetBuffer, choices, memory);
        var keys = members.Gather(type.Key, columns, static column => ((MapColumn)column).Keys, memory);
        var values = members.Gather(type.Value, columns, static column => ((MapColumn)column).Values, memory);
        return new MapColumn(type, choices.Length, members.Offsets, keys, values, validity, nulls);
    }
}
