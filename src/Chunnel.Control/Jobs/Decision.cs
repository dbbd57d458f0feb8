namespace Chunnel.Control;

/// <summary>What one event leads to.</summary>
/// <param name="State">The new state.</param>
/// <param name="Effects">What to do, in this order: records first.</param>
public sealed record Decision(JobState State, IReadOnlyList<JobEffect> Effects)
{
    /// <summary>The answer to an order; null for any other event.</summary>
    public OrderAnswer? Answer { get; init; }
}
