namespace Chunnel.Control;

/// <summary>What one event about slots leads to.</summary>
public sealed record SlotDecision(SlotState State, IReadOnlyList<SlotEffect> Effects);
