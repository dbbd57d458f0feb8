using Chunnel.Control;

namespace Chunnel.Engine;

/// <summary>The checkpoints of a pipeline, at one moment.</summary>
/// <param name="History">Those that are over, and how many of them.</param>
/// <param name="Pending">The one that is on its way.</param>
public sealed record CheckpointsView(CheckpointHistory History, PendingCheckpointView? Pending)
{
    internal static CheckpointsView Of(CheckpointState state) =>
        new(state.History, state.Pending is { } pending ? new PendingCheckpointView(pending.Id, pending.Type, pending.TriggeredAt, pending.Parts.Count, state.Tasks.Count) : null);
}

/// <summary>A checkpoint that is on its way.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Type">What it is for.</param>
/// <param name="TriggeredAt">When its barrier went out.</param>
/// <param name="Acknowledged">Tasks that have taken their state.</param>
/// <param name="Total">Tasks that have to.</param>
public sealed record PendingCheckpointView(long Id, CheckpointType Type, Instant TriggeredAt, int Acknowledged, int Total);
