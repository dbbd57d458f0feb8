using System.Collections.Immutable;

namespace Chunnel.Control;

/// <summary>A worker's load over its last samples, and what the slots given since will add to it (engine.md 8.3).</summary>
public sealed record WorkerLoad
{
    public static readonly WorkerLoad Unknown = new();

    private const double UnmeasuredSlotCost = 0.1;
    private const double LoadShare = 0.7;
    private const double SlotShare = 0.3;

    /// <summary>Newest first.</summary>
    private static readonly ImmutableArray<double> _weights = [4, 2, 2, 1, 1];

    /// <summary>Newest first; no more than there are weights.</summary>
    public ImmutableArray<SystemLoad> Samples { get; init; } = [];

    /// <summary>Slots given since the newest sample: it does not know of them yet.</summary>
    public int SlotsGiven { get; init; }

    /// <summary>By how much one slot lowered the availability when it was last seen to.</summary>
    public double SlotCost { get; init; } = UnmeasuredSlotCost;

    public SystemLoad? Newest => Samples.IsEmpty ? null : Samples[0];

    public WorkerLoad Sampled(SystemLoad sample) => new()
    {
        Samples = [sample, .. Samples.Take(_weights.Length - 1)],
        SlotCost = Newest is { } before && SlotsGiven > 0 && before.Availability > sample.Availability
            ? (before.Availability - sample.Availability) / SlotsGiven
            : SlotCost,
    };

    /// <summary>How well the worker would bear another task group; higher is better, 0 where nothing was measured.</summary>
    /// <param name="assignedShare">The share of its slots that is assigned.</param>
    public double Score(double assignedShare)
    {
        if (Samples.IsEmpty) return 0;
        double sum = 0, weights = 0;
        for (var index = 0; index < Samples.Length; index++)
        {
            sum += _weights[index] * Samples[index].Availability;
            weights += _weights[index];
        }
        var availability = (sum / weights) - (SlotsGiven * SlotCost);
        return (LoadShare * availability) + (SlotShare * (1 - assignedShare));
    }
}
