using System.Collections.Immutable;

namespace Chunnel.Control;

/// <summary>Where one event leads a checkpoint coordinator, and what it wants done, in this order.</summary>
public sealed record CheckpointDecision(CheckpointState State, params ImmutableArray<CheckpointEffect> Effects);
