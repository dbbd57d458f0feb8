namespace Chunnel.Control;

/// <summary>What a person who gave an order is told, at once.</summary>
public enum OrderVerdict
{
    /// <summary>Recorded; it will be done.</summary>
    Accepted,

    /// <summary>The same order was given before; this one joins it.</summary>
    Joined,

    /// <summary>The job has ended or is ending; nothing changes.</summary>
    TooLate,
}
