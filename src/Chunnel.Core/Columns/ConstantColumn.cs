namespace Chunnel.Core;

/// <summary>
/// One value for every row: literals inside a transform, partition columns of a file. It lives between a source or transform and its
/// batch; <see cref="ColumnBatch"/> expands it, so that consumers of batches never meet one.
/// </summary>
public sealed class ConstantColumn : Column
{
    /// <summary>Takes over one hold on the one-row column.</summary>
    public ConstantColumn(Column one, int length)
        : base(one.Type, length, default, 0)
    {
        Belief.Holds(one.Length == 1, "a constant has one value");
        One = one;
    }

    /// <summary>The value, as a column of one row.</summary>
    public Column One { get; }

    public override bool IsNull(int row) => One.IsNull(0);

    public override long Bytes => One.Bytes;

    public override void Retain() => One.Retain();

    public override void Release() => One.Release();

    public override Column Slice(int start, int length, BatchMemory memory)
    {
        One.Retain();
        return new ConstantColumn(One, length);
    }

    public override Column Take(ReadOnlySpan<int> rows, BatchMemory memory) => Slice(0, rows.Length, memory);

    /// <summary>The value written out for every row, as a new column that the caller owns.</summary>
    public Column Expand(BatchMemory memory) => One.Take(new int[Length], memory);
}
