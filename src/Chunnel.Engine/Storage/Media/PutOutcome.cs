namespace Chunnel.Engine;

/// <summary>What became of a write that may only be the first under its key.</summary>
public enum PutOutcome
{
    /// <summary>The value stands there, durable, and nobody else's will.</summary>
    Won,

    /// <summary>There was a value already: perhaps one's own, of an earlier try.</summary>
    Taken,
}
