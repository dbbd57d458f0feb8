namespace Chunnel.Control;

/// <summary>Whether a submit under an id starts a job (engine.md 6.10, 8.4).</summary>
public enum SubmitVerdict
{
    /// <summary>A new life of this id.</summary>
    Start,

    /// <summary>It is running or pending already: the submit succeeds and does nothing.</summary>
    AlreadyThere,

    /// <summary>It has ended, and the submit does not say that it goes on from a savepoint.</summary>
    Refused,
}
