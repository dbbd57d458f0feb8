namespace Chunnel.Control.Tests.Simulation;

/// <summary>One life of a job in the master, and what the checks remember of it.</summary>
internal sealed class SimJob(PlannedJob plan, JobPolicy policy, bool isBounded)
{
    public PlannedJob Plan { get; } = plan;

    /// <summary>The names of the job and of its pipelines; every step asks for them.</summary>
    public string FullName { get; } = plan.FullName;

    public IReadOnlyList<string> PipelineNames { get; } = [.. plan.Pipelines.Select(plan.FullNameOf)];

    public JobPolicy Policy { get; } = policy;

    public bool IsBounded { get; } = isBounded;

    public required JobState State { get; set; }

    public required JobOrigin Origin { get; init; }

    /// <summary>What the log says of it.</summary>
    public LoggedJob? Logged { get; set; }

    /// <summary>The timer that counts; an older one that fires is stale.</summary>
    public Instant? Timer { get; set; }

    /// <summary>The state that everyone was told last, by full name.</summary>
    public Dictionary<string, string> Told { get; } = [];

    public Instant? CancelledAt { get; set; }

    public HashSet<(int Pipeline, int Attempt, long Id)> CompletedInLog { get; init; } = [];

    /// <summary>Whose states are where they last.</summary>
    public HashSet<(int Pipeline, int Attempt, long Id)> Stored { get; init; } = [];

    public HashSet<(int Pipeline, int Attempt, long Id)> Aborted { get; init; } = [];

    /// <summary>Those whose barrier went out in this life.</summary>
    public HashSet<(int Pipeline, int Attempt, long Id)> Begun { get; } = [];

    /// <summary>The references of stored states that are damaged.</summary>
    public HashSet<string> Rotten { get; init; } = [];

    /// <summary>By pipeline: the newest completed checkpoint that is in the log.</summary>
    public Dictionary<int, CompletedCheckpoint> NewestInLog { get; init; } = [];

    /// <summary>When a checkpoint was complete last.</summary>
    public Dictionary<int, Instant> CompletedAt { get; } = [];

    public HashSet<(int Pipeline, int Attempt)> AttemptsInLog { get; init; } = [];

    /// <summary>Pipelines that owe a passing savepoint since the log has the order for it.</summary>
    public HashSet<int> Owing { get; init; } = [];

    public bool EndIsInLog { get; set; }

    public bool HasEnded { get; set; }
}
