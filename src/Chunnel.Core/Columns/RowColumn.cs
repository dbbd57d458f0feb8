namespace Chunnel.Core;

/// <summary>Nested rows: one child column a field, all of this column's length.</summary>
public sealed class RowColumn : Column
{
    /// <summary>Takes over one hold on each buffer and child.</summary>
    public RowColumn(RowType type, int length, IReadOnlyList<Column> fields, ColumnBuffer validity, int nullCount)
        : base(type, length, validity, nullCount) => Fields = fields;

    public IReadOnlyList<Column> Fields { get; }

    public override long Bytes => base.Bytes + Fields.Sum(child => child.Bytes);

    public override void Retain()
    {
        base.Retain();
        foreach (var field in Fields) field.Retain();
    }

    public override void Release()
    {
        base.Release();
        foreach (var field in Fields) field.Release();
    }

    public override Column Slice(int start, int length, BatchMemory memory)
    {
        var (bits, nulls) = SliceValidity(start, length, memory);
        var fields = new Column[Fields.Count];
        for (var i = 0; i < fields.Length; i++) fields[i] = Fields[i].Slice(start, length, memory);
        return new RowColumn((RowType)Type, length, fields, bits, nulls);
    }

    public override Column Take(ReadOnlySpan<int> rows, BatchMemory memory)
    {
        var (bits, nulls) = TakeValidity(rows, memory);
        var fields = new Column[Fields.Count];
        for (var i = 0; i < fields.Length; i++) fields[i] = Fields[i].Take(rows, memory);
        return new RowColumn((RowType)Type, rows.Length, fields, bits, nulls);
    }
}
