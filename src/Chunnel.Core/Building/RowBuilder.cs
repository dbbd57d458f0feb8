namespace Chunnel.Core;

/// <summary>Fills a <see cref="RowColumn"/>: each field's builder gets as many rows as this one. A null row has a null (or any value) in each field.</summary>
public sealed class RowBuilder(RowType type, BatchMemory memory, int capacity) : ColumnBuilder(type, memory, capacity)
{
    public IReadOnlyList<ColumnBuilder> Fields { get; } = [.. type.Fields.Select(field => For(field.Type, memory, capacity))];

    public override long Bytes => Fields.Sum(child => child.Bytes);

    public override void AppendNullAt(int row)
    {
        base.AppendNullAt(row);
        foreach (var field in Fields) field.AppendNullAt(row);
    }

    protected override Column Publish(int rows, ColumnBuffer validity, int nulls)
    {
        var fields = new Column[Fields.Count];
        for (var i = 0; i < fields.Length; i++) fields[i] = Fields[i].Build(rows);
        return new RowColumn((RowType)Type, rows, fields, validity, nulls);
    }

    protected override void Grow(int capacity)
    {
        foreach (var field in Fields) field.EnsureCapacity(capacity);
    }

    protected override void Discard()
    {
        foreach (var field in Fields) field.Dispose();
    }
}
