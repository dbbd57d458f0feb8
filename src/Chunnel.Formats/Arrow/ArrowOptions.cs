using Chunnel.Core;

namespace Chunnel.Formats.Arrow;

/// <summary>How batches leave as Arrow. The defaults share every buffer that Arrow's layout allows.</summary>
public sealed record ArrowOptions
{
    public static readonly ArrowOptions Default = new();

    public ArrowTimestamps Timestamps { get; init; }

    /// <summary>What becomes of a timestamp that the unit cannot hold, infinities among them; without a policy infinities pass as the ends of 64 bits.</summary>
    public OutOfRange? OutOfRange { get; init; }

    /// <summary>What becomes of digits below the unit.</summary>
    public PrecisionLoss PrecisionLoss { get; init; }

    /// <summary>Columns of type null leave as text of nulls, for formats that have no such type.</summary>
    public bool NullsAsText { get; init; }
}
