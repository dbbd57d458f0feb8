namespace Chunnel.Control;

/// <summary>Where one input leads.</summary>
internal sealed record TaskGroupStep(TaskGroupState State)
{
    /// <summary>A state passed on the way, which is told like any other.</summary>
    public TaskGroupState? Via { get; init; }

    public TaskGroupOrder? Order { get; init; }
}
