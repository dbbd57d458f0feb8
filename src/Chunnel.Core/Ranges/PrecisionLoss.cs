namespace Chunnel.Core;

/// <summary>What a sink does with digits that its target cannot hold (option <c>precision_loss</c>).</summary>
public enum PrecisionLoss
{
    /// <summary>Drop them, count the values and say so.</summary>
    Warn,

    /// <summary>Fail, naming the row.</summary>
    Fail,
}
