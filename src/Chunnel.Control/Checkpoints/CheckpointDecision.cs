namespace Chunnel.Control;

/// <summary>Where one event leads a checkpoint coordinator.</summary>
public sealed record CheckpointDecision(CheckpointState State, CheckpointEffect? Effect = null);
