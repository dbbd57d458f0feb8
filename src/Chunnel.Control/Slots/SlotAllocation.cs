namespace Chunnel.Control;

/// <summary>Which worker is taken among those with room (engine.md 8.3).</summary>
public enum SlotAllocation
{
    Random,

    /// <summary>The one with the smallest share of its slots assigned.</summary>
    SlotRatio,

    /// <summary>The one with most processor and memory to spare.</summary>
    SystemLoad,
}
