using Chunnel.Core;

namespace Chunnel.Connectors.Jdbc;

/// <summary>What a source does with values that its type cannot hold, and the count of those it rounded.</summary>
internal sealed class Looseness(OutOfRange outOfRange, PrecisionLoss precisionLoss)
{
    public OutOfRange OutOfRange => outOfRange;

    public PrecisionLoss PrecisionLoss => precisionLoss;

    /// <summary>Values that lost digits.</summary>
    public long Rounded { get; set; }
}
