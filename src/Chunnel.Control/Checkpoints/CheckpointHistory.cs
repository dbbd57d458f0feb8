using System.Collections.Immutable;

namespace Chunnel.Control;

/// <summary>What became of a pipeline's checkpoints, over all attempts of this life of the job.</summary>
public sealed record CheckpointHistory
{
    /// <summary>How many are told one by one; the older ones are only counted.</summary>
    public const int MostKept = 32;

    public static readonly CheckpointHistory None = new();

    public int Triggered { get; init; }

    public int Completed { get; init; }

    public int Failed { get; init; }

    /// <summary>How often an attempt began with what a checkpoint had kept.</summary>
    public int Restored { get; init; }

    /// <summary>Those that are over, the last one first.</summary>
    public ImmutableList<PastCheckpoint> Past { get; init; } = [];

    public PastCheckpoint? LatestCompleted { get; init; }

    public PastCheckpoint? LatestFailed { get; init; }

    /// <summary>The last savepoint that is complete.</summary>
    public PastCheckpoint? LatestSavepoint { get; init; }

    public CheckpointHistory WithTriggered() => this with { Triggered = Triggered + 1 };

    public CheckpointHistory WithRestored() => this with { Restored = Restored + 1 };

    public CheckpointHistory With(PastCheckpoint past)
    {
        var kept = Past.Count < MostKept ? Past : Past.RemoveAt(Past.Count - 1);
        var longer = this with { Past = kept.Insert(0, past) };
        return past.Outcome switch
        {
            CheckpointOutcome.Completed => longer with
            {
                Completed = Completed + 1,
                LatestCompleted = past,
                LatestSavepoint = past.Type.IsSavepoint ? past : LatestSavepoint,
            },
            CheckpointOutcome.Failed => longer with { Failed = Failed + 1, LatestFailed = past },
            _ => longer,
        };
    }
}
