using Chunnel.Core;

namespace Chunnel.Connectors.Fake;

/// <summary>Makes the values of one column, a batch at a time. Value i is always the same, whatever batch it comes in.</summary>
internal abstract class Generator
{
    /// <summary>About how many bytes one value takes: batches are sized by it.</summary>
    public abstract long BytesPerValue { get; }

    /// <summary>How many values that differ <see cref="FillKeys"/> can make at least.</summary>
    public virtual ulong Distinct => 1;

    /// <summary>Writes the values from an index on into an empty builder.</summary>
    public abstract void Fill(ColumnBuilder builder, long first, int count);

    /// <summary>Writes keys of maps: for each row so many, all different. Not more than <see cref="Distinct"/>.</summary>
    public virtual void FillKeys(ColumnBuilder builder, long firstRow, int rows, int count) => Fill(builder, firstRow, rows);
}
