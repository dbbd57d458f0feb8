namespace Chunnel.Core;

/// <summary>A column of type null: every row is null and no byte is held.</summary>
public sealed class NullColumn(int length) : Column(DataType.Null, length, default, length)
{
    public override bool IsNull(int row) => true;

    public override Column Slice(int start, int length, BatchMemory memory) => new NullColumn(length);

    public override Column Take(ReadOnlySpan<int> rows, BatchMemory memory) => new NullColumn(rows.Length);
}
