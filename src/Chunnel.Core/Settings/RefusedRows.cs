namespace Chunnel.Core;

/// <summary>What becomes of a row that a step refuses.</summary>
public enum RefusedRows
{
    /// <summary>The job fails.</summary>
    Fail,

    /// <summary>The row is left out and counted.</summary>
    Skip,

    /// <summary>The row is set aside with the reason, in a sink of its own.</summary>
    DeadLetter,
}
