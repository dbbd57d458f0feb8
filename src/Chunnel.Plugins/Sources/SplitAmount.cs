namespace Chunnel.Plugins;

/// <summary>An amount of work: whole splits, and how much is in them.</summary>
/// <param name="Splits">Splits.</param>
/// <param name="Size">What the source counts its work by, bytes or rows, the same for all its splits; null when it cannot be told.</param>
public readonly record struct SplitAmount(int Splits, long? Size = null)
{
    public static readonly SplitAmount Nothing = new(0, 0);

    /// <summary>The sum; its size is unknown as soon as one is.</summary>
    public static SplitAmount operator +(SplitAmount left, SplitAmount right) => new(left.Splits + right.Splits, left.Size + right.Size);

    public static SplitAmount operator -(SplitAmount left, SplitAmount right) => new(left.Splits - right.Splits, left.Size - right.Size);

    /// <summary>What these splits still have to be read.</summary>
    public static SplitAmount LeftOf(IReadOnlyCollection<SourceSplit> splits) =>
        splits.Aggregate(Nothing with { Splits = splits.Count }, (sum, split) => sum with { Size = sum.Size + split.SizeLeft });
}
