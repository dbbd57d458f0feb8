namespace Chunnel.Core;

/// <summary>Counts rows of type null.</summary>
public sealed class NullBuilder(BatchMemory memory, int capacity) : ColumnBuilder(DataType.Null, memory, capacity)
{
    protected override Column Publish(int rows, ColumnBuffer validity, int nulls)
    {
        validity.Release();
        return new NullColumn(rows);
    }

    protected override void Grow(int capacity)
    {
    }

    protected override void Discard()
    {
    }
}
