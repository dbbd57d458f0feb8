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
        if (HasPassedChange) BehindChange ??= id;
        Prepared[id] = new(PreparedUpTo, Rows);
        PreparedUpTo = Rows;
    }

    /// <summary>What a writer's state says at a barrier: all that is prepared and not committed, that of earlier checkpoints too.</summary>
    public string StateAt(long id) => $"{string.Join(',', Prepared.Where(prepared => prepared.Key <= id).Select(prepared => prepared.Value))};{ChangesBehind}";

    public void GoOnFrom(SimRows rows) => Rows = PreparedUpTo = rows.To;

    public void GoOnBehind(int changes) => ChangesBehind = changes;

    /// <summary>By checkpoint: what its state said of the rows that it had counted.</summary>
    public Dictionary<long, string> Counted { get; } = [];

    /// <summary>Behind which rows the schema of what it reads changes.</summary>
    public IReadOnlyList<long> Changes { get; init; } = [];

    /// <summary>How many of them are behind its position.</summary>
    public int ChangesBehind { get; private set; }

    /// <summary>It has handed the next one on and waits until that is complete.</summary>
    public bool HasPassedChange { get; private set; }

    /// <summary>It stands at a change and reads nothing.</summary>
    public bool IsAtChange => HasPassedChange || (ChangesBehind < Changes.Count && Rows == Changes[ChangesBehind]);

    /// <summary>Reads on, to the next change at most.</summary>
    public void Read(int rows)
    {
        if (!IsAtChange) Rows = ChangesBehind < Changes.Count ? Math.Min(Rows + rows, Changes[ChangesBehind]) : Rows + rows;
    }

    /// <summary>From here on its position is behind the change.</summary>
    public void PassChange()
    {
        HasPassedChange = true;
        ChangesBehind++;
    }

    /// <summary>The first barrier behind the change: when that one, or a later one, is complete, the change is. The news of the first may be lost.</summary>
    public long? BehindChange { get; private set; }

    public void ReadOn() => (HasPassedChange, AtChangeSince, BehindChange) = (false, null, null);

    public Instant? AtChangeSince { get; set; }

    /// <summary>The state that it was to go on from is damaged.</summary>
    public bool HasReadDamage { get; set; }

    public string? Error { get; set; }

    public ErrorCode? Code { get; set; }
}
