namespace Chunnel.Control.Tests.Simulation;

internal enum SimPhase
{
    Opening,
    Ready,
    Running,
    Finished,
    Failed,
    Canceled,

    /// <summary>Killed without a word: abandoned, replaced, or its worker died.</summary>
    Gone,
}

/// <summary>One attempt of a task group as its worker really has it.</summary>
internal sealed class SimGroup(TaskGroupLocation location, int attempt, PlannedTaskGroup plan)
{
    public TaskGroupLocation Location { get; } = location;

    public int Attempt { get; } = attempt;

    public PlannedTaskGroup Plan { get; } = plan;

    public SimPhase Phase { get; set; } = SimPhase.Opening;

    /// <summary>Answers nothing and does nothing: a driver that never returns.</summary>
    public bool Hangs { get; set; }

    public bool IsAlive => Phase is SimPhase.Opening or SimPhase.Ready or SimPhase.Running;

    /// <summary>The barriers whose state it has taken.</summary>
    public HashSet<long> Barriers { get; } = [];

    public List<int> ReadersDone { get; } = [];

    public HashSet<long> Commits { get; } = [];

    /// <summary>Rows that its reader has read, over all attempts.</summary>
    public long Rows { get; set; }

    /// <summary>By checkpoint: rows that are written and not visible.</summary>
    public SortedDictionary<long, SimRows> Prepared { get; } = [];

    private long PreparedUpTo { get; set; }

    public void Prepare(long id)
    {
        Prepared[id] = new(PreparedUpTo, Rows);
        PreparedUpTo = Rows;
    }

    /// <summary>What a writer's state says at a barrier: all that is prepared and not committed, that of earlier checkpoints too.</summary>
    public string StateAt(long id) => string.Join(',', Prepared.Where(prepared => prepared.Key <= id).Select(prepared => prepared.Value));

    public void GoOnFrom(SimRows rows) => Rows = PreparedUpTo = rows.To;

    public string? Error { get; set; }

    public ErrorCode? Code { get; set; }
}
